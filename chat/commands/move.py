from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import move_task


@command("/move <tasks> <column> [top|bottom]", aliases=["mv", "status"], group="board")
def move(call: Call) -> None:
    """Move tasks to a column of the board.

    /move 12 done
    /move 12 to done top
    """
    column = call.column
    for task in call.tasks:
        move_task(call.member, task, column, at=call.arguments.get("at", ""))
