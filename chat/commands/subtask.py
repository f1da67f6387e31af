from chat.commands.call import Call
from chat.commands.registry import command
from tasks.checklists import add_items


@command("/subtask <task> <items>", aliases=["sub", "step"])
def subtask(call: Call) -> None:
    """Divide a task into items, one in the line or one in each line under it. /done 12.1 ticks one off.

    /subtask 12 Write the tests
    """
    add_items(call.member, call.task, call.arguments["items"])
