from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.test import Client

from accounts.models import ApiToken, User
from workspace import actions


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_adduser_makes_up_a_password_and_prints_it_last(db: None):
    password = run("adduser", "ben@example.com", "--name", "Ben").split()[-1]
    assert User.objects.get(handle="ben").check_password(password)


def test_adduser_takes_a_handle_a_password_and_makes_an_admin(db: None):
    run(
        "adduser",
        "Ben@Example.com",
        "--name",
        "Ben",
        "--handle",
        "Big.Ben",
        "--password",
        "a long password",
        "--admin",
    )
    user = User.objects.get()
    assert (user.email, user.handle, user.is_superuser) == ("ben@example.com", "big.ben", True)
    assert user.check_password("a long password")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ana@example.com", "--name", "Ana"], "There is an account with this email already."),
        (["x@example.com", "--name", "X", "--handle", "ana"], "@ana is taken."),
        (
            ["x@example.com", "--name", "X", "--handle", "here"],
            "@here has a meaning of its own. Choose another handle.",
        ),
        (["nonsense", "--name", "X"], "Enter a valid email address."),
        (["x@example.com", "--name", " "], "Write a name that others can read."),
        (["x@example.com", "--name", "X", "--password", "short"], "at least 12 characters"),
    ],
)
def test_adduser_says_in_a_sentence_what_is_wrong(ana: User, words: list[str], sentence: str):
    with pytest.raises(CommandError) as refused:
        run("adduser", *words)
    assert sentence in str(refused.value)
    assert refused.value.returncode == 1
    assert User.objects.count() == 1


def test_token_prints_a_token_and_nothing_else(ana: User):
    assert ApiToken.find(run("token", "Ana@example.com")).user == ana


def test_token_knows_whom_it_does_not_know(ana: User):
    with pytest.raises(CommandError, match=r"Nobody here has the email nobody@example.com\."):
        run("token", "nobody@example.com")
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="switched off"):
        run("token", ana.email)


def test_somebody_whom_the_log_names_cannot_be_deleted_and_is_switched_off(ana: User, as_ana: Client):
    token = run("token", ana.email)
    actions.create_project(ana, "Web", key="WEB")
    with pytest.raises(ProtectedError):
        ana.delete()
    assert as_ana.get("/projects").status_code == 200
    assert run("deactivate", "Ana@example.com").startswith("Ana Duarte (@ana) can no longer sign in")
    assert as_ana.get("/projects").headers["Location"].startswith("/login?next=")
    assert ApiToken.find(token) is None


def test_deactivate_knows_whom_it_does_not_know(db: None):
    with pytest.raises(CommandError, match="Nobody here has the email"):
        run("deactivate", "nobody@example.com")
