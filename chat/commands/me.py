from chat.commands.call import Call
from chat.commands.outcomes import Speech
from chat.commands.registry import command


@command("/me <text>", group="fun", ability="talk", is_speech=True)
def me(call: Call) -> Speech:
    """Say what you are doing, in italics.

    /me is making tea
    """
    lines = call.arguments["text"].splitlines()
    return Speech("\n".join(f"_{line.strip()}_" if line.strip() else "" for line in lines))
