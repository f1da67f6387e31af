"""The cache that all processes share, and what stands in for it."""

import logging
import time
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

AWAY = 5.0  # seconds for which Redis is not asked again


class SpareCache(RedisCache):
    """Redis, or the memory of the process while Redis does not answer.

    What is kept are attempts to sign in and to join. Counted by each process they still find an end, whereas without a
    count nobody could sign in.
    """

    _back_at: ClassVar[float] = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._spare = LocMemCache("spare", {})

    def add(self, *words: Any, **options: Any) -> Any:
        return self._ask("add", *words, **options)

    def get(self, *words: Any, **options: Any) -> Any:
        return self._ask("get", *words, **options)

    def set(self, *words: Any, **options: Any) -> Any:
        return self._ask("set", *words, **options)

    def delete(self, *words: Any, **options: Any) -> Any:
        return self._ask("delete", *words, **options)

    def _ask(self, method: str, *words: Any, **options: Any) -> Any:
        if time.monotonic() >= SpareCache._back_at:
            try:
                return getattr(RedisCache, method)(self, *words, **options)
            except RedisError as error:
                SpareCache._back_at = time.monotonic() + AWAY
                log.warning("Redis counts no attempts: %r", error)
        return getattr(self._spare, method)(*words, **options)
