"""Forms for opening the workspace, joining it, and looking after projects and their members."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from accounts.fields import DetectedZoneField, NameField, NewPasswordField, hue_choices
from workspace.models import Membership, Project

KEY_HELP = "Starts the names of tasks, as in WEB-12. 2 to 10 capital letters and digits, a letter first."
ACCESS = [
    ("open", "Open: anybody in the workspace can join"),
    ("private", "Private: only by invitation; others do not see that it exists"),
]
EXPIRY = [("1", "in a day"), ("7", "in 7 days"), ("30", "in 30 days"), ("365", "in a year")]
USES = [("0", "as often as you like"), ("1", "once"), ("5", "5 times"), ("25", "25 times")]
ROLES = [
    ("owner", "Owner: also looks after the project and its people"),
    ("member", "Member: talks and changes tasks"),
    ("guest", "Guest: talks, and sees this project only"),
]


class PersonForm(forms.Form):
    """Somebody new."""

    name = NameField(label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}))
    email = forms.EmailField(
        label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = NewPasswordField(label="Password")
    time_zone = DetectedZoneField()

    def draft(self) -> dict[str, str]:
        """What `draft_person` needs."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "password", "time_zone")}


class SetupForm(PersonForm):
    """The first visit: the first person, the workspace and its first project."""

    workspace = NameField(
        label="Workspace", help_text="The name of your team.", widget=forms.TextInput(attrs={"dir": "auto"})
    )
    project = NameField(label="What are you working on first?", widget=forms.TextInput(attrs={"dir": "auto"}))


class KeyField(forms.CharField):
    """What starts the names of a project's tasks: `WEB`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocapitalize": "characters", "spellcheck": "false", "class": "input--short"}
        )
        super().__init__(max_length=10, widget=widget, help_text=KEY_HELP, **options)

    def clean(self, value: Any) -> str:
        key = str(super().clean(value)).upper()
        if key and not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", key):
            raise ValidationError("A key is 2 to 10 capital letters and digits, and starts with a letter.")
        return key


class ProjectForm(forms.Form):
    """A new project. Slug and key follow from the name where they are left empty."""

    name = NameField(label="Name", widget=forms.TextInput(attrs={"dir": "auto"}))
    key = KeyField(label="Key", required=False)
    slug = forms.CharField(
        label="Address",
        required=False,
        max_length=40,
        help_text="The part after /p/. Made from the name when empty.",
    )
    access = forms.ChoiceField(
        label="Who can see it", choices=ACCESS, initial="open", widget=forms.RadioSelect
    )

    def clean_slug(self) -> str:
        """Lower case, words joined by dashes; an address that another project has is refused."""
        slug: str = slugify(self.cleaned_data["slug"])[:40].strip("-")
        if self.cleaned_data["slug"] and not slug:
            raise ValidationError("An address is made of the letters a to z, digits and dashes.")
        if slug == "new" or (slug and Project.objects.filter(slug=slug).exists()):
            raise ValidationError("Another project has this address.")
        return slug

    def clean_key(self) -> str:
        """A key is given once."""
        key: str = self.cleaned_data["key"]
        if key and Project.objects.filter(key=key).exists():
            raise ValidationError("Another project has this key.")
        return key


class ProjectSettingsForm(forms.Form):
    """The general settings of a project."""

    name = NameField(label="Name", widget=forms.TextInput(attrs={"dir": "auto"}))
    key = KeyField(label="Key")
    hue = forms.ChoiceField(
        label="Colour", choices=hue_choices, widget=forms.RadioSelect(attrs={"class": "hues"})
    )
    access = forms.ChoiceField(label="Who can see it", choices=ACCESS, widget=forms.RadioSelect)

    def __init__(self, project: Project, data: Any = None) -> None:
        self.project = project
        access = "private" if project.is_private else "open"
        super().__init__(
            data, initial={"name": project.name, "key": project.key, "hue": project.hue, "access": access}
        )

    def clean_key(self) -> str:
        """A key is given once."""
        key: str = self.cleaned_data["key"]
        if Project.objects.filter(key=key).exclude(pk=self.project.pk).exists():
            raise ValidationError("Another project has this key.")
        return key


class InvitationForm(forms.Form):
    """A new invitation link. Nobody can give a role above their own."""

    role = forms.ChoiceField(label="Joins as", initial="member")
    days = forms.ChoiceField(label="Ends", choices=EXPIRY, initial="7")
    uses = forms.ChoiceField(label="Can be used", choices=USES)

    def __init__(self, member: Membership, data: Any = None) -> None:
        super().__init__(data)
        self.fields["role"].choices = roles_below(member)  # type: ignore[attr-defined]

    def terms(self) -> dict[str, Any]:
        """The role, the end and the number of uses, as `invite` takes them."""
        return {
            "role": self.cleaned_data["role"],
            "expires_at": timezone.now() + timedelta(days=int(self.cleaned_data["days"])),
            "max_uses": int(self.cleaned_data["uses"]) or None,
        }


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label="Role", choices=ROLES)


def roles_below(member: Membership) -> list[tuple[str, str]]:
    """The roles that `member` can give."""
    names = [name for name, _ in ROLES]
    return ROLES[names.index(member.role) :]
