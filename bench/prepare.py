"""Fills the database of the environment for the measurements, by the product's own actions, and says where things are.

python -m bench.prepare PEOPLE [PROJECTS]
"""

import os
import sys
from typing import Any

import django
import orjson


def projects_of(people: int, projects: int = 1) -> dict[str, Any]:
    """Projects with so many people altogether: for each of them a token and the address of their project's socket."""
    from accounts.models import ApiToken, User
    from workspace.actions import add_member, create_project, create_workspace

    users = [
        User.objects.create_user(
            f"person{number}@example.com", name=f"Person {number}", handle=f"person{number}"
        )
        for number in range(people)
    ]
    create_workspace("Bench")
    owners = [
        create_project(user, f"Under load {number}", key=f"LOAD{number}")
        for number, user in enumerate(users[:projects])
    ]
    for number, user in enumerate(users[projects:]):
        add_member(owners[number % projects], user)
    tokens = [ApiToken.issue(user, "bench")[1] for user in users]
    paths = [f"/ws/project/{owner.project.pk}/" for owner in owners]
    return {"dialect": "loggia", "paths": paths, "tokens": tokens}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
    django.setup()
    sys.stdout.buffer.write(orjson.dumps(projects_of(*map(int, sys.argv[1:]))))
