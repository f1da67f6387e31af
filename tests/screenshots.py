"""The pictures of the README, from the demo workspace: `python -m tests.screenshots`."""

from playwright.sync_api import Page, sync_playwright

from tests.chromium import install
from tests.server import ROOT, Server

FOLDER = ROOT / "docs" / "images"
SIZE = {"width": 1600, "height": 900}
SCHEMES = ("light", "dark")


def main() -> None:
    path = install()
    with Server() as server, sync_playwright() as playwright:
        told = server.manage("demo").rstrip(".")  # "… Sign in as <address>, password <password>."
        email, password = told.split("Sign in as ")[1].split(", password ")
        browser = playwright.chromium.launch(executable_path=path)
        for scheme in SCHEMES:
            page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
            sign_in(page, server.url, email, password)
            page.locator("#chat-log[data-live=true]").wait_for()
            page.screenshot(path=FOLDER / f"project-{scheme}.png")
        browser.close()


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/login")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/p/**")


if __name__ == "__main__":
    main()
