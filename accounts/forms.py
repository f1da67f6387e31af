"""Forms for signing in and for a person's own settings."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.conf import settings

from accounts.fields import LENGTH_HINT, HandleField, NameField, hue_choices, zone_choices
from accounts.models import User

THEMES = [("system", "System"), ("light", "Light"), ("dark", "Dark")]


class _Plain:
    """An allauth form without placeholders, which vanish as soon as they are needed, and with a password typed once."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("password2", None)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if new := self.fields.get("password1"):
            new.label, new.help_text = "New password", LENGTH_HINT
            new.widget.attrs["minlength"] = 12


class LoginForm(_Plain, allauth.LoginForm):  # type: ignore[misc]
    """E-mail and password."""


class ResetPasswordForm(_Plain, allauth.ResetPasswordForm):  # type: ignore[misc]
    """The address that a reset link is sent to."""


class ResetPasswordKeyForm(_Plain, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, reached by a reset link."""


class ChangePasswordForm(_Plain, allauth.ChangePasswordForm):  # type: ignore[misc]
    """The current password and a new one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = "Current password", ""


class ReauthenticateForm(_Plain, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""


class ProfileForm(forms.Form):
    """How others see a person."""

    name = NameField(label="Name", widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}))
    handle = HandleField(label="Handle", help_text="People reach you with @ and this word.")
    time_zone = forms.ChoiceField(
        label="Time zone", help_text="Times you write, as in due:fri@17:00, are read in it."
    )
    language = forms.ChoiceField(
        label="Language of commands",
        choices=[("", "As my browser says"), *settings.LANGUAGES],
        required=False,
        help_text="Commands and dates in it work beside the English ones, and their answers come in it.",
    )
    hue = forms.ChoiceField(
        label="Colour", choices=hue_choices, widget=forms.RadioSelect(attrs={"class": "hues"})
    )

    def __init__(self, user: User, data: Any = None) -> None:
        names = ("name", "handle", "time_zone", "language", "hue")
        super().__init__(data, initial={name: getattr(user, name) for name in names})
        self.fields["time_zone"].choices = zone_choices(user.time_zone)  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A new API token."""

    name = NameField(
        label="What is it for", help_text="A name to know it by when you revoke it, such as deploy bot."
    )


class AppearanceForm(forms.Form):
    """What the pages look like in this browser."""

    theme = forms.ChoiceField(label="Theme", choices=THEMES, widget=forms.RadioSelect)
    labels: ClassVar[dict[str, str]] = dict(THEMES)
