from tasks.actions import archive_task, complete_task, create_task, start_task
from workspace.pace import SEARCHES


def test_says_how_many_tasks_are_left_on_the_board(run, alice, bob, project, kinds) -> None:
    for number in range(3):
        create_task(alice, f"Task {number}", assignees=[bob.user] if number else [])
    archive_task(alice, create_task(alice, "Gone", assignees=[bob.user]))
    since = project.events.count()
    answer = run(bob, "/board @me")
    assert (answer.data["query"], answer.data["count"], answer.data["total"]) == ("@me", 2, 3)
    assert 'data-board-filter="@me"' in answer.html
    assert answer.data["url"] == "/p/web?view=board&q=%40me"
    assert kinds(project, since) == []


def test_without_a_query_the_board_is_whole_again(run, gina, alice) -> None:
    create_task(alice, "One")
    answer = run(gina, "/board")
    assert (answer.data["query"], answer.data["count"]) == ("", 1)
    assert 'data-board-filter=""' in answer.html


def test_a_filter_that_is_none_is_refused(refusal, alice) -> None:
    refused = refusal(alice, "/board is:opne")
    assert (refused.code, refused.suggestions) == ("bad_filter", ["/board is:open"])


class TestTheBoardsPage:
    def test_has_the_cards_that_are_asked_for_alone(self, client, alice, bob, project) -> None:
        for number in range(4):
            create_task(alice, f"Task {number}", assignees=[bob.user] if number % 2 else [])
        start_task(bob, project.tasks.get(number=2))
        client.force_login(bob.user)
        for url in ("/p/web?q=@me", "/p/web/board?q=%40me"):
            html = client.get(url).content.decode()
            shown = [number for number in range(1, 5) if f'id="task-{number}"' in html]
            assert shown == [2, 4]
            assert '<b id="filter-count">2</b> of <span id="filter-total">4</span> tasks' in html
            assert 'data-query="@me"' in html
        assert 'id="task-1"' in client.get("/p/web").content.decode()

    def test_a_long_column_says_what_it_keeps_back_of_them(self, client, alice, project) -> None:
        for number in range(54):
            create_task(alice, f"Chair {number}" if number < 52 else "Table")
        client.force_login(alice.user)
        html = client.get("/p/web?q=chair").content.decode()
        column = project.columns.get(kind="next").pk
        assert f'href="/p/web/board?column={column}&amp;q=chair" data-column="{column}">2 more</a>' in html
        whole = client.get(f"/p/web/board?column={column}&q=chair").content.decode()
        assert whole.count('class="card"') == 52

    def test_a_mistake_leaves_the_board_whole_and_is_mended_by_a_link(self, client, alice) -> None:
        create_task(alice, "One")
        client.force_login(alice.user)
        html = client.get("/p/web?q=is:opne").content.decode()
        assert "is not a filter" in html
        assert "q=is%3Aopen" in html
        assert 'id="task-1"' in html

    def test_a_changed_card_is_asked_about(self, client, alice, charlie) -> None:
        first, second = create_task(alice, "One"), create_task(alice, "Two")
        complete_task(alice, first)
        client.force_login(alice.user)
        answer = client.get("/p/web/board/matching?q=is:open&tasks=1,2,99,x")
        assert answer.json() == {"tasks": [second.number], "count": 1, "total": 2}
        assert client.get("/p/web/board/matching?q=is:opne&tasks=1").status_code == 422
        assert client.get("/p/web/board/matching?tasks=1").status_code == 422
        client.force_login(charlie)
        assert client.get("/p/web/board/matching?q=is:open&tasks=1").status_code == 404

    def test_a_filtered_board_is_a_search_and_has_its_pace(self, client, alice, bob, no_time_passes) -> None:
        create_task(alice, "One")
        client.force_login(alice.user)
        SEARCHES.take(alice.user_id, SEARCHES.burst - 3)
        for url in ("/p/web?q=one", "/p/web/board?q=one", "/p/web/board/matching?q=one&tasks=1"):
            assert client.get(url).status_code == 200
        for url in ("/p/web?q=two", "/p/web/board?q=two"):
            html = client.get(url).content.decode()
            assert "Too many searches; try again in 1 s." in html
            assert 'id="task-1"' in html, "the board is whole"
        refused = client.get("/p/web/board/matching?q=one&tasks=1", headers={"Accept": "application/json"})
        assert (refused.status_code, refused["Retry-After"]) == (429, "1")
        assert client.get("/p/web").status_code == client.get("/p/web/board").status_code == 200
        client.force_login(bob.user)
        assert client.get("/p/web/board/matching?q=one&tasks=1").json()["tasks"] == [1]
