from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import rename_task


@command("/rename <task> <new title>", aliases=["title"])
def rename(call: Call) -> None:
    """Give a task another title, exactly as you type it.

    /rename 12 Fix the login page
    """
    rename_task(call.member, call.task, call.arguments["title"])
