from django.db.models import F

from chat.commands.call import Call
from chat.commands.listings import listed
from chat.commands.outcomes import Answer
from chat.commands.registry import command
from chat.language import Filter, Query

SOONEST = (F("due_on").asc(nulls_last=True), "-priority", "-pk")


@command("/mine [query]", aliases=["my"], group="board", ability="read", is_private=True)
def mine(call: Call) -> Answer:
    """See your open tasks, the ones due soonest first. With is:done, those that you have finished.

    /mine
    /mine due:<=fri
    /mine is:done
    """
    own, typed = [Filter("assignee", call.member.user.handle)], ["@me"]
    if not call.query.asks("is"):
        own, typed = [*own, Filter("is", "open")], [*typed, "is:open"]
    query = Query([*own, *call.query.filters], call.query.text)
    text = " ".join([*typed, call.typed]).strip()
    return listed(call, query, text, none="Nothing here is yours just now.", order=SOONEST)
