from chat.commands.call import Call
from chat.commands.registry import command
from tasks.history import redo as redo_last


@command("/redo")
def redo(call: Call) -> None:
    """Do again what you took back last.

    /redo
    """
    redo_last(call.member)
