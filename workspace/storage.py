"""Static files as `make run` serves them: hashed names, compressed copies, collected when a source has changed."""

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import call_command
from servestatic import ServeStaticASGI
from servestatic.storage import CompressedManifestStaticFilesStorage

MODULES = "js/"
SHEET = "css/app.css"
IMPORT = re.compile(r"""@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>[\w-]+)\);""")
# What only readers of a stylesheet see: comments and indents, a fifth of what would be sent.
UNSEEN = re.compile(r"/\*.*?\*/\s*|^[ \t]+", re.DOTALL | re.MULTILINE)

COMMENT = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]*//[^\n]*\n|/\*\* @type .*?\*/ ?", re.DOTALL | re.MULTILINE
)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Stylesheets are rewritten to hashed names; modules stay as they were written, and the page maps their imports.

    Django's own rewriting of imports misses those without a semicolon, and a module that is loaded under two names
    is two modules.
    """

    patterns = (ManifestStaticFilesStorage.patterns[0],)  # the stylesheets'

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        lean = {
            name: (_WithoutComments(storage), path)
            for name, (storage, path) in paths.items()
            if is_module(name)
        }
        storage, path = paths[SHEET]
        sources = {**paths, **lean, SHEET: (_WithImports(storage), path)}
        yield from super().post_process(sources, *args, **options)

    @cached_property
    def modules(self) -> dict[str, str]:
        """The URL that an import resolves to, and the hashed one, of every module."""
        if settings.DEBUG:
            return {}
        names = sorted(name for name in self.hashed_files if is_module(name))
        return {f"{self.base_url}{name}": self.url(name) for name in names}


def is_module(name: str) -> bool:
    """Whether a static file is one of the browser's modules."""
    return name.startswith(MODULES) and name.endswith(".js")


def without_comments(source: str) -> str:
    """A module without what is there for readers and for the type checker: a quarter of what would be sent."""
    return COMMENT.sub("", source)


class _WithoutComments:
    """Opens a module as it is sent."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, path: str) -> "ContentFile[bytes]":
        with self._storage.open(path) as file:
            text: bytes = file.read()
        return ContentFile(without_comments(text.decode()).encode())


class _WithImports:
    """Opens a stylesheet with what it imports written into it: one request where there would be forty."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, path: str) -> "ContentFile[bytes]":
        folder = Path(path).parent

        def imported(match: re.Match[str]) -> str:
            return f"@layer {match['layer']} {{\n{self._read(str(folder / match['name']))}}}"

        whole = IMPORT.sub(imported, self._read(path))
        return ContentFile(UNSEEN.sub("", whole).encode())

    def _read(self, path: str) -> str:
        with self._storage.open(path) as file:
            text: bytes = file.read()
        return text.decode()


def collect_if_changed() -> bool:
    """Collects the static files when a source has changed since the last time, and says whether it did.

    A place of their own (`STATIC_DIR`) is filled when a release is built, by `collectstatic`.
    """
    if not Path(settings.STATIC_ROOT).is_relative_to(settings.DATA_DIR):
        return False
    now = _fingerprint()
    manifest, stamp = (
        Path(settings.STATIC_ROOT) / "staticfiles.json",
        Path(settings.DATA_DIR) / "static.stamp",
    )
    if manifest.exists() and stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def with_static_files(application: Any) -> Any:
    """`application`, with the collected files served before a request reaches Django."""
    if settings.DEBUG or not Path(settings.STATIC_ROOT).is_dir():
        return application  # runserver and the tests' client find the sources by themselves
    return ServeStaticASGI(
        application,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        add_headers_function=_static_headers,
    )


def _static_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _fingerprint() -> str:
    """A digest that changes when a source is added, removed or written, or when the place they go to moves."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STATIC_URL}".encode())
    for path in sorted(_sources()):
        stat = path.stat()
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    yield Path(__file__)  # how files are made is a source too
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))
