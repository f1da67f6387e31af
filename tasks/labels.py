"""Labels by name."""

from collections.abc import Iterable

from accounts.models import HUES
from tasks.models import Label
from workspace.models import Project


def labels_named(project: Project, names: Iterable[str]) -> list[Label]:
    """The project's labels of these names, whatever their case; those that there are not yet are made.

    Call it under the project's lock.
    """
    wanted = {name.casefold(): name for name in names}
    if not wanted:
        return []
    known = {label.name.casefold(): label for label in project.labels.all()}
    for folded, name in wanted.items():
        if folded not in known:
            known[folded] = Label.objects.create(project=project, name=name, hue=HUES[len(known) % len(HUES)])
    return [known[folded] for folded in wanted]
