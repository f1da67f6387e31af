"""What `manage.py doctor` looks at. Each look yields what it finds wrong; nothing means that all is well."""

from collections.abc import Callable, Iterator

from workspace.doctor import configuration, place, program, services
from workspace.doctor.finding import Finding

Look = Callable[[], Iterator[Finding]]

# What stands alone first; what asks the database only where there is one.
ALONE: tuple[Look, ...] = (
    program.python, program.libraries,
    configuration.debug, configuration.secret_key, configuration.public_url, configuration.proxies,
    configuration.mail, configuration.django,
    place.folder, place.private_files, place.disk, place.sqlite,
    services.redis, services.mail_server, services.clocks_beside,
)  # fmt: skip
IN_THE_DATABASE: tuple[Look, ...] = (
    services.database_speed, services.database_clock, place.journal, program.migrations, program.board,
)  # fmt: skip


def findings() -> Iterator[Finding]:
    """All that is wrong or doubtful, in the order of the looks."""
    for look in ALONE:
        yield from look()
    away = list(services.database())
    yield from away
    for look in IN_THE_DATABASE if not away else ():
        yield from look()


def count() -> int:
    """How many looks there are."""
    return len(ALONE) + 1 + len(IN_THE_DATABASE)
