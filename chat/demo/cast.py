"""The people of Northlight Studio, and as many more as are asked for."""

from django.contrib.auth.hashers import make_password

from accounts.actions import add_person
from accounts.models import User
from workspace.models import Membership

STUDIO = "Northlight Studio"
PASSWORD = "northlight-studio"  # noqa: S105 - printed for whoever tries it out; the command fills empty databases only
PEOPLE = (
    "Yara Osman",
    "Mona Okafor",
    "Ivo Marek",
    "Tomás Silva",
    "Renske Kuiper",
    "Samir Haddad",
    "Aiko Tanaka",
    "Lena Brandt",
)
ROLES = {"yara": Membership.Role.OWNER, "lena": Membership.Role.GUEST}
FIRST = (
    "Ada", "Ben", "Chloé", "Dario", "Elif", "Farah", "Goran", "Hanna", "Inés", "Jonas",
    "Kofi", "Lucía", "Malik", "Nora", "Oskar", "Priya", "Rafael", "Sofia", "Theo", "Uma",
)  # fmt: skip
LAST = (
    "Aalto", "Berg", "Costa", "Demir", "Eriksen", "Fontaine", "Greco", "Hansen", "Ito", "Jansen",
    "Kaya", "Lindqvist", "Moreau", "Novák", "Okoye", "Petrov",
)  # fmt: skip


def people(count: int) -> dict[str, User]:
    """So many people by handle, the studio's own first. One password for all, so that it is hashed once."""
    hashed = make_password(PASSWORD)
    found: dict[str, User] = {}
    for number in range(max(count, len(PEOPLE))):
        name, handle = _called(number)
        draft = User(email=f"{handle}@northlight.example", name=name, handle=handle, password=hashed)
        found[handle] = add_person(draft)
    return found


def _called(number: int) -> tuple[str, str]:
    if number < len(PEOPLE):
        name = PEOPLE[number]
        return name, name.split()[0].lower().replace("á", "a")
    extra = number - len(PEOPLE)
    first, last = FIRST[extra % len(FIRST)], LAST[extra // len(FIRST) % len(LAST)]
    return f"{first} {last}", f"{first}.{last}.{extra}".lower()
