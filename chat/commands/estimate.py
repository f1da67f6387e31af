from chat.commands.call import Call
from chat.commands.registry import command
from tasks.marking import estimate_task
from tasks.templatetags.estimate import estimate_words
from workspace.sentences import Sentence


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
            so = (
                "#{number} is estimated at {estimate} already."
                if wanted
                else "#{number} has no estimate already."
            )
            call.notes.append(Sentence(so, number=task.number, estimate=estimate_words(wanted)))
        estimate_task(call.member, task, wanted)
