"""From talk to work and back: tasks made of messages, and what is said about them."""

from uuid import uuid4

import pytest

from chat.commands import handle
from chat.models import Message
from chat.queries import as_dict, conversation, timeline
from workspace import live
from workspace.models import Event


@pytest.fixture
def tell(bob, alice):
    """Says something: `tell("/done", reply_to=message.pk)`. Gives the message."""

    def tell(text, **more):
        said = handle(alice, text, uuid4(), **more).event
        return Message.objects.get(pk=said.subject_id)

    return tell


@pytest.fixture
def origin(tell):
    """A message with a task made of it."""
    message = tell("Could somebody fix the lamp?")
    tell("/task Fix the lamp", reply_to=message.pk)
    return message


def texts(lines):
    return [line.message.text for line in lines if line.message]


def test_a_task_made_of_a_message_and_the_message_show_each_other(origin, project):
    task = project.tasks.get()
    assert [each.title for each in Message.objects.get(pk=origin.pk).made] == ["Fix the lamp"]
    assert texts(conversation(task)) == ["Could somebody fix the lamp?", "/task Fix the lamp"]
    assert as_dict(Message.objects.get(pk=origin.pk))["made"] == [task.number]


def test_the_page_shows_the_task_under_the_message(origin, alice, browse):
    page = browse(alice).get("/p/web").content.decode()
    made = page.split(f'data-copy="message-{origin.pk}-made">')[1].split("</p>")[0]
    assert "Fix the lamp" in made
    assert 'href="/p/web/t/1"' in made


def test_pages_that_are_open_get_the_task_under_the_message(origin, project):
    posted = Event.objects.filter(project=project, kind="message.posted").order_by("seq").last()
    (frame,) = live.frames([posted])
    assert f'put-copies=\\"message-{origin.pk}-made\\"' in frame.html
    assert "Fix the lamp" in frame.html.split(f"message-{origin.pk}-made")[-1]


def test_a_task_that_a_message_only_names_was_not_made_of_it(tell, task):
    message = tell("See #1")
    assert [each.pk for each in message.refs] == [task.pk]
    assert message.made == []


def test_what_only_changes_a_task_makes_none(tell, task):
    message = tell("It is done, I think")
    tell("/done 1", reply_to=message.pk)
    assert message.made == []


def test_the_next_task_of_one_that_repeats_was_not_made_of_what_finished_it(tell, project):
    tell("/task Water the plants every:day")
    message = tell("The plants look dry")
    tell("/done 1\n/task Buy a watering can", reply_to=message.pk)
    assert project.tasks.count() == 3
    assert [task.title for task in Message.objects.get(pk=message.pk).made] == ["Buy a watering can"]


def test_a_refused_script_leaves_the_message_alone(tell, project, task):
    from workspace.errors import Refused

    message = tell("Two things")
    with pytest.raises(Refused):
        tell("/task One\n/done 99", reply_to=message.pk)
    assert Message.objects.get(pk=message.pk).made == []
    assert project.tasks.count() == 1


def test_replies_to_a_commands_message_belong_to_the_task(tell, project):
    said = tell("/task Fix the lamp")
    tell("Which lamp?", reply_to=said.pk)
    tell("Something else")
    assert texts(conversation(project.tasks.get())) == ["/task Fix the lamp", "Which lamp?"]


def test_what_is_said_aside_stays_with_its_task(tell, project, task):
    tell("Read by all", task=1)
    tell("Read on the task's page", task=1, in_chat=False)
    assert texts(timeline(project)) == ["Read by all"]
    assert texts(conversation(task)) == ["Read by all", "Read on the task's page"]


def test_talk_without_a_task_is_never_aside(tell, project):
    tell("Hello", in_chat=False)
    assert texts(timeline(project)) == ["Hello"]


def test_what_is_said_aside_reaches_the_open_page_of_its_task_and_no_conversation(tell, project, task):
    tell("Aside", task=1, in_chat=False)
    posted = Event.objects.filter(project=project, kind="message.posted").last()
    (frame,) = live.frames([posted])
    assert 'put=\\"lines\\"' not in frame.html
    assert 'data-task=\\"1\\"' in frame.html


@pytest.mark.parametrize(
    ("said", "draft"),
    [
        ("Could somebody fix the lamp?\nIt flickers.", "/task Could somebody fix the lamp?"),
        ("//task is how you start", "/task is how you start"),
        ("x" * 300, "/task " + "x" * 200),
    ],
)
def test_without_scripts_a_message_becomes_a_task_by_a_link_and_a_form(
    alice, browse, tell, project, said, draft
):
    message = tell(said)
    client = browse(alice)
    page = client.get(f"/p/web/m/{message.pk}?do=task")
    assert page.context["draft"] == draft
    assert f'name="reply_to" value="{message.pk}"' in page.content.decode()
    form = {"text": "/task Fix the lamp", "nonce": str(uuid4()), "reply_to": message.pk}
    assert client.post("/p/web/say", form).status_code == 302
    assert [task.title for task in Message.objects.get(pk=message.pk).made] == ["Fix the lamp"]


def test_without_scripts_the_box_says_where_else_it_is_read(alice, browse, project, task):
    client = browse(alice)
    for field, is_in_chat in (({}, True), ({"in_chat": "0"}, False), ({"in_chat": ["0", "1"]}, True)):
        form = {"text": "Hello", "nonce": str(uuid4()), "task": 1} | field
        assert client.post("/p/web/say", form).status_code == 302
        assert Event.objects.filter(project=project).latest("seq").in_chat is is_in_chat


@pytest.mark.parametrize(
    "text",
    [
        "/due fri",
        "/move done",
        "/assign @alice",
        "/rename A new title",
        "/done",
        "/label #x",
        "/priority high",
    ],
)
def test_in_a_tasks_conversation_a_command_needs_no_number(tell, task, text):
    said = tell(text, task=1)
    seq = Event.objects.get(kind="message.posted", subject_id=said.pk).seq
    effects = Event.objects.filter(cause=seq).exclude(kind__startswith="label.")
    assert {event.subject_id for event in effects} == {task.pk}


def test_what_a_script_says_aside_stays_aside(tell, project, task):
    tell("/comment 1 Their budget is 3k\n/done 1\n/me leaves", task=1, in_chat=False)
    assert texts(timeline(project)) == []
    assert texts(conversation(task)) == [
        "/comment 1 Their budget is 3k\n/done 1\n/me leaves",
        "Their budget is 3k",
        "_leaves_",
    ]


def test_the_address_of_what_was_said_aside_leads_to_its_task(alice, browse, tell, task):
    aside, said = tell("Aside", task=1, in_chat=False), tell("To all", task=1)
    answer = browse(alice).get(aside.get_absolute_url())
    assert answer.headers["Location"] == f"/p/web/t/1#message-{aside.pk}"
    assert browse(alice).get(said.get_absolute_url()).status_code == 200


def test_without_scripts_a_refused_line_keeps_its_task_and_its_place(alice, browse, task):
    form = {"text": "/due frii", "nonce": str(uuid4()), "task": 1, "in_chat": "0"}
    page = browse(alice).post("/p/web/say", form)
    assert page.status_code == 422
    assert '<input type="hidden" name="task" value="1">' in page.content.decode()
    assert 'name="in_chat" value="1" checked' not in page.content.decode()
