from chat.commands.call import Call
from chat.commands.registry import command
from tasks.actions import unassign_task


@command("/unassign <tasks> [people]", group="people")
def unassign(call: Call) -> None:
    """Take people off tasks; everybody, when nobody is named.

    /unassign 12 @me
    /unassign 12
    """
    for task in call.tasks:
        unassign_task(call.member, task, call.people or None)
