import pytest

from tasks.actions import create_task, move_task
from tasks.models import LONGEST_RANK, Task
from workspace.errors import Refused


@pytest.fixture
def crowded(alice, project):
    """A column whose second card stands as close to the first as the third thousand of moves would put it."""

    def make(length):
        above, below, task = (create_task(alice, title) for title in "ABC")
        Task.objects.filter(pk=above.pk).update(position="a1")
        Task.objects.filter(pk=below.pk).update(position=f"a1{'0' * (length - 3)}1")
        return above, task

    return make


def test_thousands_of_moves_into_one_place_fit(alice, crowded):
    above, task = crowded(500)
    task = move_task(alice, task, above.column, after=above)
    assert "a1" < task.position < f"a1{'0' * 497}1"
    assert Task.objects.get(pk=task.pk).position == task.position


def test_what_does_not_fit_is_refused_and_stays_where_it_was(alice, crowded):
    above, task = crowded(LONGEST_RANK)
    with pytest.raises(Refused, match="Nothing more fits"):
        move_task(alice, task, above.column, after=above)
    assert Task.objects.get(pk=task.pk).position == task.position
