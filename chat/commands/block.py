from chat.commands.call import Call
from chat.commands.registry import command
from tasks.hindrances import NO_REASON, block_task


@command("/block <task> [by tasks|reason]", aliases=["blocked"])
def block(call: Call) -> None:
    """Say what is in a task's way: other tasks, or a reason.

    /block 12 by 9
    /block 12 waiting for the vendor
    """
    task, by, reason = call.task, call.blockers, call.arguments.get("reason", "")
    if by and {each.number for each in by} <= {each.number for each in task.waits_for}:
        call.notes.append(f"#{task.number} waits for that already.")
    elif not by and task.blocked_reason == (reason or NO_REASON):
        call.notes.append(f"#{task.number} is blocked already ({task.blocked_reason}).")
    for blocker in by:
        if blocker.is_done:
            call.notes.append(f"#{blocker.number} is done, so it is in nobody's way.")
    block_task(call.member, task, by, reason)
