"""Reminders are posted at their moment, once, by one process or by several, also when that moment passed without any."""

import time

import pytest

from tests.browser.cast import eventually
from tests.faults.extent import extent, tell

EACH = extent(6, 40)
LATE = 5.0  # seconds


@pytest.mark.parametrize("environment", extent(["services"], ["sqlite", "services"]), indirect=True)
def test_a_reminder_comes_once_and_in_time_also_after_the_server_was_away(server, seed, where):
    for handle in ("rosa", "remy"):
        seed("person", name=handle.title(), handle=handle)
    words = {"name": "Rem", "key": "REM", "slug": "rem", "owner": "rosa", "members": {"remy": "guest"}}
    project = seed("project", **words)["id"]
    moments: dict[str, float] = {}

    def remind(what: str, seconds: float) -> None:
        who = ("rosa", "remy")[len(moments) % 2]
        moments[f"Reminder for @{who}: {what}"] = seed(
            "remind", project=project, who=who, text=what, seconds=seconds
        )

    def posted() -> dict[str, list[float]]:
        found: dict[str, list[float]] = {}
        texts = seed("texts", project=project)  # first: the log may have more by then
        said = [at for _, _, kind, at, _ in seed("log", project=project) if kind == "message.posted"]
        for text, at in zip(texts, said, strict=False):
            found.setdefault(text, []).append(at)
        return found

    for number in range(EACH):  # several at one moment, some of them at once
        remind(f"up {number}", number // 2 * 0.7)
    eventually(lambda: len(posted()) == len(moments), within=30)
    late = {text: at - moments[text] for text, (at, *_) in posted().items()}

    server.kill()
    for number in range(EACH):
        remind(f"away {number}", -1.0 if number % 2 else 0.2)
    away = set(moments) - set(late)
    eventually(lambda: time.time() > max(moments.values()), within=30)
    server.start()
    back = time.time()
    for number in range(EACH):
        remind(f"back {number}", 0.5)
    eventually(lambda: len(posted()) == len(moments), within=30)
    server.restart()  # whoever comes next finds nothing left to do
    remind("last", 0.0)
    eventually(lambda: len(posted()) == len(moments), within=30)

    found = posted()
    assert found.keys() == moments.keys()
    assert {text: times for text, times in found.items() if len(times) > 1} == {}, "each once"
    late |= {
        text: at - (back if text in away else moments[text])
        for text, (at, *_) in found.items()
        if text not in late
    }
    late = {
        text: by for text, by in late.items() if not text.endswith(": last")
    }  # a process had to start first
    assert min(late[text] for text in late if text not in away) >= 0, "none before its time"
    tell(
        "R-18",
        f"{where}: {len(found)} reminders, each once, at the latest {max(late.values()):.2f} s after its moment",
    )
    assert max(late.values()) < LATE
