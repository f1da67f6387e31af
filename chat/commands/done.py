from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import complete_task


@command("/done <tasks>", aliases=["close", "complete", "finish"])
def done(call: Call) -> None:
    """Finish tasks.

    /done 12
    /done 12, 13 and 14
    /done last
    """
    for task in call.tasks:
        if task.is_done:
            call.notes.append(f"#{task.number} was already done{call.by_whom(task, 'task.completed')}.")
        complete_task(call.member, task)
