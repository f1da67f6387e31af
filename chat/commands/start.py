from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import start_task


@command("/start <tasks>", aliases=["claim", "take"])
def start(call: Call) -> None:
    """Take tasks and begin: they are yours, and move to the first column of what is being done.

    /start 12
    """
    for task in call.tasks:
        start_task(call.member, task)
