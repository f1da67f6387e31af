"""Over a thousand hostile texts in every field: nothing runs, nothing leads astray, and no page needs its policy for that.

What the server sends is shown to a real Chromium on a page without a Content-Security-Policy, where whatever could run
does. The same browser is then shown the texts raw, to see that it would have.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.content.hostile import texts
from tests.faults.extent import extent, tell
from tests.server import ROOT, SETTINGS

# Notes each call of what the texts call. `alert` would stop the page.
LISTENER = """
window.fired = [];
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = (...words) => window.fired.push(`${name}(${words})`);
}
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# Whatever can run, load or lead elsewhere, and is not ours.
AUDIT = """() => {
  const found = [];
  const own = (url) => /^(https?:\\/\\/|mailto:)/i.test(url) || /^(\\/(?![\\/\\\\])|[?#]|$)/.test(url);
  const places = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset", "ping",
    "manifest", "cite", "longdesc", "srcdoc", "code", "values", "to", "from"];
  const strangers = "iframe,object,embed,base,applet,frame,frameset,portal,math,marquee,audio,video," +
    "animate,set,foreignObject," +
    "style:not([nonce]),script:not([src^='/static/']):not([nonce]):not([type='application/json']),meta[http-equiv],link:not([href^='/static/'])";
  for (const each of document.querySelectorAll(strangers)) found.push(`<${each.localName}> ${each.outerHTML.slice(0, 99)}`);
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.content instanceof DocumentFragment) look(each.content);
      for (const name of Element.prototype.getAttributeNames.call(each)) {  // a form may have a field called attributes
        const value = Element.prototype.getAttribute.call(each, name);
        if (/^on/i.test(name)) found.push(`${each.localName} ${name}=${value}`);
        if (name === "style" && !/^\\s*--/.test(value)) found.push(`${each.localName} style=${value}`);
        const isAddress = places.includes(name) && !(each.localName === "live-patch");
        if (isAddress && !own(value) && !value.startsWith("data:,")) found.push(`${each.localName} ${name}=${value}`);
      }
    }
  };
  look(document);
  return found;
}"""
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
STORED = {"messages", "notes", "titles", "people", "columns", "tokens", "projects"}
# These show what was sent to whoever sent it.
FIELDS = STORED | {"handles", "labels", "searches", "invitations", "addresses", "errors"}


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, str]]:
    """What the server sends for each field, with each of the texts in it."""
    with tempfile.TemporaryDirectory(prefix="loggia-hostile-") as folder:
        env = {name: value for name, value in os.environ.items() if name not in SETTINGS} | {
            "DATA_DIR": folder
        }
        share = str(extent(100, 1))
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.hostile_pages", share],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture
def open_field(browser):
    """A page without a policy and without a network, which listens."""
    context = browser.new_context()
    context.add_init_script(LISTENER)
    context.set_offline(True)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    context.close()


def shown(page, html: str) -> tuple[list[str], list[str]]:
    """What ran on the page, and what on it could."""
    page.set_content(html, wait_until="domcontentloaded")
    page.wait_for_timeout(20)  # images fail and animations begin in tasks of their own
    return page.evaluate("window.fired"), page.evaluate(AUDIT)


def test_no_text_runs_in_any_field_even_without_a_policy(pages, open_field):
    assert len(texts()) > 1_000
    assert {field for field, _ in pages} == FIELDS
    for field, html in bundles(pages):
        assert field not in STORED or not set(html) & BIDI, field
        ran, could = shown(open_field, html)
        assert ran == [], field
        assert could == [], field
    sizes = Counter(field for field, _ in pages)
    tell("S-03", f"{len(texts())} texts in {len(sizes)} fields, {len(pages)} parts of pages: 0 ran, 0 could")


