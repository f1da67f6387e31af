"""A Chromium that Playwright can drive: the one that is here, Playwright's own, or Debian's.

python -m tests.chromium            prints where it is, after installing it where it is missing
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}


def find() -> str | None:
    """The path of a browser that starts."""
    here = [shutil.which(name) for name in NAMES]
    return next((path for path in [_playwrights_own(), *here] if path and _starts(path)), None)


def install() -> str:
    """The path of a browser, installed where none was found."""
    if path := find():
        return path
    is_root = os.geteuid() == 0
    patience = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000"}
    own = [sys.executable, "-m", "playwright", "install", "chromium", *(["--with-deps"] if is_root else [])]
    print("Installing Chromium", flush=True)
    subprocess.run(own, env=patience, **QUIET)
    if path := find():
        return path
    if is_root and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], **QUIET)
        words = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
        subprocess.run(words, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, **QUIET)
    if path := find():
        return path
    sys.exit("No Chromium could be installed. Install one by hand: sudo apt-get install chromium")


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _starts(path: str) -> bool:
    words = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        return subprocess.run(words, timeout=60, **QUIET).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    print(install())
