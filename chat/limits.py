"""How fast one connection may send."""

import time

RATE = 100.0  # frames a second for ever
BURST = 200.0  # frames at once


class Bucket:
    """A token bucket: `take` says whether one more frame is welcome now."""

    def __init__(self, rate: float = RATE, burst: float = BURST) -> None:
        self._rate, self._burst = rate, burst
        self._left, self._at = burst, time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
