"""Questions and their options."""

import pytest


@pytest.mark.parametrize(
    ("text", "question", "options"),
    [
        ("/poll Ship it?", "Ship it?", ["Yes", "No"]),
        ('/vote "Ship it?"', "Ship it?", ["Yes", "No"]),
        ("/poll “Lunch?” “Pizza” “Sushi”", "Lunch?", ["Pizza", "Sushi"]),
        ('/poll Lunch? "Pizza" "Sushi"', "Lunch?", ["Pizza", "Sushi"]),
        ('/poll Shall we say "now"?', 'Shall we say "now"?', ["Yes", "No"]),
        ("/poll Lunch?\n\n1. Pizza\n2) Sushi\n* Soup", "Lunch?", ["Pizza", "Sushi", "Soup"]),
        ('/poll Lunch?\n"Pizza"\nSushi  and   soup', "Lunch?", ["Pizza", "Sushi and soup"]),
        ("/poll Lunch?\n- Pizza - large\nSoup 1. cold", "Lunch?", ["Pizza - large", "Soup 1. cold"]),
    ],
)
def test_the_ways_to_ask(read, text, question, options) -> None:
    assert read(text) == {"script": [{"command": "poll", "question": question, "options": options}]}


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("/poll", "missing_argument", 'What is the question? Try /poll "Lunch?" "Pizza" "Sushi".'),
        (
            '/poll "" "Pizza" "Sushi"',
            "missing_argument",
            'What is the question? Try /poll "Lunch?" "Pizza" "Sushi".',
        ),
        ('/poll "Lunch?" "Pizza"', "bad_poll", "A poll needs 2 options or more, or none for yes and no."),
        ('/poll "Lunch?" "Pizza" "pizza"', "bad_poll", "Two of the options are the same."),
        (
            '/poll "Lunch?" "Pizza" ""',
            "bad_poll",
            "One of the options is empty. Write something between its quotes.",
        ),
        (
            '/poll "Lunch?" Pizza, Sushi',
            "bad_poll",
            'Put the question and each option in quotes: "Lunch?" "Pizza" "Sushi".',
        ),
        (
            "/poll Which?\n" + "\n".join(map(str, range(11))),
            "bad_poll",
            "11 options in one poll; the limit is 10.",
        ),
        ("/poll " + "x" * 201, "bad_poll", "The question is 201 characters; the limit is 200."),
        ("/poll A?\nyes\n" + "x" * 81, "bad_poll", "An option is 81 characters; the limit is 80."),
    ],
)
def test_says_what_is_wrong(read, text, code, message) -> None:
    understood = read(text)
    assert (understood["refused"], understood["message"]) == (code, message)
