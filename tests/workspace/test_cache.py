import time

import pytest
from django.core.cache.backends.redis import RedisCache

from workspace.cache import SpareCache


@pytest.fixture
def cache(monkeypatch):
    """A cache whose Redis does not answer."""
    monkeypatch.setattr(SpareCache, "_back_at", 0.0)
    return SpareCache("redis://127.0.0.1:1", {})


def test_what_redis_does_not_keep_the_process_keeps(cache):
    cache.delete("attempts")
    assert cache.add("attempts", 1)
    assert not cache.add("attempts", 2)
    cache.set("attempts", 3)
    assert cache.get("attempts") == 3
    assert cache.delete("attempts")
    assert cache.get("attempts", "none") == "none"


def test_redis_is_asked_again_after_a_while_and_not_before(cache, monkeypatch):
    cache.get("attempts")
    monkeypatch.setattr(RedisCache, "get", lambda *_: "from Redis")
    assert cache.get("attempts") is None
    monkeypatch.setattr(SpareCache, "_back_at", time.monotonic())
    assert cache.get("attempts") == "from Redis"
