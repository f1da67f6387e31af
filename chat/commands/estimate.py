from chat.commands.call import Call
from chat.commands.registry import command
from tasks.marking import estimate_task
from tasks.templatetags.estimate import estimate_words


@command("/estimate <tasks> <estimate>", aliases=["est"])
def estimate(call: Call) -> None:
    """Say how long tasks will take, in points or in working time, or that nobody knows.

    /estimate 12 2h
    /estimate 12 3pt
    /estimate 12 none
    """
    typed = call.arguments["estimate"]
    wanted = "" if typed == "none" else typed
    for task in call.tasks:
        if task.estimate == wanted:
            so = f"is estimated at {estimate_words(wanted)}" if wanted else "has no estimate"
            call.notes.append(f"#{task.number} {so} already.")
        estimate_task(call.member, task, wanted)
