from pathlib import Path

import pytest
from django.conf import settings

from workspace.storage import without_comments

MODULES = sorted(Path(settings.BASE_DIR, "static/js").rglob("*.js"))


def test_comments_stay_at_home():
    source = '/** Adds. */\nexport const a = /** @type {any} */ (b);\n// why\nlet c = "/* not one */ // nor this";\n'
    assert without_comments(source) == 'export const a = (b);\nlet c = "/* not one */ // nor this";\n'


def test_a_cast_may_begin_a_line():
    source = "  /** @type {any} */ (a).b = 1;\n/** C. */\nc();\n"
    assert without_comments(source) == "  (a).b = 1;\nc();\n"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_loses_nothing_but_comments(path):
    source = path.read_text()
    lean = without_comments(source)
    code = [
        line for line in source.splitlines() if line.startswith(("import ", "export ", "class ", "function "))
    ]
    assert [line for line in code if line not in lean] == []
    assert "@param" not in lean
