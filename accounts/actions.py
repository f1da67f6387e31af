"""What can happen to a person's account. Nothing else writes people, tokens or sessions."""

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.lookalikes import look
from accounts.models import HUES, ApiToken, User
from accounts.names import HANDLE_LENGTH, clean_handle, clean_name, propose_handles
from accounts.signals import announce_end

EMAIL_TAKEN = "There is an account with this email already."


def draft_person(*, email: str, name: str, password: str, handle: str = "", time_zone: str = "UTC") -> User:
    """A person who is not stored yet. Hashing the password is slow on purpose: do it before a transaction begins."""
    return User(
        email=email.strip().lower(),
        name=clean_name(name),
        handle=clean_handle(handle) if handle else "",
        password=make_password(password),
        time_zone=time_zone,
    )


def add_person(draft: User, *, is_verified: bool = True) -> User:
    """Stores `draft`, with a free handle where it has none. Raises `ValidationError` by field for what is taken.

    `is_verified` says that the address is known to be theirs, so that signing in does not ask for a code.
    """
    from allauth.account.models import EmailAddress

    with transaction.atomic():
        if User.objects.filter(email=draft.email).exists():
            raise ValidationError({"email": EMAIL_TAKEN})
        check_handle(draft.handle)
        draft.hue = HUES[User.objects.count() % len(HUES)]
        _save_with_free_handle(draft)
        EmailAddress.objects.create(user=draft, email=draft.email, primary=True, verified=is_verified)
    return draft


def _save_with_free_handle(draft: User) -> None:
    chosen = draft.handle
    for _ in range(5):
        draft.handle = chosen or free_handle(draft.name, draft.email)
        try:
            with transaction.atomic():
                return draft.save(force_insert=True)
        except IntegrityError:  # somebody was quicker: the handle is worth another try, the address is not
            if User.objects.filter(email=draft.email).exists():
                raise ValidationError({"email": EMAIL_TAKEN}) from None
    raise ValidationError({"handle": f"@{draft.handle} is taken."})


def check_handle(handle: str, of: User | None = None) -> None:
    """Raises `ValidationError` when the handle, or one that looks like it, is that of somebody else than `of`."""
    others = User.objects.exclude(pk=of.pk) if of else User.objects.all()
    for other in others.values_list("handle", flat=True) if handle else ():
        if look(other) == look(handle):
            said = f"@{handle} is taken." if other == handle else f"@{handle} looks too much like @{other}."
            raise ValidationError({"handle": said})


def free_handle(name: str, email: str) -> str:
    """The best handle for a person that nobody has: `ana`, `ana.duarte`, `ana2`, `ana3` and so on."""
    wishes = propose_handles(name, email)
    taken = {look(handle) for handle in User.objects.values_list("handle", flat=True)}
    if free := [wish for wish in wishes if look(wish) not in taken and wish != "person"]:
        return free[0]
    stem = wishes[0][: HANDLE_LENGTH - 6]
    return next(handle for number in range(2, 1_000_000) if look(handle := f"{stem}{number}") not in taken)


def change_profile(
    user: User, *, name: str, handle: str, time_zone: str, hue: str, language: str = ""
) -> None:
    """Changes how others see the person, and in which tongue commands do. Raises `ValidationError` by field when the handle
    is taken.
    """
    was = user.handle
    user.name, user.handle, user.time_zone, user.hue = clean_name(name), clean_handle(handle), time_zone, hue
    user.language = language
    if user.handle != was:
        check_handle(user.handle, of=user)
    try:
        with transaction.atomic():
            user.save(update_fields=["name", "handle", "time_zone", "hue", "language"])
    except IntegrityError:
        raise ValidationError({"handle": f"@{user.handle} is taken."}) from None


def revoke_token(token: ApiToken) -> None:
    """Ends a token and the sockets that it opened."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        announce_end(token.user, token_id=token.pk)


def end_sessions(user: User, *, but: str | None = None, only: int | None = None) -> int:
    """Signs the person out: everywhere, everywhere `but` in one session (its key), or in `only` one listed session."""
    from allauth.usersessions.models import UserSession

    sessions = UserSession.objects.filter(user=user).exclude(session_key=but)
    if only is not None:
        sessions = sessions.filter(pk=only)
    ended = list(sessions)
    for session in ended:
        session.end()
        announce_end(user, session_key=session.session_key)
    return len(ended)


def deactivate(user: User) -> None:
    """Takes a person's access away. What they wrote stays."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    announce_end(user)
