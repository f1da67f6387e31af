from chat.commands.call import Call
from chat.commands.registry import command
from tasks.trash import delete_task


@command("/delete <tasks>", aliases=["trash"], group="board")
def delete(call: Call) -> None:
    """Put tasks into the trash: those you added, or any where you own the project. To keep them, /archive.

    /delete 12
    """
    for task in call.tasks:
        delete_task(call.member, task)
