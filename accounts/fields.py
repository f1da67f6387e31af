"""Form fields that several forms share."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import HUES
from accounts.names import clean_handle, clean_name

LENGTH_HINT = "At least 12 characters. A few words in a row are easy to keep in mind."
ZONES = sorted(
    zone
    for zone in available_timezones()
    if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
)


class NameField(forms.CharField):
    """The name of a person, a project or anything else that is shown."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 80)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_name(text) if text else ""


class HandleField(forms.CharField):
    """What a person is called by with @."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}
        )
        super().__init__(max_length=64, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_handle(text) if text else ""


class NewPasswordField(forms.CharField):
    """A password to be: 12 characters or more, pasted or typed once, shown on request."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 12})
        options.setdefault("help_text", LENGTH_HINT)
        super().__init__(strip=False, max_length=1024, widget=widget, **options)

    def clean(self, value: Any) -> str:
        password = super().clean(value)
        validate_password(password)
        return str(password)


class DetectedZoneField(forms.CharField):
    """The browser's time zone, filled in by a script where there is one. What is not a zone counts as UTC."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput())

    def clean(self, value: Any) -> str:
        return value if isinstance(value, str) and value in ZONES else "UTC"


def zone_choices(current: str = "") -> list[tuple[str, Any]]:
    """The time zones for a `<select>`, by part of the world, with `current` among them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in ZONES:
        region, _, place = zone.partition("/")
        groups.setdefault(region, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    other = [(current, current)] if current not in {"", "UTC", *ZONES} else []
    return [("UTC", "UTC"), *other, *groups.items()]


def hue_choices() -> list[tuple[str, str]]:
    """The nine hues by name."""
    return [(hue, hue.capitalize()) for hue in HUES]


def spread_errors(form: forms.Form, error: ValidationError) -> None:
    """Puts what an action refused beside the fields it is about."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: error}
    for field, errors in by_field.items():
        form.add_error(field if field in form.fields else None, errors)
