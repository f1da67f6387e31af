from chat.commands.call import Call
from chat.commands.registry import command
from chat.language.words import listing
from tasks.hindrances import unblock_task
from workspace.sentences import Sentence


@command("/unblock <task> [by tasks]")
def unblock(call: Call) -> None:
    """Say that nothing is in a task's way any more, or that some tasks are not.

    /unblock 12
    /unblock 12 by 9
    """
    task, by = call.task, call.blockers
    had = set(task.blockers.values_list("pk", flat=True))
    if by and not had & {each.pk for each in by}:
        call.notes.append(
            Sentence(
                "#{number} does not wait for {names}.",
                number=task.number,
                names=listing([f"#{each.number}" for each in by], "or"),
            )
        )
    elif not by and not had and not task.blocked_reason:
        call.notes.append(Sentence("#{number} is not blocked.", number=task.number))
    unblock_task(call.member, task, by)
