from chat.commands.call import Call
from chat.commands.registry import command
from chat.language.words import listing
from tasks.marking import unlabel_task
from workspace.sentences import Sentence


@command("/unlabel <tasks> [its labels]", aliases=["untag"])
def unlabel(call: Call) -> None:
    """Take labels off tasks; all of them, when none is named.

    /unlabel 12 #design
    /unlabel 12
    """
    names = call.arguments.get("labels")
    for task in call.tasks:
        has = {each.name.casefold() for each in task.labels.all()}
        if not (has if names is None else has & {name.casefold() for name in names}):
            what = "#{number} has no label." if names is None else "#{number} has no {names}."
            labels = listing([f"#{name}" for name in names or ()], "or")
            call.notes.append(Sentence(what, number=task.number, names=labels))
        unlabel_task(call.member, task, names)
