from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import archive_task


@command("/archive <tasks>", group="board")
def archive(call: Call) -> None:
    """Take tasks off the board. Their pages and numbers stay.

    /archive 12
    """
    for task in call.tasks:
        archive_task(call.member, task)