def test_the_same_browser_runs_them_where_nothing_holds_them_back(open_field):
    # Without those that leave the page or open others in it, a heap of which ends the browser.
    raw = [
        text for text in texts() if not re.search("http-equiv|<(iframe|object|embed|base|link|portal)", text)
    ]
    ran, could = 0, 0
    for start in range(0, len(raw), 20):
        parts = "".join(
            f"<div>{text}</div></title></textarea></script></style>" for text in raw[start : start + 20]
        )
        fired, found = shown(open_field, f"<!doctype html><body>{parts}")
        ran, could = ran + len(fired), could + len(found)
    tell("S-03", f"raw, {ran} calls ran and {could} elements could have")
    assert ran > 100
    assert could > 500


def bundles(pages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first page of each field by itself, the others by the dozen: each bundle takes the browser one turn."""
    by_field: dict[str, list[str]] = {}
    for field, html in pages:
        by_field.setdefault(field, []).append(html)
    bundled = [(field, htmls[0]) for field, htmls in by_field.items()]
    for field, htmls in by_field.items():
        size = 15 if "<!doctype html>" in htmls[0][:200].lower() else 150
        rest = htmls[1:]
        bundled += [(field, "\n".join(rest[start : start + size])) for start in range(0, len(rest), size)]
    return [
        (field, html if "<!doctype" in html[:200].lower() else f"<!doctype html><body>{html}")
        for field, html in bundled
    ]


def test_live_pages_stay_within_their_policy(project, seat, seed):
    """By the way of the product's own scripts: patches, cards, previews, suggestions, search."""
    some = [text for text in texts() if len(text) < 150][:: extent(60, 4)]
    ana = seat(project, "ana", None)
    ana.page.context.add_init_script(LISTENER)
    ana.open()
    for text in some:
        seed("hostile", project=project.id, who=project.ana.handle, text=text)
    seed("say", project=project.id, who=project.ana.handle, texts=["The last line."])
    expect(ana.message("The last line.")).to_be_visible(timeout=30_000)
    assert is_calm(ana)
    for text in some[:8]:
        ana.composer.fill(f"/task {text}")
    ana.composer.fill("#")
    expect(ana.suggestions).to_be_visible()
    ana.composer.fill("")
    assert is_calm(ana)
    for path in ("", "/board", "/t/1", "/settings/columns", "/settings/people"):
        ana.page.goto(project.path + path)
        assert is_calm(ana), path
    for text in some[:6]:
        ana.page.goto(f"/search?q={''.join(f'%{byte:02x}' for byte in text.encode())}")
        assert is_calm(ana), text


def is_calm(seat) -> bool:
    """Whether nothing ran and the policy had nothing to do."""
    assert seat.page.evaluate("window.fired") == []
    assert seat.page.evaluate("window.violations") == []
    assert seat.page.evaluate(AUDIT) == []
    return True


def test_the_policy_would_stop_what_got_through(project, seat, complaints):
    """Where a text did become an element, the page's policy keeps it from running, and says so."""
    ana = seat(project, "ana", None)
    ana.page.context.add_init_script(LISTENER)
    answer = ana.page.goto(project.path)
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "trusted-types loggia" in policy
    outcome = ana.page.evaluate(
        """() => {
          const refused = [];
          const attempt = (name, act) => { try { act(); } catch (error) { refused.push(name); } };
          attempt("innerHTML", () => { document.body.innerHTML = "<b>x</b>"; });
          attempt("script.src", () => { document.createElement("script").src = "/static/js/main.js"; });
          attempt("policy", () => { trustedTypes.createPolicy("another", {}); });
          const image = document.createElement("img");
          image.setAttribute("src", "/nowhere.png");
          document.body.append(image);
          attempt("handler", () => { image.setAttribute("onerror", "alert(1)"); });
          const later = () => { attempt("eval", () => { eval("1"); }); return refused; };
          return new Promise((done) => setTimeout(() => done(later()), 10));
        }"""
    )
    assert set(outcome) >= {"innerHTML", "script.src", "eval", "policy"}
    ana.page.wait_for_function("window.violations.length >= 4")
    assert ana.page.evaluate("window.fired") == []
    assert complaints, "the browser says what it stopped"
    complaints.clear()
