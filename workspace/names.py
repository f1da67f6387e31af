"""What projects may be called: names, keys (WEB) and slugs (web-relaunch)."""

import re

from django.utils.text import slugify

from accounts.names import visible
from workspace.errors import Refused
from workspace.models import Project
from workspace.text import clean_line

KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}")


def checked_name(name: str, what: str) -> str:
    """The name as it is stored. Raises `Refused`."""
    name = visible(clean_line(name))
    if not any(letter.isalnum() for letter in name) or len(name) > 80:
        raise Refused("bad_name", f"The {what} needs a name of 1 to 80 characters.")
    return name


def checked_key(key: str) -> str:
    """The key as it is stored. Raises `Refused`."""
    key = key.strip().upper()
    if not KEY.fullmatch(key):
        raise Refused("bad_key", "A key is a letter and 1 to 9 more letters or digits, like WEB.")
    return key


def free_key(name: str) -> str:
    """A key for a project of this name that no project has."""
    letters = re.sub("[^A-Z0-9]", "", slugify(name).upper()).lstrip("0123456789")
    return _first_free(letters[:3] if len(letters) > 1 else "PR", 9, "key")


def free_slug(name: str) -> str:
    """A slug for a project of this name that no project has."""
    return _first_free(slugify(name)[:36].strip("-") or "project", 36, "slug")


def _first_free(stem: str, length: int, field: str) -> str:
    taken = set(Project.objects.filter(**{f"{field}__startswith": stem}).values_list(field, flat=True))
    taken |= {"new"}  # /p/new makes projects
    candidates = [stem, *(f"{stem[: length - 3]}{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)
