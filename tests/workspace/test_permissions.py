import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User
from workspace import actions
from workspace.errors import Denied
from workspace.models import Membership
from workspace.permissions import ABILITIES, SENTENCES, may, membership_for, owners_of, require

EXPECTED = {
    "read": "owner member guest",
    "talk": "owner member guest",
    "edit_tasks": "owner member",
    "invite": "owner member",
    "manage_project": "owner",
    "manage_members": "owner",
}


@pytest.mark.parametrize("ability", ABILITIES)
@pytest.mark.parametrize("role", Membership.Role.values)
def test_each_role_may_what_the_table_says_and_nothing_else(alice, role, ability):
    member = Membership(user=alice.user, project=alice.project, role=role)
    if role in EXPECTED[ability].split():
        assert may(member, ability)
        require(member, ability)
    else:
        assert not may(member, ability)
        with pytest.raises(Denied, match="Ask Alice"):
            require(member, ability)


def test_every_ability_that_is_refused_has_a_sentence():
    assert {ability for ability, roles in ABILITIES.items() if len(roles) < 3} == set(SENTENCES)


def test_every_ability_that_is_asked_for_is_in_the_table():
    asked = set()
    for folder in ("accounts", "chat", "tasks", "workspace"):
        for path in Path(folder).rglob("*.py"):
            asked.update(re.findall(r'require\(\w+(?:\.\w+)*, "(\w+)"\)', path.read_text()))
    for path in Path("templates").rglob("*.html"):
        asked.update(re.findall(r'\|may:"(\w+)"', path.read_text()))
    assert asked
    assert asked <= set(ABILITIES)


def test_a_membership_is_found_by_its_person_alone(bob, charlie, project):
    assert membership_for(bob.user, slug="web") == bob
    assert membership_for(bob.user, project_id=project.pk).project == project
    for where in ({"slug": "web"}, {"slug": "nowhere"}, {"project_id": project.pk}, {"project_id": 0}):
        with pytest.raises(Http404):
            membership_for(charlie, **where)


def test_somebody_who_was_deactivated_has_no_membership(bob):
    bob.user.is_active = False
    bob.user.save()
    with pytest.raises(Http404):
        membership_for(bob.user, slug="web")


def test_a_visitor_is_nobody_and_not_the_first_person(alice, person):
    first = User.objects.filter(pk=1).first() or person("First", pk=1)
    if first != alice.user:
        actions.add_member(alice, first)
    assert membership_for(first, slug="web")
    with pytest.raises(Http404):
        membership_for(AnonymousUser(), slug="web")


def test_three_owners_are_named_and_no_more(alice, person):
    for name in ("Berta", "Carla", "Dora"):
        actions.add_member(alice, person(name), Membership.Role.OWNER)
    assert owners_of(alice) == "Alice or Berta or Carla"
