"""What is talk, what is a script, and what belongs to which line."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "see /done 12",
        "\n/done 12 \n",
        "  /done 12",
        "/etc/hosts",
        "/s/a/b",
        "/-",
        "/1st",
        "/ done 12",
        "/" + "x" * 33,
    ],
)
def test_only_a_command_at_the_very_start_makes_a_script(text, read) -> None:
    assert "talk" in read(text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("//done 12", "/done 12"),
        (" /done 12", "/done 12"),
        ("///done 12", "///done 12"),
        ("//etc/hosts", "//etc/hosts"),
        ("\uff0f\uff0fdone 12", "\uff0fdone 12"),
        ("//done 12\n/done 13", "/done 12\n/done 13"),
    ],
)
def test_one_space_or_slash_makes_a_command_talk(typed, said, read) -> None:
    assert read(typed) == {"talk": said}


@pytest.mark.parametrize("name", ["/DONE", "/d-o-n-e", "/Do_Ne", "/close", "\uff0fdone"])
def test_a_name_is_found_however_it_is_written(name, read) -> None:
    assert read(f"{name} 12") == {"script": [{"command": "done", "refs": [12]}]}


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [
        ("/doen 12", ["/done 12"]),
        ("/dnoe 12", ["/done 12"]),
        ("/clsoe 12", ["/done 12"]),
        ("/done12", ["/done 12"]),
        ("/done: 12", ["/done 12"]),
        ("/asign 12 @bob", ["/assign 12 @bob"]),
        ("/rm 12", ["/archive 12"]),
        ("/remove 12", ["/archive 12", "/move 12"]),
        ("/schedule 12 fri", ["/due 12 fri"]),
        ("/edit 12 New", ["/rename 12 New"]),
        ("/assi 12 bob", []),
        ("/xyzzy", []),
    ],
)
def test_an_unknown_command_proposes_what_is_near(typed, suggestions, read) -> None:
    refused = read(typed)
    assert (refused["refused"], refused["suggestions"]) == ("unknown_command", suggestions)


def test_what_is_proposed_exists(read) -> None:
    assert read("/todos")["suggestions"] == ["/mine", "/task"]
    assert read("/ls")["suggestions"] == ["/find"]


def test_lines_under_a_task_are_its_notes(arguments) -> None:
    notes = "Steps:\n\n- one\n  - two\n/etc/hosts"
    assert arguments(f"/task x\n\n{notes}\n\n") == {"title": "x", "body": notes}


def test_nothing_within_a_code_fence_is_a_command(read) -> None:
    fenced = "```sh\n/done 12\n //done\n~~~\n```"
    assert read(f"/task x\n{fenced}\n/done 13")["script"] == [
        {"command": "task", "title": "x", "body": fenced},
        {"command": "done", "refs": [13]},
    ]


def test_a_line_ends_once_whatever_ends_it(read) -> None:
    assert read("One\r\nTwo\rThree\nFour") == {"talk": "One\nTwo\nThree\nFour"}


def test_a_mistake_is_found_on_its_line(read) -> None:
    refused = read("/task x\nnotes\n/done 99")
    assert (refused["refused"], refused["line"], refused["start"], refused["end"]) == (
        "unknown_task",
        3,
        6,
        8,
    )


def test_twenty_commands_are_enough(read) -> None:
    assert len(read("\n".join(["/done 12"] * 20))["script"]) == 20
    assert read("\n".join(["/done 12"] * 21))["message"] == "21 commands in one message; the limit is 20."


def test_a_message_says_by_how_much_it_is_too_long(read) -> None:
    assert read("x" * 8001)["message"] == "This message is 1 character too long; the limit is 8,000."
    assert read("x" * 7999 + "\0\0") == {"talk": "x" * 7999}


def test_a_question_stands_alone(read) -> None:
    assert read("/done 12\n/help")["message"] == (
        "/help is answered to you alone. Send it in a message of its own."
    )


def test_the_language_stands_without_the_framework() -> None:
    import subprocess
    import sys

    code = "import sys, chat.language; sys.exit('django' in sys.modules or 'chat.commands' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
