from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import reopen_task


@command("/reopen <tasks>", aliases=["open", "undone"])
def reopen(call: Call) -> None:
    """Take finished tasks back to what comes next.

    /reopen 12
    """
    for task in call.tasks:
        if not task.is_done:
            call.notes.append(f"#{task.number} is open already.")
        reopen_task(call.member, task)
