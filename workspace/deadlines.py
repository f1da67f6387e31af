"""Many that wait equally long need one timer: whoever began first is due first."""

import asyncio
from typing import Protocol


class Waiter(Protocol):
    """Somebody with a deadline."""

    def is_late(self) -> None:
        """It has passed."""


class Deadline:
    """Calls `is_late` of those who began `seconds` ago and have not stopped since."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._since: dict[Waiter, float] = {}  # in the order in which they are due
        self._timer: asyncio.TimerHandle | None = None

    def start(self, waiter: Waiter) -> None:
        """Begin to wait, or begin anew."""
        loop = asyncio.get_running_loop()
        self._since.pop(waiter, None)
        self._since[waiter] = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(self.seconds, self._look)

    def stop(self, waiter: Waiter) -> None:
        """Wait no longer."""
        self._since.pop(waiter, None)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        due = loop.time() - self.seconds
        late = []
        for waiter, since in self._since.items():
            if since > due:
                self._timer = loop.call_at(since + self.seconds, self._look)
                break
            late.append(waiter)
        for waiter in late:
            self._since.pop(waiter, None)
            waiter.is_late()
