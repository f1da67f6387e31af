"""`make test`: every check, in the order in which a reader wants to hear of a mistake. Stops at the first that fails.

python -m tests.run                 all of it
python -m tests.run lint            one part: lint, unit, services, js, contract, faults, browser, daphne
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.server import ROOT, SETTINGS

CONTRACT = ROOT.parent / "shared" / "check" / "contract.py"
PY = sys.executable
NODE = f"{PY} -m tests.node"
SERVER = f"{PY} -m tests.server"
MANAGE = f"{PY} manage.py"
PYTEST = f"{PY} -m pytest -q --no-header -p no:cacheprovider"
# These parse and render: no database could make a difference to them.
PURE = "--ignore=tests/chat/language --ignore-glob=tests/workspace/test_markup*"
# What a whole house of processes does within its time is tried once more where the machine was busy; the run says which.
AGAIN = "--reruns 1 -rR"
# Most of a journey is waiting: two browsers at once take little more time than one, each with a server of its own.
BROWSER = f"{PYTEST} {AGAIN} -n 2 --dist loadfile -c tests/browser/pytest.ini tests/browser"
LINTERS_AT_ONCE = 2


@dataclass(frozen=True)
class Step:
    part: str
    name: str
    command: str
    env: dict[str, str] = field(default_factory=dict)
    needs: Path | None = None


STEPS = [
    Step("lint", "Python is formatted", f"{PY} -m ruff format --check --output-format concise ."),
    Step("lint", "Python has style", f"{PY} -m ruff check --output-format concise ."),
    Step("lint", "Types hold", f"{PY} -m mypy"),
    Step("lint", "Imports go one way", "lint-imports"),
    Step("lint", "Templates are tidy", "djlint templates --lint --quiet"),
    Step(
        "lint",
        "JavaScript has style",
        f"{NODE} node_modules/eslint/bin/eslint.js static tests/js tests/faults",
    ),
    Step(
        "lint", "JavaScript's types hold", f"{NODE} node_modules/typescript/bin/tsc --project tsconfig.json"
    ),
    Step("lint", "Migrations are complete", f"{MANAGE} makemigrations --check --dry-run"),
    Step(
        "lint",
        "Settings are fit for production",
        f"{MANAGE} check --deploy --fail-level WARNING",
        env={"PUBLIC_URL": "https://loggia.example"},
    ),
    Step("unit", "Tests on SQLite, in memory", f"{PYTEST} -n 2"),
    Step("services", "Tests on PostgreSQL and Valkey", f"{PY} -m tests.services -- {PYTEST} -n 2 {PURE}"),
    Step("js", "Browser modules", f"{NODE} --test tests/js/**/*.test.js"),
    Step("contract", "Contract, SQLite", f"{SERVER} -- {PY} {CONTRACT} {{url}}", needs=CONTRACT),
    Step(
        "contract",
        "Contract, PostgreSQL and Valkey, two workers",
        f"{SERVER} --services -- {PY} {CONTRACT} {{url}}",
        needs=CONTRACT,
    ),
    Step("faults", "Killed servers lose nothing", f"{PYTEST} {AGAIN} tests/faults"),
    Step("browser", "A browser is here", f"{PY} -m tests.chromium"),
    Step("browser", "Browsers", BROWSER),
    Step("daphne", "Browsers, under daphne", f"{BROWSER} -m journey", env={"LOGGIA_SERVER": "daphne"}),
    Step("daphne", "Contract, under daphne", f"{SERVER} --daphne -- {PY} {CONTRACT} {{url}}", needs=CONTRACT),
]


@dataclass(frozen=True)
class Result:
    step: Step
    status: int
    seconds: float
    output: str

    @property
    def line(self) -> str:
        mark = "ok    " if self.status == 0 else "FAILED"
        return f"{mark} {self.step.name:<46}{self.seconds:7.1f} s   {self.last_words}".rstrip()

    @property
    def to_read(self) -> str:
        """All that a failed step printed; of one that passed, the tests that passed at their second try."""
        if self.status:
            return self.output
        return "\n".join(line for line in self.output.splitlines() if line.startswith("RERUN "))

    @property
    def last_words(self) -> str:
        """What pytest, node and the contract close with; a linter has nothing to add."""
        lines = [line.strip("= ") for line in self.output.splitlines() if line.strip()]
        told = [line for line in lines if " passed" in line or line.startswith(("ℹ pass", "all checks"))]
        return told[-1].removeprefix("ℹ ") if told else ""


def run(step: Step) -> Result:
    began = time.monotonic()
    done = subprocess.run(
        step.command.split(),
        cwd=ROOT,
        env={**ENVIRONMENT, **step.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Result(step, done.returncode, time.monotonic() - began, done.stdout)


def results(steps: list[Step]) -> Iterator[Result]:
    """Linters run side by side and all of them; what measures time or starts servers runs alone, up to a failure."""
    with ThreadPoolExecutor(LINTERS_AT_ONCE) as pool:
        linted = []
        for result in pool.map(run, (step for step in steps if step.part == "lint")):
            linted.append(result)
            yield result
    if any(result.status for result in linted):
        return
    for step in steps:
        if step.part != "lint":
            yield (result := run(step))
            if result.status:
                return


def main(parts: list[str]) -> int:
    if unknown := set(parts) - {step.part for step in STEPS}:
        print(f"There is no part named {', '.join(unknown)}.", file=sys.stderr)
        return 2
    chosen = [step for step in STEPS if not parts or step.part in parts]
    began, told = time.monotonic(), []
    for step in chosen:
        if step.needs and not step.needs.exists():
            print(f"-      {step.name}: {step.needs} is not here", flush=True)
    for result in results([step for step in chosen if not step.needs or step.needs.exists()]):
        print(result.line, flush=True)
        if result.to_read:
            print(result.to_read, flush=True)
        told.append(result)
    return summary(told, time.monotonic() - began)


def summary(told: list[Result], seconds: float) -> int:
    failed = [result.step.name for result in told if result.status]
    print(f"\n{'Not yet: ' + ', '.join(failed) if failed else 'All good'} ({seconds / 60:.1f} min)")
    print(f"{len(told) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="loggia-run-") as folder:
        # Nothing of the person's own installation is read or written.
        ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        ENVIRONMENT |= {"DATA_DIR": folder, "PATH": f"{Path(PY).parent}:{os.environ.get('PATH', os.defpath)}"}
        sys.exit(main(sys.argv[1:]))
