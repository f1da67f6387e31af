"""What PostgreSQL knows about its tables, by which it chooses how to look for something."""

from django.db import connection


def gather() -> None:
    """Have it known now, after very many rows have come at once: by itself, PostgreSQL looks some minutes later, and until
    then reads whole tables of which it needs a few rows. SQLite chooses without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
