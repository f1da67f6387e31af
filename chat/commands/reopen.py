from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import reopen_task
from tasks.checklists import tick_item
from workspace.sentences import Sentence


@command("/reopen <tasks or items>", aliases=["open", "undone"])
def reopen(call: Call) -> None:
    """Take finished tasks back to what comes next.

    /reopen 12
    /reopen 12.2
    """
    for task, number in call.parts:
        if any(not item.is_done for item in task.checklist if item.number == number):
            call.notes.append(Sentence("#{number} is open already.", number=f"{task.number}.{number}"))
        tick_item(call.member, task, number, is_done=False)
    for task in call.tasks:
        if not task.is_done:
            call.notes.append(Sentence("#{number} is open already.", number=task.number))
        reopen_task(call.member, task)
