"""How fast one person's programs may say things by HTTP."""

from collections import OrderedDict
from threading import Lock

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from chat.limits import Bucket

MOST_PEOPLE = 10_000  # remembered at once


class Paces(BaseThrottle):
    """A bucket for each person, in each process: the pace of a socket, whatever the number of connections."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()
        self._lock = Lock()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this person may say one more thing now."""
        person: int = request.auth.pk  # type: ignore[attr-defined]
        with self._lock:
            bucket = self._buckets.setdefault(person, Bucket())
            self._buckets.move_to_end(person)
            if len(self._buckets) > MOST_PEOPLE:
                self._buckets.popitem(last=False)
            return bucket.take()

    def wait(self) -> float:
        """Seconds until it is worth another try."""
        return 1.0
