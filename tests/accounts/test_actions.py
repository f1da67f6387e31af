from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actions import add_person, change_profile, deactivate, draft_person, free_handle, revoke_token
from accounts.models import ApiToken, User
from accounts.signals import access_ended


@pytest.fixture
def ended():
    """What has been announced to have ended."""
    told = Mock()
    access_ended.connect(told)
    yield told
    access_ended.disconnect(told)


def draft(email: str = "ben@example.com", name: str = "Ben", handle: str = "") -> User:
    return draft_person(email=email, name=name, handle=handle, password="x" * 12)


def test_a_person_gets_a_handle_and_a_primary_address(ana: User):
    assert ana.handle == "ana"
    assert ana.check_password("correct horse battery")
    assert EmailAddress.objects.get(user=ana).primary


def test_two_of_one_name_get_two_handles(ana: User):
    handles = [add_person(draft(f"ana{n}@example.com", "Ana Duarte")).handle for n in range(3)]
    assert handles == ["ana.duarte", "ana0", "ana1"] or len({*handles, "ana"}) == 4
    assert free_handle("Ana Duarte", "ana@example.com") not in {*handles, "ana"}


@pytest.mark.parametrize(("email", "field"), [("ana@example.com", "email"), ("ANA@Example.com ", "email")])
def test_an_address_is_taken_once_whatever_its_case(ana: User, email: str, field: str):
    with pytest.raises(ValidationError) as refused:
        add_person(draft(email))
    assert field in refused.value.message_dict


def test_a_handle_is_taken_once(ana: User):
    with pytest.raises(ValidationError) as refused:
        add_person(draft(handle="ANA"))
    assert refused.value.message_dict == {"handle": ["@ana is taken."]}


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_many_of_one_name_at_once_all_come_in():
    def come(number: int) -> str:
        try:
            return add_person(draft(f"eva{number}@example.org", "Eva")).handle
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        handles = list(pool.map(come, range(4)))
    assert len(set(handles)) == 4


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_with_one_address_at_once_one_comes_in():
    def come(_: int) -> bool:
        try:
            add_person(draft("eva@example.org", "Eva"))
        except ValidationError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(come, range(4))) == 1
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_a_profile_keeps_its_handle_when_the_new_one_is_taken(ana: User):
    ben = add_person(draft())
    with pytest.raises(ValidationError):
        change_profile(ben, name="Benjamin", handle="ana", time_zone="UTC", hue="rose")
    ben.refresh_from_db()
    assert (ben.name, ben.handle) == ("Ben", "ben")


def test_a_revoked_token_finds_nobody_and_is_announced(
    ana: User, ended: Mock, django_capture_on_commit_callbacks
):
    token, secret = ApiToken.issue(ana, "bot")
    assert ApiToken.find(secret) == token
    with django_capture_on_commit_callbacks(execute=True):
        revoke_token(token)
        revoke_token(token)
    assert ApiToken.find(secret) is None
    assert ended.call_count == 1
    assert ended.call_args.kwargs["token_id"] == token.pk


def test_a_token_is_not_stored(ana: User):
    token, secret = ApiToken.issue(ana, "bot")
    assert secret not in str(ApiToken.objects.filter(pk=token.pk).values())


def test_somebody_switched_off_has_no_token_any_more(
    ana: User, ended: Mock, django_capture_on_commit_callbacks
):
    _, secret = ApiToken.issue(ana, "bot")
    with django_capture_on_commit_callbacks(execute=True):
        deactivate(ana)
    assert ApiToken.find(secret) is None
    assert ended.call_args.kwargs["session_key"] is None
