"""How fast is too fast: token buckets for people and addresses, counted by each process for itself.

They keep one caller from taking what all need. What must outlive a restart, attempts to sign in, is counted by the cache.
"""

from collections import OrderedDict
from threading import Lock
from time import monotonic

from workspace.errors import TooFast

MOST_KEYS = 10_000  # remembered at once


class Bucket:
    """Holds `burst` tokens, and gets `rate` of them back in a second."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._left, self._at = burst, monotonic()

    def wait(self, cost: float = 1) -> float:
        """Seconds until `cost` tokens are there; 0.0 when they are."""
        now = monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (cost - self._left) / self._rate)

    def take(self, cost: float = 1) -> float:
        """Take `cost` tokens when they are there: 0.0. Otherwise nothing is taken, and it says how many seconds to wait."""
        wait = self.wait(cost)
        if not wait:
            self._left -= cost
        return wait

    def give(self, tokens: float = 1) -> None:
        """Give back what was taken for something that cost nothing; less than nothing is a debt."""
        self._left = min(self._burst, self._left + tokens)


class Pace:
    """A bucket for each key, a person or an address. May be asked from several threads."""

    def __init__(self, what: str, *, rate: float, burst: float) -> None:
        self.what, self.rate, self.burst = what, rate, burst
        self._buckets: OrderedDict[object, Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: object) -> float:
        """Seconds until this key is welcome again; 0.0 when it is."""
        with self._lock:
            return self._bucket(key).wait()

    def take(self, key: object, cost: float = 1) -> float:
        """As `Bucket.take`, for this key. What costs more than fits into a bucket costs a bucket full."""
        with self._lock:
            return self._bucket(key).take(min(cost, self.burst))

    def give(self, key: object, tokens: float = 1) -> None:
        """As `Bucket.give`, for this key."""
        with self._lock:
            self._bucket(key).give(tokens)

    def spend(self, key: object, cost: float = 1) -> None:
        """As `take`. Raises `TooFast`."""
        if wait := self.take(key, cost):
            raise TooFast(self.what, wait)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._buckets.clear()

    def _bucket(self, key: object) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self.rate, self.burst)
            if len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket


# By person. Everything that is sent, on all sockets and over HTTP: a server stores a thousand says a second and more, so one
# person has not half of it.
SENDING = Pace("That was fast", rate=400, burst=1_000)
# A command may change a hundred tasks. A program that tidies up has its eight hundred; nobody has a thousand in a minute.
COMMANDS = Pace("Too many commands", rate=3, burst=800)
SEARCHES = Pace("Too many searches", rate=10, burst=200)
INVITATIONS = Pace("Too many invitations", rate=1 / 30, burst=60)
# Forty devices of one person on flapping networks come sixty times a second.
CONNECTS = Pace("Too many connections", rate=80, burst=1_000)
# By address: handshakes without a living login. With one, only the person counts: an office may have one address.
STRANGERS = Pace("Too many connections", rate=20, burst=200)

ALL = (SENDING, COMMANDS, SEARCHES, INVITATIONS, CONNECTS, STRANGERS)
