from chat.commands.call import Call
from chat.commands.listings import listed
from chat.commands.outcomes import Answer
from chat.commands.registry import command


@command("/find <query>", aliases=["search", "list"], group="board", ability="read", is_private=True)
def find(call: Call) -> Answer:
    """See the tasks that have these words and these filters, newest first.

    /find login
    /find @me #bug is:open due:<=fri
    /find page -#bug !high >done
    """
    return listed(call, call.query, call.typed, none="No task here has all of that.")
