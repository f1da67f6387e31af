from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import complete_task
from tasks.checklists import tick_item
from workspace.sentences import Sentence


@command("/done <tasks or items>", aliases=["close", "complete", "finish"])
def done(call: Call) -> None:
    """Finish tasks, or items of them.

    /done 12
    /done 12, 13 and 14
    /done last
    /done 12.2
    """
    for task, number in call.parts:
        if any(item.is_done for item in task.checklist if item.number == number):
            call.notes.append(Sentence("#{number} was already done.", number=f"{task.number}.{number}"))
        tick_item(call.member, task, number, is_done=True)
    for task in call.tasks:
        if task.is_done:
            name = call.by_whom(task, "task.completed")
            note = "#{number} was already done by {name}." if name else "#{number} was already done."
            call.notes.append(Sentence(note, number=task.number, name=name))
        complete_task(call.member, task)
