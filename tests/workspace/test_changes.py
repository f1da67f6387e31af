import threading

import pytest
from django.db import connection, connections, transaction

from workspace import actions, live
from workspace.changes import Gone, changes
from workspace.errors import Denied
from workspace.models import Event, Membership


def seqs(project):
    return list(Event.objects.filter(project=project).order_by("seq").values_list("seq", flat=True))


def test_numbers_events_from_one_without_holes(project, alice):
    with changes(alice) as record:
        record("project.noted")
        record("project.noted")
    assert seqs(project) == list(range(1, len(seqs(project)) + 1))
    project.refresh_from_db()
    assert project.last_seq == seqs(project)[-1]


def test_what_fails_leaves_no_event_and_no_hole(project, alice):
    before = seqs(project)
    with pytest.raises(ZeroDivisionError), changes(alice) as record:
        1 / (record("project.noted").seq - record.project.last_seq)
    with changes(alice) as record:
        record("project.noted")
    assert seqs(project) == [*before, before[-1] + 1]


def test_an_inner_change_joins_the_outer_one(project, alice):
    with changes(alice) as outer, changes(alice) as inner:
        assert inner is outer
    with changes(alice) as later:
        assert later is not outer


def test_events_are_published_after_the_commit_and_not_before(
    project, alice, monkeypatch, django_capture_on_commit_callbacks
):
    published = []
    monkeypatch.setattr(live, "publish", published.extend)
    with django_capture_on_commit_callbacks(execute=True):
        with changes(alice) as record:
            event = record("project.noted")
        assert published == []
    assert published == [event]


def test_a_rolled_back_change_is_not_published(
    project, alice, monkeypatch, django_capture_on_commit_callbacks
):
    published = []
    monkeypatch.setattr(live, "publish", published.extend)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            with changes(alice) as record:
                record("project.noted")
            transaction.set_rollback(True)
    assert published == []


def test_somebody_who_was_removed_meanwhile_is_gone(alice, bob):
    with changes(bob):
        pass
    actions.remove_member(alice, bob)
    stale = Membership(pk=bob.pk or 0, user=bob.user, project=bob.project, role=bob.role)
    with pytest.raises(Gone), changes(stale):
        pass


def test_somebody_who_was_deactivated_meanwhile_is_gone(bob):
    bob.user.is_active = False
    bob.user.save()
    with pytest.raises(Gone), changes(bob):
        pass


def test_a_role_that_changed_meanwhile_is_not_used(alice, bob):
    Membership.objects.filter(pk=bob.pk).update(role=Membership.Role.GUEST)
    with pytest.raises(Denied), changes(bob):
        pass


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_gap_and_readers_see_only_the_end_grow(project, alice):
    failures = []

    def write(rolls_back):
        try:
            for number in range(12):
                member = Membership.objects.select_related("user", "project").get(pk=alice.pk)
                try:
                    with changes(member) as record:
                        record("project.noted", number=number)
                        if rolls_back and number % 3 == 0:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(index % 2,)) for index in range(4)]
    for writer in writers:
        writer.start()
    seen = []
    while any(writer.is_alive() for writer in writers):
        found = seqs(project)
        assert found == list(range(1, len(found) + 1)), "a reader saw a gap"
        assert len(found) >= len(seen)
        seen = found
    assert failures == []
    assert seqs(project) == list(range(1, len(seqs(project)) + 1))
    assert connection.is_usable()


def test_what_a_command_caused_has_no_line_of_its_own(alice):
    with changes(alice) as record:
        assert record("project.noted", in_chat=True).in_chat
        assert not record("project.noted").in_chat
        record.cause = 1
        assert not record("project.noted", in_chat=True).in_chat
        record.cause = None


def test_an_event_knows_what_it_is_about_without_asking(alice, task, django_assert_num_queries):
    with changes(alice) as record:
        event = record("task.noted", task)
        with django_assert_num_queries(0):
            assert event.subject is task


@pytest.mark.django_db(transaction=True)
def test_a_bell_that_breaks_fails_no_change(alice, project, monkeypatch, caplog):
    def broken(_: list[Event]) -> None:
        raise OSError("no bell")

    monkeypatch.setattr(live, "publish", broken)
    before = seqs(project)
    with changes(alice) as record:
        record("project.noted")
    assert len(seqs(project)) == len(before) + 1
    assert "no bell" in caplog.text
