from django.template.loader import render_to_string
from django.utils.http import urlencode

from chat.boards import on_board
from chat.commands.call import Call
from chat.commands.outcomes import Answer
from chat.commands.registry import command
from tasks.queries import heads
from workspace.pace import SEARCHES


@command("/board [query]", group="board", ability="read", is_private=True)
def board(call: Call) -> Answer:
    """See only some tasks on your board; without a query, all of them again.

    /board @me
    /board #bug is:open
    /board
    """
    SEARCHES.spend(call.member.user_id)
    project, text = call.member.project, call.typed if call.query else ""
    total = sum(column.count for column in heads(project))
    count = on_board(call.member, call.query, call.now).count() if text else total
    data = {"query": text, "count": count, "total": total}
    url = f"{project.get_absolute_url()}?{urlencode({'view': 'board', 'q': text})}"
    return Answer(render_to_string("chat/answers/board.html", data | {"url": url}), data | {"url": url})
