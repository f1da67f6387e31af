"""What asks no database needs no second run on another one."""

import os

import pytest

ONCE = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="asks no database: the run on SQLite has it"
)
