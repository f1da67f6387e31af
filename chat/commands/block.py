from chat.commands.call import Call
from chat.commands.registry import command
from tasks.hindrances import NO_REASON, block_task
from workspace.sentences import Sentence


@command("/block <task> [by tasks|reason]", aliases=["blocked"])
def block(call: Call) -> None:
    """Say what is in a task's way: other tasks, or a reason.

    /block 12 by 9
    /block 12 waiting for the vendor
    """
    task, by, reason = call.task, call.blockers, call.arguments.get("reason", "")
    if by and {each.number for each in by} <= {each.number for each in task.waits_for}:
        call.notes.append(Sentence("#{number} waits for that already.", number=task.number))
    elif not by and task.blocked_reason == (reason or NO_REASON):
        call.notes.append(
            Sentence(
                "#{number} is blocked already ({reason}).",
                number=task.number,
                reason=task.blocked_reason,
            )
        )
    for blocker in by:
        if blocker.is_done:
            call.notes.append(Sentence("#{number} is done, so it is in nobody's way.", number=blocker.number))
    block_task(call.member, task, by, reason)
