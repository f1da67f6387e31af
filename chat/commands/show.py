from django.template.loader import render_to_string

from chat.commands.call import Call
from chat.commands.outcomes import Answer
from chat.commands.registry import command
from tasks.queries import as_dict, tasks_by_id


@command("/show <task>", aliases=["view"], group="board", ability="read", is_private=True)
def show(call: Call) -> Answer:
    """See a task's card, without telling anybody.

    /show 12
    """
    task = tasks_by_id(call.member.project, [call.task.pk])[call.task.pk]
    return Answer(render_to_string("chat/answers/show.html", {"task": task}), {"task": as_dict(task)})
