from chat.commands.call import Call
from chat.commands.registry import command
from tasks.history import undo as undo_last


@command("/undo")
def undo(call: Call) -> None:
    """Take back your last change here: all of it, when it was a message with several commands. /redo does it again.

    /undo
    """
    undo_last(call.member)
