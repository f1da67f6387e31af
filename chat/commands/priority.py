from chat.commands.call import Call
from chat.commands.registry import command
from tasks.marking import prioritize_task
from tasks.models import Task
from workspace.sentences import Sentence


@command("/priority <tasks> <priority>", aliases=["prio", "pri"])
def priority(call: Call) -> None:
    """Say how much tasks press: urgent, high, medium, low or none.

    /priority 12 high
    /priority 12, 13 none
    """
    wanted = Task.Priority[call.arguments["priority"].upper()]
    for task in call.tasks:
        if task.priority == wanted:
            so = "#{number} is {priority} already." if wanted else "#{number} has no priority already."
            call.notes.append(Sentence(so, number=task.number, priority=Sentence(wanted.label.lower())))
        prioritize_task(call.member, task, wanted)
