import pytest
from django.core.exceptions import ImproperlyConfigured

from workspace.environment import database, hosts, public_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", ""),
        ("https://team.example", "https://team.example"),
        ("https://Team.example/", "https://team.example"),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_the_public_address_is_an_origin(text, url):
    assert public_url(text) == url


@pytest.mark.parametrize(
    "text",
    ["team.example", "ftp://team.example", "https://", "https://a/b", "https://a?b", "https://a:x", "https://u:p@a",
     "https://[::1", "javascript:alert(1)"],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(ImproperlyConfigured, match=r"https://team\.example"):
        public_url(text)


def test_the_server_answers_to_its_public_name_and_to_this_machine_and_to_no_other(monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("ALLOWED_HOSTS", "")
    assert set(hosts("https://team.example:8443")) == {"team.example", "localhost", "127.0.0.1", "[::1]"}


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "postgresql://[::1/x"])
def test_a_database_that_we_do_not_speak_is_refused(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url, tmp_path)


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path):
    assert database("", tmp_path)["NAME"].parent == tmp_path


def test_a_server_that_would_answer_to_any_name_does_not_start(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "team.example,*")
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        hosts("")
