from chat.commands.call import Call
from chat.commands.registry import command
from tasks.hindrances import unblock_task


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
            f"#{task.number} does not wait for {' or '.join(f'#{each.number}' for each in by)}."
        )
    elif not by and not had and not task.blocked_reason:
        call.notes.append(f"#{task.number} is not blocked.")
    unblock_task(call.member, task, by)
