from datetime import timedelta

import pytest
from django.utils import timezone

from workspace import actions
from workspace.errors import Denied, Refused
from workspace.models import Event, Membership, Project
from workspace.names import KEY


def test_a_new_project_has_an_owner_and_a_board(person, db):
    member = actions.create_project(person("Zoe"), "Billing API")
    project = member.project
    assert (member.role, project.key, project.slug) == ("owner", "BIL", "billing-api")
    assert [column.kind for column in project.columns.all()] == ["backlog", "next", "doing", "done"]
    assert Event.objects.get(project=project).kind == "project.created"


def test_keys_and_slugs_of_projects_with_the_same_name_differ(person, db):
    zoe = person("Zoe")
    projects = [actions.create_project(zoe, "Billing API").project for _ in range(3)]
    assert len({project.key for project in projects}) == len({project.slug for project in projects}) == 3


@pytest.mark.parametrize("name", ["設計", "новый сайт", "12", "!?a", "é" * 80, "New"])
def test_any_name_with_a_letter_or_digit_gives_a_key_and_a_slug(person, name):
    project = actions.create_project(person("Zoe"), name).project
    assert KEY.fullmatch(project.key)
    assert project.slug
    assert project.slug != "new"


@pytest.mark.parametrize(
    ("name", "key"),
    [("", ""), ("?!", ""), ("x" * 81, ""), ("Fine", "W"), ("Fine", "1AB"), ("Fine", "TOOLONGAKEY")],
)
def test_a_bad_name_or_key_is_refused(person, name, key):
    with pytest.raises(Refused):
        actions.create_project(person("Zoe"), name, key=key)
    assert not Project.objects.exists()


def test_a_taken_key_is_refused_with_a_sentence(alice):
    with pytest.raises(Refused, match="WEB"):
        actions.create_project(alice.user, "Other", key="web")


def test_only_an_owner_adds_people(alice, bob, person, kinds):
    dora = person("Dora")
    with pytest.raises(Denied):
        actions.add_member(bob, dora)
    actions.add_member(alice, dora)
    again = kinds(alice.project)
    assert again[-1] == "member.added"
    actions.add_member(alice, dora)
    assert kinds(alice.project) == again


def test_an_open_project_can_be_joined_and_a_private_one_cannot(project, charlie):
    assert actions.join_project(project, charlie).role == "member"
    actions.edit_project(
        Membership.objects.get(project=project, role="owner"),
        name=project.name,
        key="WEB",
        hue="plum",
        is_private=True,
    )
    project.refresh_from_db()
    Membership.objects.filter(user=charlie).delete()
    with pytest.raises(Refused):
        actions.join_project(project, charlie)


def test_only_an_owner_removes_others_and_anybody_may_leave(alice, bob, gina):
    with pytest.raises(Denied):
        actions.remove_member(bob, gina)
    actions.remove_member(gina, gina)
    actions.remove_member(alice, bob)
    assert list(Membership.objects.values_list("pk", flat=True)) == [alice.pk]


def test_the_last_owner_stays(alice, bob):
    for attempt in (
        lambda: actions.remove_member(alice, alice),
        lambda: actions.change_role(alice, alice, Membership.Role.GUEST),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "last_owner"
    actions.change_role(alice, bob, Membership.Role.OWNER)
    actions.remove_member(alice, alice)


def test_a_role_is_changed_by_owners_and_the_log_says_so(alice, bob, gina, kinds):
    with pytest.raises(Denied):
        actions.change_role(bob, gina, Membership.Role.MEMBER)
    actions.change_role(alice, gina, Membership.Role.MEMBER)
    assert kinds(alice.project)[-1] == "member.role_changed"
    gina.refresh_from_db()
    assert gina.role == "member"


def test_a_member_of_another_project_cannot_be_touched(alice, person):
    foreign = actions.create_project(person("Zoe"), "Elsewhere")
    with pytest.raises(Refused, match="not in this project"):
        actions.remove_member(alice, foreign)
    assert Membership.objects.filter(pk=foreign.pk).exists()


def invited(member, **more):
    terms = {"expires_at": timezone.now() + timedelta(days=7), "max_uses": None} | more
    return actions.invite(
        member, more.pop("role", "member"), **{k: terms[k] for k in ("expires_at", "max_uses")}
    )


def test_who_loses_a_role_loses_the_links_to_what_they_can_no_longer_give(alice, bob):
    actions.change_role(alice, bob, "owner")
    bob.refresh_from_db()
    made = {role: invited(bob, role=role)[0] for role in ("owner", "member", "guest")}

    def usable():
        for invitation in made.values():
            invitation.refresh_from_db()
        return [role for role, invitation in made.items() if invitation.is_usable]

    actions.change_role(alice, bob, "member")
    assert usable() == ["member", "guest"]
    actions.change_role(alice, bob, "guest")
    assert usable() == []


def test_an_invitation_is_stored_without_its_code(alice):
    invitation, code = invited(alice)
    assert code not in str(invitation.__dict__)
    assert type(invitation).digest_of(code) == invitation.digest


def test_an_invitation_lets_people_in_as_often_as_it_says(alice, person):
    invitation, _ = invited(alice, max_uses=1)
    dora = person("Dora")
    assert actions.accept_invitation(invitation, dora).role == "member"
    assert actions.accept_invitation(invitation, dora), "somebody who is in goes in"
    with pytest.raises(Refused):
        actions.accept_invitation(invitation, person("Emil"))


@pytest.mark.parametrize("ending", ["expired", "revoked"])
def test_an_invitation_that_has_ended_lets_nobody_in(alice, charlie, ending):
    invitation, _ = invited(alice)
    if ending == "expired":
        type(invitation).objects.update(expires_at=timezone.now())
    else:
        actions.revoke_invitation(alice, invitation)
    with pytest.raises(Refused):
        actions.accept_invitation(invitation, charlie)
    assert not Membership.objects.filter(user=charlie).exists()


def test_a_guest_cannot_invite_and_a_member_cannot_invite_an_owner(alice, bob, gina):
    until = timezone.now() + timedelta(days=1)
    with pytest.raises(Denied):
        actions.invite(gina, "member", expires_at=until, max_uses=None)
    with pytest.raises(Denied):
        actions.invite(bob, "owner", expires_at=until, max_uses=None)
    actions.invite(bob, "member", expires_at=until, max_uses=None)
    actions.invite(alice, "owner", expires_at=until, max_uses=None)
