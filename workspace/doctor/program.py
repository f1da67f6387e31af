"""Looks at what runs: Python, the libraries, the migrations, and whether the board is what the log says."""

import sys
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tasks.history import differences
from workspace.doctor.finding import Finding, fault, warning
from workspace.models import Project
from workspace.snapshot import applied, moment, unknown
from workspace.versions import check_versions

PYTHON = (3, 11)
SAMPLE = 10  # projects whose board is compared with their log
LONGEST = 50_000  # events; a longer log is for `rebuild_board --check`, at night


def python() -> Iterator[Finding]:
    """Python is recent enough."""
    if sys.version_info[:2] < PYTHON:
        yield fault(f"This is Python {sys.version.split()[0]}.", "Use Python 3.11 or newer.")


def libraries() -> Iterator[Finding]:
    """No library is older than the release that mended its last known weakness."""
    try:
        check_versions()
    except ImproperlyConfigured as error:
        yield fault(
            str(error), "The server does not start before: make run, or pip install -r requirements.txt."
        )


def migrations() -> Iterator[Finding]:
    """The database has the shape that this release expects."""
    if newer := unknown(applied()):
        names = ", ".join(".".join(node) for node in newer)
        yield fault(
            f"The database is of a newer release: {names} is not known here.",
            "Install that release again, or restore a backup of this one.",
        )
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield warning(
            f"{len(waiting)} migrations have not run.",
            "Start the server, which runs them, or manage.py migrate.",
        )


def board() -> Iterator[Finding]:
    """The board of some projects is what their log says."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with moment():
        some = Project.objects.filter(last_seq__lte=LONGEST).order_by("?")[:SAMPLE]
        wrong = [sentence for project in some for sentence in differences(project)]
    if wrong:
        yield fault(
            f"The board differs from the log in {len(wrong)} places, the first: {wrong[0]}",
            "Make a backup, then manage.py rebuild_board.",
        )
