"""Private answers that list tasks."""

from django.template.loader import render_to_string
from django.utils.http import urlencode

from chat.commands.call import Call
from chat.commands.outcomes import Answer
from chat.finding import find_tasks
from chat.language import Query
from tasks.queries import as_dict
from workspace.pace import SEARCHES

SHOWN = 10  # the search page has the others


def listed(call: Call, query: Query, text: str, *, none: str, order: tuple[object, ...] = ("-pk",)) -> Answer:
    """The cards of the first tasks that the query finds here, and the way to all of them. `text` is the query as typed."""
    SEARCHES.spend(call.member.user_id)
    project = call.member.project
    found = find_tasks(call.member.user, query, project=project, limit=SHOWN + 1, now=call.now, order=order)
    tasks, is_cut = found[:SHOWN], len(found) > SHOWN
    everything = f"/search?{urlencode({'q': text, 'tab': 'tasks', 'project': project.slug})}"
    shown = {"tasks": tasks, "is_cut": is_cut, "none": none, "query": text, "everything": everything}
    html = render_to_string("chat/answers/tasks.html", shown)
    return Answer(html, {"tasks": [as_dict(task) for task in tasks], "is_cut": is_cut, "query": text})
