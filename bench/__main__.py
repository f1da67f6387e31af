"""`make bench`: measures and prints; nothing is written into the repository.

python -m bench [--quick | --large] [fanout] [says] [pages]
"""

import os
import sys
import time

from bench import cores, fanout, pages, report, says
from bench.plan import FULL, LARGE, QUICK

PARTS = ("fanout", "says", "pages")


def main(words: list[str]) -> int:
    """Exit 0 when all goals were met, and always for a quick run, which only shows that it works."""
    is_quick = "--quick" in words
    parts = [word for word in words if word not in {"--quick", "--large"}] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        print(
            f"There is no part named {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}.",
            file=sys.stderr,
        )
        return 2
    plan, goals, began, load = (
        QUICK if is_quick else LARGE if "--large" in words else FULL,
        report.Goals(),
        time.monotonic(),
        os.getloadavg()[0],
    )
    print(f"Servers on core {cores.SERVER}, load on core {cores.LOAD}; messages of 200 bytes.", flush=True)
    if "fanout" in parts:
        report.fan_out(fanout.measure(plan), plan, goals)
    if "says" in parts:
        report.stored(says.measure(plan), goals)
    if "pages" in parts:
        report.pages(pages.measure(plan), goals)
    report.noise(load)
    print(f"\n{goals.missed or 'No'} goals missed, {(time.monotonic() - began) / 60:.1f} min.")
    return 0 if is_quick or not goals.missed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
