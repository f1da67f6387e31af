import pytest
from django.template.loader import get_template
from django.test import Client
from django.views.defaults import server_error


def test_nothing_lives_there(client: Client, db: None):
    response = client.get("/nowhere/at/all")
    assert response.status_code == 404
    assert b"Nothing lives at this address" in response.content


def test_a_server_error_asks_the_database_nothing(rf, django_assert_num_queries, db: None):
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"Something broke on our side" in response.content


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_each_error_page_stands_without_a_request(name: str):
    page = get_template(f"{name}.html").render({})
    assert "<h1" in page
    assert "!" not in page.split("<main")[1].split("</main>")[0]


def test_an_old_form_says_so(db: None):
    response = Client(enforce_csrf_checks=True).post("/login", {})
    assert response.status_code == 403
    assert b"This form has been open for too long" in response.content
