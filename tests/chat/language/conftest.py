"""The project that all cases of the language are read in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from chat.language import Context, parse

TITLES = {12: "Fix login page", 13: "Login page copy"}


@pytest.fixture(scope="session")
def context() -> Context:
    return Context(
        me="ana",
        key="WEB",
        now=datetime(2026, 11, 19, 15, 30),  # a Thursday
        members=["ana", "bob", "li.wei", "zoë", "o-brien", "john"],
        columns=["Backlog", "To do", "In progress", "In review", "Done"],
        labels=["bug", "design"],
        tasks={number: TITLES.get(number, f"Task {number}") for number in range(1, 41)},
        last=17,
    )


@pytest.fixture(scope="session")
def read(context: Context) -> Callable[[str], dict[str, Any]]:
    """What a text is understood as: `read("/done 12")`."""
    return lambda text: parse(text, context).as_dict()


@pytest.fixture(scope="session")
def arguments(read: Callable[[str], dict[str, Any]]) -> Callable[[str], dict[str, Any]]:
    """What a text gives to its one command, without the command's name."""

    def of(text: str) -> dict[str, Any]:
        (command,) = read(text)["script"]
        return {key: value for key, value in command.items() if key != "command"}

    return of
