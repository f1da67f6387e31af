from django.template.loader import render_to_string

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
        data = {"command": shown.as_dict(), "details": shown.details}
        return Answer(render_to_string("chat/answers/command.html", data), data)
    everything = {"commands": registry.as_data()}
    return Answer(render_to_string("chat/answers/help.html", everything), everything)
