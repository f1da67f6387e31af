from chat.commands.call import Call
from chat.commands.registry import command
from chat.language.words import listing
from tasks.marking import label_task
from workspace.sentences import Sentence


@command("/label <tasks> <labels>", aliases=["tag", "labels"])
def label(call: Call) -> None:
    """Mark tasks with labels. One that nobody has used before is made.

    /label 12 #design
    /label 12, 13 #bug #design
    """
    names = call.arguments["labels"]
    for task in call.tasks:
        has = {each.name.casefold() for each in task.labels.all()}
        if not {name.casefold() for name in names} - has:
            call.notes.append(
                Sentence(
                    "#{number} has {names} already.",
                    number=task.number,
                    names=listing([f"#{name}" for name in names]),
                )
            )
        label_task(call.member, task, names)
