"""One hop from the event loop into plain synchronous code that uses the database."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.db import connection

from workspace import metrics

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(max_workers=6, thread_name_prefix="database")


def in_database(function: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """`function` as a coroutine function that runs in a thread with a database connection.

    SQLite has one writer, so one thread with one open connection serves it best (120 µs a hop; a connection that is opened
    for each call costs 500 µs). PostgreSQL serves several threads at once from its pool.
    """
    hop: Callable[P, Awaitable[R]]
    if connection.vendor == "sqlite":
        hop = sync_to_async(function, thread_sensitive=True)
    else:
        hop = database_sync_to_async(function, thread_sensitive=False, executor=_threads)

    async def timed(*args: P.args, **words: P.kwargs) -> R:
        began = perf_counter()
        try:
            return await hop(*args, **words)
        finally:
            metrics.hopped(began)

    return timed
