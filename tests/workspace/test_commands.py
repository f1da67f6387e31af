from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from workspace.models import Membership, Project


def run(*words: str) -> str:
    out = StringIO()
    call_command("addproject", *words, stdout=out)
    return out.getvalue().strip()


def test_addproject_prints_the_id(alice: Membership, charlie: User):
    words = ("Contract 7", "--key", "con7", "--owner", "alice@example.com", "--member", "Charlie@example.com")
    project = Project.objects.get(pk=int(run(*words)))
    assert (project.name, project.key, project.is_private) == ("Contract 7", "CON7", False)
    roles = project.memberships.values_list("user__handle", "role").order_by("pk")
    assert list(roles) == [("alice", "owner"), ("charlie", "member")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["X1", "--key", "WEB", "--owner", "alice@example.com"], "There is a project with the key WEB"),
        (["X1", "--key", "1", "--owner", "alice@example.com"], "A key is a letter"),
        (
            ["X1", "--key", "XX", "--owner", "nobody@example.com"],
            "Nobody here has the email nobody@example.com.",
        ),
        (
            ["X1", "--owner", "alice@example.com", "--member", "nobody@example.com"],
            "Nobody here has the email nobody",
        ),
        (["!!", "--key", "XX", "--owner", "alice@example.com"], "needs a name"),
    ],
)
def test_addproject_says_in_a_sentence_what_is_wrong(alice: Membership, words: list[str], sentence: str):
    with pytest.raises(CommandError) as refused:
        run(*words)
    assert sentence in str(refused.value)
    assert refused.value.returncode == 1
    assert Project.objects.count() == 1
