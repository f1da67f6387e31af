from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from chat.demo import story
from chat.models import Message
from tasks.models import Task
from workspace.models import Event, Project, Workspace

MESSAGES, TASKS = 120, 40


def demo(*words: str) -> str:
    out = StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def web(db: None) -> Project:
    demo(f"--messages={MESSAGES}", f"--tasks={TASKS}", "--people=10")
    return Project.objects.get(key="WEB")


def test_tells_the_stories_and_says_how_to_sign_in(db: None, client: Client):
    assert "Sign in as yara@northlight.example, password northlight-studio." in demo()
    assert list(Project.objects.values_list("name", flat=True).order_by("pk")) == [
        n for n, _ in story.PROJECTS
    ]
    assert client.login(email="yara@northlight.example", password="northlight-studio")
    assert not Task.objects.get(title="Checkout: keep the cart after login").is_done
    assert Task.objects.get(title="Fix hero crop on tablet").is_done
    assert Message.objects.filter(html__contains='data-task="13"').exists(), "its numbers are its own"


def test_adds_as_much_as_is_asked_for_to_a_log_that_is_true(web: Project):
    assert web.messages.count() >= MESSAGES
    assert web.tasks.count() >= TASKS
    assert web.memberships.count() == 10
    assert not Event.objects.filter(at__gt=Workspace.objects.get().created_at).exists()
    for project in Project.objects.all():
        events = list(Event.objects.filter(project=project).order_by("seq"))
        assert [event.seq for event in events] == list(range(1, project.last_seq + 1))
        assert [event.at for event in events] == sorted(event.at for event in events)
        said = {event.seq for event in events if event.kind == "message.posted"}
        assert {event.cause for event in events} - {None} <= said
        assert all(event.cause is None for event in events if event.in_chat)
    out = StringIO()
    call_command("rebuild_board", "--check", stdout=out)
    assert out.getvalue().strip() == "The board is what the log says."


def test_postgresql_knows_at_once_how_much_there_is(web: Project):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans without")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'chat_message'")
        assert cursor.fetchall() == [(Message.objects.count(),)]


def test_refuses_to_mix_with_what_is_there(project: Project):
    with pytest.raises(CommandError, match="There are people or projects here already"):
        demo()


@pytest.mark.parametrize("word", ["--messages=-1", "--people=many", "--tasks=99999999999"])
def test_says_what_is_not_a_number(db: None, word: str):
    with pytest.raises(CommandError, match="is not a number from 0 to 10,000,000"):
        demo(word)
