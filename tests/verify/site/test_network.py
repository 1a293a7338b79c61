"""The page of the graph as its reader uses it: by hand, by keyboard, and from another page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.ridge import THEORY
from tests.verify.site.test_browser import SERIOUS, Watched
from verify.claims import theories
from verify.claims.selection import select
from verify.cli import cli
from verify.regression.graph.appearance import VERDICTS
from verify.reports.latex_evidence import found
from verify.runtime.errors import BadInput
from verify.site.living import Material
from verify.site.network import living_page
from verify.site.network.living_page import looks

RIDGE = "tests.ridge:THEORY"
pytest.importorskip("igraph", reason="needs the extra graph")


@pytest.fixture
def watched(browser: Any) -> Any:
    seen = Watched(browser)
    yield seen
    seen.close()


@pytest.fixture
def page(ridge: Path, watched: Watched) -> Any:
    """The page, opened; when the test is over nothing may have been complained about."""
    opened = watched.open(ridge / "network.html")
    opened.emulate_media(reduced_motion="reduce")
    opened.reload()
    yield opened
    assert watched.complaints == []


def chosen(page: Any) -> str:
    return str(page.locator("#network .panel h2").inner_text())


def listed(page: Any) -> list[str]:
    """The claims that the list shows."""
    return list(
        page.eval_on_selector_all("#network .list li:not([hidden]) button", "all => all.map(b => b.dataset.id)")
    )


def centre(page: Any, claim: str) -> tuple[float, float]:
    """How far the middle of a claim is from the middle of the picture, in pixels."""
    box = page.locator(f'.claim[data-id="{claim}"] .box').bounding_box()
    around = page.locator("#network .picture").bounding_box()
    return (
        abs(box["x"] + box["width"] / 2 - around["x"] - around["width"] / 2),
        abs(box["y"] + box["height"] / 2 - around["y"] - around["height"] / 2),
    )


def test_it_has_the_data_of_the_command(ridge: Path, page: Any) -> None:
    with theories.using(THEORY):
        done = CliRunner().invoke(cli, ["--theory", RIDGE, "graph", "--json"])
    said, shown = json.loads(done.stdout), page.evaluate("NETWORK")
    known = ("verdict", "evidence", "kernel", "witness", "origin")  # of the check that the site is made from
    assert [{k: v for k, v in c.items() if k not in known} for c in shown["claims"]] == [
        {k: v for k, v in c.items() if k not in known} for c in said["claims"]
    ]
    assert shown["edges"] == said["edges"] and shown["claims"][0].keys() == said["claims"][0].keys()
    assert {c["verdict"] for c in shown["claims"]} == {"proved", "refuted"}


def test_it_opens_where_main_results_can_be_read(page: Any) -> None:
    assert page.evaluate("d3.zoomTransform(document.querySelector('#network .picture > svg')).k") > 1
    assert page.locator('.claim[data-id="R.split"] text').bounding_box()["height"] > 10
    assert page.locator("#network .panel").is_hidden()
    page.click("text=Whole graph")
    around = page.locator("#network .picture").bounding_box()
    for box in page.locator("#network .claim[data-id] .box").all():
        place = box.bounding_box()
        assert around["x"] <= place["x"] and place["x"] + place["width"] <= around["x"] + around["width"]
        assert around["y"] <= place["y"] and place["y"] + place["height"] <= around["y"] + around["height"]


def test_a_search_finds_highlights_and_centres(page: Any) -> None:
    search = page.locator("#network-search")
    search.fill("R.noise")
    assert listed(page) == ["R.noise"] and max(centre(page, "R.noise")) < 2
    assert page.locator("#network .claim.match").count() == 1
    search.fill("Penalty BETTER none")
    assert listed(page) == ["R.best.positive"], "words of a title, in any order and case"
    search.fill("nothing has these words")
    assert listed(page) == [] and page.inner_text("#network .found") == "0 claims fit"
    search.fill("r.best")
    assert listed(page)[0] == "R.best" and "Enter chooses R.best" in page.inner_text("#network .found")
    search.press("Enter")
    assert chosen(page) == "R.best" and page.url.endswith("#R.best")


def test_the_list_does_by_keyboard_what_the_picture_does(page: Any) -> None:
    button = page.locator('#network .list button[data-id="R.noise"]')
    button.focus()
    page.keyboard.press("Enter")
    assert chosen(page) == "R.noise" and button.get_attribute("aria-pressed") == "true"
    panel = page.inner_text("#network .panel")
    assert "Least squares has positive risk" in panel and "proved" in panel and "Evidence: " in panel
    page.keyboard.press("Escape")
    assert page.locator("#network .panel").is_hidden() and button.get_attribute("aria-pressed") == "false"


def test_what_falls_is_what_the_command_lists(page: Any) -> None:
    for claim in listed(page):
        page.click(f'#network .list button[data-id="{claim}"]')
        falls = page.locator("#network .panel .falls button b").all_inner_texts()
        with theories.using(THEORY):
            said = CliRunner().invoke(cli, ["--theory", RIDGE, "impact", claim]).stdout
        assert falls == re.findall(r"^  (\S+): ", said, re.M)
        assert f"Falls if this is false: {len(falls)} claim" in page.inner_text("#network .panel")
        marked = page.eval_on_selector_all("#network .fallen", "all => all.map(g => g.dataset.id)")
        assert sorted(marked) == sorted(falls)


def test_a_click_chooses_and_the_panel_leads_on(ridge: Path, page: Any) -> None:
    page.click("text=Whole graph")
    page.click('.claim[data-id="R.best.positive"] text')
    assert chosen(page) == "R.best.positive"
    assert page.locator("#network .panel .below button b").all_inner_texts() == ["R.best", "R.noise"]
    assert "Rests on 2 claims" in page.inner_text("#network .panel")
    page.click("#network .panel .below button >> nth=1")
    assert chosen(page) == "R.noise"
    page.click("text=The page of R.noise")
    assert page.url.endswith("/claims/R.noise.html") and "Least squares" in page.inner_text("article")


def test_an_address_names_a_claim(ridge: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((ridge / "network.html").as_uri() + "#R.split")
    assert chosen(page) == "R.split" and watched.complaints == []
    page.goto((ridge / "network.html").as_uri() + "#no.claim")
    page.reload()
    assert page.locator("#network .panel").is_hidden() and watched.complaints == []


def test_what_is_shown_can_be_chosen(page: Any) -> None:
    prove, state = page.locator(".edge.prove[data-from]").first, page.locator(".edge.state[data-from]").first
    false = page.locator('.claim[data-id="false.free"]')
    for kind, drawn in (("prove", prove), ("state", state), ("false", false)):
        assert drawn.is_visible()
        page.uncheck(f"[data-shows={kind}]")
        assert not drawn.is_visible()
        page.check(f"[data-shows={kind}]")
    page.select_option("#network-family", "false")
    assert listed(page) == [name for name, claim in THEORY.catalogue.items() if not claim.expected]


def test_it_zooms_and_moves(page: Any) -> None:
    where = "document.querySelector('#network .view').getAttribute('transform')"
    places = [page.evaluate(where)]

    def moved() -> bool:
        places.append(page.evaluate(where))
        return places[-1] != places[-2]

    page.click("[aria-label='Zoom in']")
    page.wait_for_timeout(50)
    assert moved()
    around = page.locator("#network .picture").bounding_box()
    page.mouse.move(around["x"] + 200, around["y"] + 200)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(50)
    assert moved()
    page.mouse.down()
    page.mouse.move(around["x"] + 300, around["y"] + 250)
    page.mouse.up()
    assert moved() and not page.locator("#network .panel").is_visible()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (400, False)])
def test_accessible_with_a_claim_chosen(ridge: Path, browser: Any, width: int, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    seen = Watched(browser, width=width, dark=dark)
    page = seen.open(ridge / "network.html")
    page.click('#network .list button[data-id="R.best.positive"]')
    assert seen.complaints == [], "before axe loads files, which a page in a folder may not"
    wrong = [v for v in Axe().run(page).response["violations"] if v["impact"] in SERIOUS]
    assert wrong == [], [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in wrong]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    fill = page.evaluate("getComputedStyle(document.querySelector('.claim.proved .box')).fill")
    light, other = ("".join(str(int(c[i : i + 2], 16)) + ", " for i in (1, 3, 5))[:-2] for c in shades("proved"))
    assert fill == f"rgb({other if dark else light})"
    seen.close()


def shades(verdict: str) -> tuple[str, str]:
    return VERDICTS[verdict].light, VERDICTS[verdict].dark


def test_without_the_library_it_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living_page, "ZOOMING", ("no-such-package", "d3.js"))
    with theories.using(THEORY), pytest.raises(BadInput, match=re.escape("[site]")):
        living_page.living_page(Material(THEORY, {}))


def test_the_style_has_every_verdict_light_and_dark() -> None:
    style = looks()
    for verdict, look in VERDICTS.items():
        name = verdict.replace(" ", "-")
        assert f"--{name}: {look.light};" in style and style.count(f"--{name}: {look.dark};") == 2
        assert f"#network .{name} .box {{ fill: var(--{name}); }}" in style


def test_the_page_is_the_same_every_time_and_needs_no_other_host() -> None:
    with theories.using(THEORY):
        material = Material(THEORY, found(select([], THEORY), None))
        one, other = living_page.living_page(material), living_page.living_page(material)
    assert one == other
    own = {k: v for k, v in one.files.items() if k != "d3.min.js"}
    assert not re.search(r"https?://", one.body + "".join(map(str, own.values())))
