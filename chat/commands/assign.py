from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import assign_task


@command("/assign <tasks> <people>", group="people")
def assign(call: Call) -> None:
    """Give tasks to people.

    /assign 12 @me
    /assign 12, 13 to me
    """
    for task in call.tasks:
        assign_task(call.member, task, call.people)
