"""Fills the database of the environment for the measurements, by the product's own actions, and says where things are.

python -m bench.prepare PEOPLE
"""

import os
import sys
from typing import Any

import django
import orjson


def project_of(people: int) -> dict[str, Any]:
    """A project with so many people: the address of its socket and a token for each of them."""
    from accounts.models import ApiToken, User
    from workspace.actions import add_member, create_project, create_workspace

    users = [
        User.objects.create_user(
            f"person{number}@example.com", name=f"Person {number}", handle=f"person{number}"
        )
        for number in range(people)
    ]
    create_workspace("Bench")
    owner = create_project(users[0], "Under load", key="LOAD")
    for user in users[1:]:
        add_member(owner, user)
    tokens = [ApiToken.issue(user, "bench")[1] for user in users]
    return {"dialect": "loggia", "path": f"/ws/project/{owner.project.pk}/", "tokens": tokens}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
    django.setup()
    sys.stdout.buffer.write(orjson.dumps(project_of(int(sys.argv[1]))))
