"""Which tests notice a mutant: a plugin of pytest that forks for each of them."""

import json
import os
import resource
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.exchanging import apply, changed, module_of
from tests.mutation.making import ROOT, Mutant

LIVED, UNREACHED = 0, 99  # exit codes of a fork; any other: a test failed
AT_ONCE = os.cpu_count() or 1
OPTIONS = [
    "-qqq",
    "-s",
    "-pno:cacheprovider",
    "-pno:xdist",
    "-mnot timing",
    "-Wignore::pytest.PytestAssertRewriteWarning",
]


@dataclass
class Judge:
    """Runs `mutants` of `files` against tests. `counts`: how many were caught, lived on, and were out of reach."""

    files: list[str]
    mutants: list[Mutant]
    counts: Counter[str] = field(default_factory=Counter)
    failing: list[str] = field(default_factory=list)

    def run(self, tests: list[str]) -> None:
        """Judge all of them; `failing` names the tests that fail without any mutant."""
        for file in self.files:
            module_of(file)
        if status := pytest.main([*OPTIONS, "--hypothesis-profile=mutation", *tests], plugins=[self]):
            sys.exit(f"pytest ends with {status!r}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        items = {item.nodeid: item for item in session.items}
        trace = self._trace(session.items)
        self.failing = [name for name, each in trace.items() if each["failed"]]
        if not self.failing:
            self._judge(items, trace)
        return True

    def _trace(self, items: list[pytest.Item]) -> dict[str, dict]:
        """By test: whether it fails, how long it takes (seconds), and the functions that it enters."""
        paths = {str(ROOT / file): file for file in self.files}
        with TemporaryDirectory(prefix="loggia-mutants-") as folder:
            result = Path(folder) / "trace.json"
            child = _fork(lambda: _write_trace(items, paths, result))
            os.waitpid(child, 0)
            return json.loads(result.read_text())

    def _judge(self, items: dict[str, pytest.Item], trace: dict[str, dict]) -> None:
        running: dict[int, tuple[Mutant, float]] = {}
        for mutant in self.mutants:
            names = {f"{mutant.file}:{name}" for name in changed(mutant)}
            chosen = [name for name, each in trace.items() if names & set(each["entered"])]
            chosen.sort(key=lambda name: trace[name]["seconds"])
            tests = [(items[name], 3 + 4 * int(trace[name]["seconds"])) for name in chosen]
            end = time.monotonic() + 60 + 10 * sum(patience for _, patience in tests)
            running[_fork(partial(_verdict, mutant, self.files, tests))] = mutant, end
            while len(running) >= AT_ONCE:
                self._reap(running)
        while running:
            self._reap(running)

    def _reap(self, running: dict[int, tuple[Mutant, float]]) -> None:
        """Take note of the forks that have ended. One that does not end is caught as well."""
        for child, (mutant, end) in list(running.items()):
            if time.monotonic() > end:
                os.kill(child, signal.SIGKILL)
            done, status = os.waitpid(child, 0 if time.monotonic() > end else os.WNOHANG)
            if done:
                del running[child]
                code = os.waitstatus_to_exitcode(status)
                verdict = {LIVED: "lived on", UNREACHED: "out of reach"}.get(code, "caught")
                self.counts[verdict] += 1
                if verdict != "caught":
                    print(f"{verdict}: {mutant.file}:{mutant.line}  {mutant.said}", flush=True)
        time.sleep(0.005)


def _fork(work: Callable[[], int]) -> int:
    """Do it in a process of its own, silently, and give that process' number; what it gives is its exit code."""
    child = os.fork()
    if child:
        return child
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    status = 1
    try:
        status = work()
    finally:
        os._exit(status)


def _verdict(mutant: Mutant, files: list[str], tests: list[tuple[pytest.Item, int]]) -> int:
    """Run tests, each with the seconds of the processor that it may take, until one fails."""
    if not apply(mutant):
        return UNREACHED
    _forget(files)
    for (test, patience), following in _in_turn(tests):
        # One that never ends is ended by the system, also when nobody waits for it any more.
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + patience, resource.RLIM_INFINITY))
        if any(
            report.failed for report in runtestprotocol(test, log=False, nextitem=following and following[0])
        ):
            return 1
    return LIVED


def _write_trace(items: list[pytest.Item], paths: dict[str, str], result: Path) -> int:
    trace = {}
    for item, following in _in_turn(items):
        _forget(paths.values())
        began = time.monotonic()
        with _entered(paths) as entered:
            reports = runtestprotocol(item, log=False, nextitem=following)
        failed = any(report.failed for report in reports)
        trace[item.nodeid] = {
            "failed": failed,
            "seconds": time.monotonic() - began,
            "entered": sorted(entered),
        }
    result.write_text(json.dumps(trace))
    return 0


def _in_turn(tests: list) -> Iterator[tuple]:
    """Each, and the one that follows."""
    return zip(tests, [*tests[1:], None], strict=True)


@contextmanager
def _entered(paths: dict[str, str]) -> Iterator[set[str]]:
    """The functions of these files that are called meanwhile, in any thread."""
    entered: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in paths:
            entered.add(f"{paths[frame.f_code.co_filename]}:{frame.f_code.co_qualname}")

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield entered
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _forget(files: Iterable[str]) -> None:
    """Empty the caches and pools of these modules: what one test has asked or made, the next one asks and makes again."""
    for file in files:
        for each in vars(module_of(file)).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()
            if (
                isinstance(each, list)
                and each
                and type(each[0]).__module__.partition(".")[0] in {"chat", "workspace"}
            ):
                each.clear()
