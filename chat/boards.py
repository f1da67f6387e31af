"""A board on which somebody sees only the tasks that they ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.zones import zone_of
from chat.filters import filtered
from chat.finding import query_of
from chat.language import Query
from tasks.filling import fill
from tasks.models import Column, Task
from tasks.queries import CARDS, DONE_FOR, BoardColumn
from workspace.errors import Refused
from workspace.fulltext import LONGEST
from workspace.models import Membership
from workspace.pace import SEARCHES


@dataclass
class BoardFilter:
    """What a member asked of a board. `count` of the `total` tasks on it are shown; a mistake leaves it whole."""

    text: str = ""
    query: Query | None = None
    mistake: Refused | None = None
    count: int = 0
    total: int = 0


def read_filter(member: Membership, text: str, heard: str = "") -> BoardFilter:
    """What `text` asks of the member's board, whose browser asks for the tongue `heard`. Nothing, when it is empty. Who asks
    too often has made a mistake, too.
    """
    text = text.replace("\0", "").strip()[: LONGEST + 1]
    if not text:
        return BoardFilter()
    try:
        SEARCHES.spend(member.user_id)
        return BoardFilter(text, query_of(member.user, text, member.project, heard))
    except Refused as mistake:
        return BoardFilter(text, mistake=mistake)


def on_board(member: Membership, query: Query, now: datetime | None = None) -> QuerySet[Task]:
    """The tasks with a card on the member's board that the query finds."""
    now = now or timezone.now()
    has_card = Q(completed_at=None) | Q(completed_at__gte=now - DONE_FOR, column__kind=Column.Kind.DONE)
    rows = Task.objects.filter(has_card, project=member.project, archived_at=None)
    return filtered(rows, query, [member.project_id], now.astimezone(zone_of(member.user)))


def apply_filter(
    member: Membership, asked: BoardFilter, columns: Sequence[BoardColumn], whole: int | None
) -> None:
    """Leave on the board the cards of the tasks that are asked for, of column `whole` all and of the others the first."""
    assert asked.query is not None  # there is nothing to apply otherwise
    rows = on_board(member, asked.query)
    counts = dict(rows.order_by().values_list("column").annotate(Count("pk")))
    for column in columns:
        column.matching = counts.get(column.pk, 0)
        cards = rows.filter(column=column.pk).select_related("project", "column").order_by("position")
        column.cards = list(cards if column.pk == whole else cards[:CARDS]) if column.matching else []
    fill([task for column in columns for task in column.cards])
    asked.count, asked.total = sum(counts.values()), sum(column.count for column in columns)
