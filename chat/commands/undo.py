from chat.commands.call import Call
from chat.commands.registry import command
from chat.undoing import undo as undo_last


@command("/undo")
def undo(call: Call) -> None:
    """Take back what you did here last, all of one message: changes, a poll that only you voted in, or a reminder.

    /undo
    """
    call.notes += filter(None, [undo_last(call.member)])
