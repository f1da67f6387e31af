from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import create_task
from tasks.models import Task
from tasks.steps import Due
from workspace.repeats import first_day


@command("/task <title>", aliases=["t", "todo", "add", "new"])
def task(call: Call) -> None:
    """Add a task; the lines under it become its notes.

    /task Fix login
    /task Fix login @me #bug !high due:fri
    /task Water the plants every:mon,thu
    /task Draft the pricing page ~2h >Backlog due:"next friday 5pm"
    """
    typed = call.arguments
    every, due = typed.get("every", ""), call.due
    if due is None and (day := first_day(every, call.now.date())):
        due = Due(day)
    made = create_task(
        call.member,
        typed["title"],
        description=typed.get("body", ""),
        assignees=call.assignees,
        labels=typed.get("labels", []),
        priority=Task.Priority[typed.get("priority", "none").upper()],
        column=call.column if "column" in typed else None,
        due=due,
        every=every,
        estimate=typed.get("estimate", ""),
    )
    call.made.append(made)
