"""What can be known of Dockerfile, compose.yaml, Caddyfile and alerts without an engine that runs them."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from workspace import metrics

ROOT = Path(__file__).resolve().parent.parent
OURS = ("web-1", "web-2", "migrate", "backup")
# Read by Python itself, by uvicorn, or by compose alone.
OTHERS = {"PATH", "PYTHONDONTWRITEBYTECODE", "FORWARDED_ALLOW_IPS"}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, each with what follows it on its lines."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    text = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


def final() -> list[tuple[str, str]]:
    """Those of the image that is run."""
    found = instructions()
    start = max(index for index, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def known() -> set[str]:
    """The variables that the product reads."""
    sources = [*(ROOT / "workspace").rglob("*.py")]
    pattern = r"""(?:environ(?:\.get\(|\[)|number\(|token\()"([A-Z_]+)\""""
    return {name for path in sources for name in re.findall(pattern, path.read_text())}


def test_the_image_is_not_run_by_root_and_keeps_its_data_outside():
    last = dict(final())
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last["USER"]), (
        "a number, so that others can see that it is not root's"
    )
    assert last["VOLUME"] == "/data"
    assert json.loads(last["ENTRYPOINT"]) + json.loads(last["CMD"]) == ["python", "manage.py", "serve"]
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert "/healthz" in last["HEALTHCHECK"]


def test_nothing_is_compiled_or_installed_beside_the_wheels():
    words = " ".join(rest for word, rest in instructions() if word == "RUN")
    assert "--only-binary :all: -r requirements.txt -c constraints.txt" in words
    assert re.findall(r"apt-get|gcc|build-essential|curl|wget", words) == []
    assert not any("pip" in rest for word, rest in final() if word == "RUN")


def test_every_folder_that_is_copied_is_there_and_is_let_through():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    copied = {
        word
        for each, rest in instructions()
        if each == "COPY" and "--from" not in rest
        for word in rest.split()[:-1]
    }
    assert copied > {"accounts", "chat", "tasks", "workspace", "templates", "static", "manage.py"}
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert {f"!{name}" for name in copied} == {line for line in ignored if line.startswith("!")}


@pytest.mark.parametrize("where", ["Dockerfile", *OURS])
def test_each_variable_that_is_set_is_one_that_the_product_reads(where: str):
    if where == "Dockerfile":
        named = {word.split("=")[0] for each, rest in final() if each == "ENV" for word in shlex.split(rest)}
    else:
        named = set(compose()["services"][where]["environment"])
    assert named
    assert named - known() - OTHERS == set()


def test_every_variable_of_the_product_is_explained():
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/deploy.md").read_text(), re.MULTILINE))
    assert known() - explained <= {"DEBUG", "DJANGO_SETTINGS_MODULE", "PROMETHEUS_MULTIPROC_DIR"}
    assert explained <= known() | OTHERS


def test_every_service_is_watched_and_pinned_and_comes_back():
    services = compose()["services"]
    for name, service in services.items():
        assert re.search(r":(\d+\.\d+|\$\{LOGGIA_VERSION)", service["image"]), name
        if name not in ("migrate", "backup"):
            assert service["restart"] == "unless-stopped", name
        if name not in OURS:  # the image of ours has its own
            assert service["healthcheck"]["test"], name


def test_only_caddy_is_reached_from_outside_and_the_database_from_the_inside_alone():
    found = compose()
    assert [name for name, each in found["services"].items() if each.get("ports")] == ["caddy"]
    assert found["services"]["postgres"]["networks"] == found["services"]["valkey"]["networks"] == ["back"]
    assert found["networks"]["back"]["internal"] is True


def test_a_web_process_may_write_its_data_alone_and_has_time_to_end():
    for name in ("web-1", "web-2"):
        web = compose()["services"][name]
        assert web["read_only"] is True
        assert web["cap_drop"] == ["ALL"]
        assert int(web["stop_grace_period"].removesuffix("s")) > 20
        assert web["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_caddy_knows_the_web_processes_and_django_the_names_that_caddy_uses():
    caddyfile, services = (ROOT / "deploy/Caddyfile").read_text(), compose()["services"]
    upstreams = re.search(r"\{\$UPSTREAMS:([^}]+)\}", caddyfile)[1].split()
    webs = [name for name in services if name.startswith("web-")]
    assert upstreams == [f"{name}:8000" for name in webs]
    for name in webs:
        assert services[name]["environment"]["ALLOWED_HOSTS"].split(",") == webs
    for limit in (
        "read_header 10s",
        "read_body 15s",
        "max_size 1MiB",
        "header_up X-Forwarded-For {remote_host}",
    ):
        assert limit in caddyfile


def test_an_alert_asks_for_numbers_that_there_are():
    rules = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"\bloggia_\w+", rule["expr"])}
    families = list(metrics.registry.collect())
    there = {
        f"{family.name}{end}" for family in families for end in ("", "_total", "_bucket", "_count", "_sum")
    }
    assert asked - there == set()
    assert len(asked) >= 7
    told = (ROOT / "docs/operations.md").read_text()
    assert [rule["alert"] for rule in rules if f"`{rule['alert']}`" not in told] == []
