from accounts.tongues import told
from chat.commands import registry
from chat.commands.call import Call
from chat.commands.outcomes import Answer
from chat.commands.registry import command


@command("/help [command]", aliases=["commands"], group="help", ability="read", is_private=True)
def help_(call: Call) -> Answer:
    """See what you can type, or how one command works.

    /help
    /help due
    """
    if name := call.arguments.get("text"):
        shown = registry.get(name)
        details = [told(detail, call.tongue) for detail in shown.details]
        return Answer.shown("command", {"command": shown.as_dict(call.tongue), "details": details})
    return Answer.shown("help", {"commands": registry.as_data(call.tongue)})
