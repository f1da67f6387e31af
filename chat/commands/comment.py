from chat.commands.call import Call
from chat.commands.outcomes import Speech
from chat.commands.registry import command


@command("/comment <task> <text>", aliases=["note", "reply"], ability="talk", is_speech=True)
def comment(call: Call) -> Speech:
    """Say something in a task's conversation; the lines under it belong to it.

    /comment 12 The vendor has answered
    """
    return Speech(call.arguments["text"], call.task.number)
