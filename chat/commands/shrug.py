from chat.commands.call import Call
from chat.commands.outcomes import Speech
from chat.commands.registry import command

SHRUG = r"¯\\\_(ツ)\_/¯"  # as Markdown, which would take a backslash and two underscores for its own


@command("/shrug [text]", group="fun", ability="talk", is_speech=True)
def shrug(call: Call) -> Speech:
    """Say that you do not know, with or without words before it.

    /shrug
    /shrug No idea who broke it
    """
    return Speech(f"{call.arguments['text']} {SHRUG}".strip())
