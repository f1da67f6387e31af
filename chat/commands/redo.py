from chat.commands.call import Call
from chat.commands.registry import command
from chat.undoing import redo as redo_last


@command("/redo")
def redo(call: Call) -> None:
    """Do again what you took back last.

    /redo
    """
    call.notes += filter(None, [redo_last(call.member)])
