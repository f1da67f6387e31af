from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import create_task
from tasks.models import Task


@command("/task <title>", aliases=["t", "todo", "add", "new"])
def task(call: Call) -> None:
    """Add a task; the lines under it become its notes.

    /task Fix login
    /task Fix login @me #bug !high due:fri
    /task Draft the pricing page ~2h >Backlog due:"next friday 5pm"
    """
    typed = call.arguments
    create_task(
        call.member,
        typed["title"],
        description=typed.get("body", ""),
        assignees=call.assignees,
        labels=typed.get("labels", []),
        priority=Task.Priority[typed.get("priority", "none").upper()],
        column=call.column if "column" in typed else None,
        due=call.due,
        estimate=typed.get("estimate", ""),
    )
