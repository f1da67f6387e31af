"""Small changes to the code that matters most, one at a time: each has to make a test fail.

    python -m tests.mutation.mutants                        all four parts (`make mutants`: half an hour)
    python -m tests.mutation.mutants markup --every 5       every fifth mutant of one part

The tests are collected once, and told apart by the functions that they enter. Each mutant lives in a fork, where the code of
one function is exchanged and the tests run that enter it, the quickest first, until one fails. So what is changed are the
bodies of functions, which is where the decisions are.
"""

import argparse
import os
import sys
import time

from tests.mutation.judging import Judge
from tests.mutation.making import ROOT, mutants_of

LEAST = 90  # per cent of the mutants that a test has to catch
WORKSPACE, TASKS, CHAT = "tests/workspace/test_", "tests/tasks/test_", "tests/chat/"


def sources(folder: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob("*.py"))


# What is changed, and the tests that have to notice.
PARTS: dict[str, tuple[list[str], list[str]]] = {
    "permissions": (
        ["workspace/permissions.py"],
        [
            f"{WORKSPACE}permissions.py",
            f"{WORKSPACE}people.py",
            f"{WORKSPACE}actions.py",
            f"{TASKS}actions.py",
        ],
    ),
    "changes": (
        ["workspace/changes.py"],
        [
            f"{WORKSPACE}changes.py",
            f"{WORKSPACE}races.py",
            f"{CHAT}commands/test_handle.py",
            f"{TASKS}actions.py",
        ],
    ),
    "markup": (
        sources("workspace/markup"),
        [f"{WORKSPACE}markup{part}.py" for part in ("", "_plain", "_colours", "_safety", "_edges")],
    ),
    "language": (
        sources("chat/language"),
        [f"{CHAT}language", f"{CHAT}commands/test_handle.py"],
    ),
}


def load(parts: list[str]) -> None:
    """Everything that a mutant needs, once for all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from hypothesis import Phase, settings

    django.setup()
    settings.register_profile(
        "mutation",
        max_examples=25,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(
            Phase.explicit,
            Phase.generate,
        ),  # that a test fails is enough: no need to look for the least example
    )


def score(part: str, start: int, every: int) -> float:
    """Judge a part's mutants, print what lives on, and give the percentage that was caught."""
    files, tests = PARTS[part]
    judge = Judge(files, [mutant for file in files for mutant in mutants_of(file)][start::every])
    began = time.monotonic()
    judge.run(tests)
    if judge.failing:
        print(f"{part}: fails as it is: {', '.join(judge.failing)}")
        return 0
    caught, out = judge.counts["caught"], judge.counts["out of reach"]
    judged = judge.counts.total() - out
    result = 100 * caught / judged if judged else 100
    print(
        f"{part}: {result:.1f} % of {judged} caught, {out} out of reach, {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return result


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("parts", nargs="*", choices=[*PARTS, []])
    words.add_argument("--every", type=int, default=1)
    words.add_argument("--from", type=int, default=0, dest="start")
    asked = words.parse_args()
    parts = asked.parts or list(PARTS)
    load(parts)
    return 0 if min([score(part, asked.start, asked.every) for part in parts]) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
