"""How much is measured: all of it in a few minutes, or a little of everything to see that it works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Sizes in sockets, rates in messages a second, times in seconds."""

    sizes: tuple[int, ...] = (1_000, 200)
    rates: tuple[int, ...] = (5, 20)
    rounds: int = 2  # how often servers are measured at full speed, by turns
    seconds: float = 4.0
    histories: tuple[tuple[int, int], ...] = (
        (10_000, 250),
        (100_000, 2_500),
    )  # messages, tasks (a fifth is done)
    requests: int = 60
    with_services: bool = True


FULL = Plan()
LARGE = Plan(histories=((10_000, 250), (1_000_000, 25_000)))  # takes some minutes to fill
QUICK = Plan(
    sizes=(60, 20),
    rates=(5,),
    rounds=1,
    seconds=1.0,
    histories=((200, 25), (400, 50)),
    requests=5,
    with_services=False,
)
