from chat.commands.call import Call
from chat.commands.registry import command
from chat.polls import open_poll


@command("/poll <question and options>", aliases=["vote"], group="people", ability="talk")
def poll(call: Call) -> None:
    """Ask everybody, and count the votes.

    /poll "Lunch?" "Pizza" "Sushi"
    /poll Ship it today?
    """
    open_poll(call.member, call.arguments["question"], call.arguments["options"])
