"""The catalogues in `locale/` say everything, in every tongue, and are compiled."""

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from chat.language.tongues import TONGUES
from tests.wording import everything
from workspace.catalogues import as_mo, read_po

CATALOGUES = sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.po"))
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)[^}]*}|(%\(\w+\)s)", text))


def test_every_tongue_has_a_catalogue_and_can_be_chosen() -> None:
    codes = {path.parent.parent.name for path in CATALOGUES}
    assert codes | {"en"} == set(TONGUES) == {code for code, _ in settings.LANGUAGES}
    assert [name for _, name in settings.LANGUAGES] == [tongue.name for tongue in TONGUES.values()]


@each_catalogue
def test_it_says_all_that_people_read_and_nothing_else(path: Path) -> None:
    assert set(read_po(path)) - {""} == everything()


@each_catalogue
def test_each_sentence_has_the_same_places_and_the_same_end(path: Path) -> None:
    for english, said in read_po(path).items():
        if english:
            assert said
            assert places(said) == places(english)
            assert said[-1:] in {".", "»"} or english[-1:] != "."
            assert english[-1:] != "?" or said.endswith("?")


@each_catalogue
def test_it_is_compiled(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == as_mo(read_po(path)), "manage.py catalogues makes it"


@each_catalogue
def test_what_is_compiled_is_what_gettext_reads(path: Path) -> None:
    read = gettext.GNUTranslations(BytesIO(path.with_suffix(".mo").read_bytes()))
    assert {english: read.gettext(english) for english in read_po(path) if english} == {
        english: said for english, said in read_po(path).items() if english
    }


def test_a_catalogue_is_compiled_anew(tmp_path: Path, settings) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '# said "often"\nmsgid "a "\n"\\"b\\""\nmsgstr "ä"\n\nmsgid "c"\nmsgstr ""\n'
    )
    settings.LOCALE_PATHS = [tmp_path]
    call_command("catalogues", verbosity=0)
    read = gettext.GNUTranslations(BytesIO((folder / "django.mo").read_bytes()))
    assert (read.gettext('a "b"'), read.gettext("c")) == ("ä", "c")
