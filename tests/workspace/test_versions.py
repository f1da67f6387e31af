"""What is installed is what was tested, and nothing with a known hole is served."""

import logging
import re
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from packaging.requirements import Requirement

from tests.content.once import ONCE
from workspace import versions

ROOT = Path(__file__).resolve().parent.parent.parent
# Debian 12's Python, and those after it, on both machines that wheels are made for.
PLACES = [
    {"python_version": short, "python_full_version": full, "platform_machine": machine, "extra": ""}
    for short, full in (("3.11", "3.11.2"), ("3.12", "3.12.9"), ("3.13", "3.13.5"), ("3.14", "3.14.1"))
    for machine in ("x86_64", "aarch64")
]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def lines(name: str) -> list[str]:
    texts = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [text for text in texts if text and not text.startswith("-")]


def pinned() -> dict[str, str]:
    return {
        plain(name): exact for name, _, exact in (line.partition("==") for line in lines("constraints.txt"))
    }


def needed(name: str, extras: frozenset[str], seen: set[str]) -> set[str]:
    """The packages that come with one, on any of the places, and itself."""
    if (key := f"{plain(name)}{sorted(extras)}") in seen:
        return set()
    seen.add(key)
    found = {plain(name)}
    for each in map(Requirement, (requires(name) or []) if plain(name) not in ONLY_ELSEWHERE else []):
        conditions = [{**place, "extra": extra} for place in PLACES for extra in (extras or {""})]
        if each.marker is None or any(each.marker.evaluate(condition) for condition in conditions):
            found |= needed(each.name, frozenset(each.extras), seen)
    return found


ONLY_ELSEWHERE = {"async-timeout"}  # comes with redis before Python 3.11.3


@pytest.mark.parametrize("asked", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_and_those_that_it_brings_along(asked):
    seen: set[str] = set()
    all_of_them = set().union(
        *(needed(each.name, frozenset(each.extras), seen) for each in map(Requirement, lines(asked)))
    )
    assert len(all_of_them) > 30
    assert all_of_them - pinned().keys() == set(), "add it to constraints.txt, with its exact version"


def test_what_is_asked_for_is_what_is_pinned():
    for line in [*lines("requirements.txt"), *lines("requirements-dev.txt")]:
        asked = Requirement(line)
        assert str(asked.specifier) == f"=={pinned()[plain(asked.name)]}", line


def test_make_installs_within_the_pins():
    installs = re.findall(r"\$\(PIP\) install .*", (ROOT / "Makefile").read_text())
    assert len(installs) == 2
    assert all("--constraint constraints.txt" in each for each in installs)


def test_what_is_installed_is_new_enough():
    versions.check_versions()
    assert versions.numbers(version("daphne")) >= (4, 2, 2)
    assert {"Django", "daphne", "django-allauth", "nh3"} < versions.LEAST.keys()


@pytest.mark.parametrize(
    ("name", "found"),
    [("Django", "5.2.18"), ("daphne", "4.2.1"), ("nh3", "0.3.7"), ("django-allauth", "65.9")],
)
def test_an_older_one_is_not_served(monkeypatch, name, found):
    monkeypatch.setattr(versions, "version", lambda each: found if each == name else version(each))
    with pytest.raises(ImproperlyConfigured, match=rf"{name} {found} is too old: Loggia needs"):
        versions.check_versions()


def test_a_missing_one_is_not_served(monkeypatch):
    monkeypatch.setitem(versions.LEAST, "no-such-package", "1")
    with pytest.raises(ImproperlyConfigured, match="no-such-package is not installed"):
        versions.check_versions()


def test_the_sqlite_that_comes_along_is_mended(caplog):
    for found in ((3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 44, 6)):
        versions.check_sqlite(found, is_bundled=True)
    with pytest.raises(ImproperlyConfigured, match=r"SQLite 3\.51\.2 is too old"):
        versions.check_sqlite((3, 51, 2), is_bundled=True)
    with caplog.at_level(logging.WARNING):
        versions.check_sqlite((3, 40, 1), is_bundled=False)
    assert "SQLite 3.40.1 is too old" in caplog.text


def test_versions_compare_by_their_numbers():
    assert versions.numbers("65.9") < versions.numbers("65.21.1") < versions.numbers("65.21.1.post1")
    assert versions.numbers("5.2.19rc1") == versions.numbers("5.2.19")


pytestmark = ONCE
