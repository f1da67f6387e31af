"""What is said of a line that is not understood."""

import pytest


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("/tsak Fix login", "There is no command /tsak."),
        ("/xyzzyxyzzy", "There is no command /xyzzyxyzzy. Type /help to see all of them."),
    ],
)
def test_a_command_that_there_is_not_is_named(read, typed, message):
    assert read(typed)["message"] == message


def test_a_preposition_alone_begins_a_name(read):
    assert read("/move 12 to")["script"][0]["column"] == "To do"
    assert read("/move 12 to done")["script"][0]["column"] == "Done"


def test_a_command_is_asked_about_with_its_slash_or_without(read):
    assert read("/help /done") == read("/help done")
    assert "script" in read("/help done")


def test_what_begins_alike_is_proposed_first(read):
    assert read("/dona 12")["suggestions"][0] == "/done 12"
