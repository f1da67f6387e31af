from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import set_due


@command("/due <tasks> <date|none>", aliases=["deadline"])
def due(call: Call) -> None:
    """Say when tasks are due, or that they no longer are.

    /due 12 fri
    /due 12 next friday at 5pm
    /due 12 none
    """
    date = call.due
    for task in call.tasks:
        set_due(call.member, task, date)
