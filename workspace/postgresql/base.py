"""Django's PostgreSQL; but nobody is given a connection that died in the pool, nor waits long where none can be had."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import PoolTimeout

PATIENCE = 4.0  # seconds for a connection, while the others are in use
AWAY = 0.5  # seconds, when the last one who waited went away with nothing: a queue before a closed door helps nobody


class DatabaseWrapper(base.DatabaseWrapper):
    """`ENGINE = "workspace.postgresql"`."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A living connection of the pool. Raises psycopg's errors, as Django's own."""
        connection = self._wait_for_one(conn_params)
        if self.pool is None or _is_alive(connection):
            return connection
        self.pool.putconn(connection)
        self.pool.check()  # what has cut this one has cut the others
        return self._wait_for_one(conn_params)

    def _wait_for_one(self, conn_params: dict[str, Any]) -> Any:
        try:
            connection = super().get_new_connection(conn_params)
        except PoolTimeout:
            self.pool.timeout = AWAY
            raise
        if self.pool is not None:
            self.pool.timeout = PATIENCE
        return connection


def _is_alive(connection: "psycopg.Connection[Any]") -> bool:
    """A server that goes away says so, or closes: there is something to read. To ask each time would cost a round trip."""
    sockets = select.poll()
    sockets.register(connection.fileno(), select.POLLIN)
    if not sockets.poll(0):
        return True
    try:
        connection.execute("")
    except psycopg.Error:
        return False
    return True
