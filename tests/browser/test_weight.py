"""What the first visit of a project page costs."""

import pytest

MOST = 150_000


def received(page):
    """Counts what comes over the wire from here on, as compressed as it comes."""
    cdp = page.context.new_cdp_session(page)
    sizes: list[float] = []
    cdp.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    cdp.send("Network.enable")
    return sizes


@pytest.mark.parametrize("path", ["", "/board", "/t/1"])
def test_a_first_visit_is_light(project, seat, path):
    project.said(*[f"/task Task number {n} for the board #copy !high" for n in range(20)])
    project.said(*[f"Line {n} of a conversation about the hero crop and the pricing copy" for n in range(40)])
    ana = seat(project, "ana", None)
    sizes = received(ana.page)
    ana.page.goto(project.path + path)
    ana.is_live()
    ana.page.wait_for_load_state("networkidle")
    assert len(sizes) > 10, "the scripts are counted"
    assert sum(sizes) < MOST


def test_a_second_visit_fetches_nothing_that_it_has(project, seat):
    ana = seat(project, "ana")
    ana.page.goto("about:blank")
    ana.open()
    transfers = ana.page.evaluate(
        """performance.getEntriesByType("resource").filter((each) => each.name.includes("/static/"))
            .map((each) => [each.name, each.transferSize])"""
    )
    assert transfers
    assert [name for name, size in transfers if size > 0] == []
