from chat.models import Message


def test_says_it_in_the_tasks_conversation(run, gina, task, project, kinds) -> None:
    since = project.events.count()
    ack = run(gina, "/comment 1 See /etc/hosts, **all** of it\n\nand more")
    assert kinds(project, since) == ["message.posted"]
    message = Message.objects.get(pk=ack.event.subject_id)
    assert message.text == "See /etc/hosts, **all** of it\n\nand more"
    assert "<strong>all</strong>" in message.html
    assert message.task == task


def test_the_page_of_the_task_shows_it(run, client, alice, task) -> None:
    run(alice, "/note 1 The vendor has answered")
    client.force_login(alice.user)
    talk = client.get("/p/web/t/1").content.decode().partition('id="task-talk"')[2]
    assert "The vendor has answered" in talk


def test_in_the_conversation_of_a_task_it_means_that_task(run, alice, task) -> None:
    run(alice, "/task Second")
    ack = run(alice, "/reply it works", task=2)
    assert Message.objects.get(pk=ack.event.subject_id).task.number == 2
    ack = run(alice, "/reply 1 it works", task=2)
    assert Message.objects.get(pk=ack.event.subject_id).task.number == 1


def test_within_a_script_it_is_a_message_of_its_own(run, alice, task, project, kinds, fresh) -> None:
    since = project.events.count()
    run(alice, "/done 1\n/comment 1 The vendor paid\n/priority 1 low")
    assert kinds(project, since) == [
        "message.posted",
        "task.completed",
        "message.posted",
        "task.prioritized",
    ]
    said, done, comment, ranked = project.events.order_by("seq")[since:]
    assert (comment.cause, comment.in_chat) == (None, True)
    assert done.cause == ranked.cause == said.seq
    assert Message.objects.get(pk=comment.subject_id).task == task
    run(alice, "/undo")
    assert not fresh(task).is_done
    assert Message.objects.filter(text="The vendor paid").exists()


def test_says_what_is_missing_or_wrong(refusal, alice, task) -> None:
    example = "Try /comment 12 The vendor has answered."
    assert refusal(alice, "/comment").message == f"Which task? {example}"
    assert refusal(alice, "/comment 1").message == f"What is there to say? {example}"
    assert refusal(alice, "/comment 99 hello").code == "unknown_task"
