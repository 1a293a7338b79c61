"""The site as its reader sees it: every page in a browser, from the folder, with no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SAMPLE = 12  # pages on which accessibility is judged: one of each kind, and the first of the claims
SERIOUS = ("serious", "critical")
TOGETHER = 25  # pages in one tab: a new one takes longer than a page, and one that has seen hundreds holds gigabytes
# The text around what is left as it is written; code is.
UNSET = r"""() => {
  const article = document.querySelector("article")?.cloneNode(true);
  article?.querySelectorAll("pre, code").forEach((each) => each.remove());
  const text = article?.textContent ?? "";
  const at = text.search(/\\[(\[]|\$\S/);
  return at < 0 ? "" : text.slice(at, at + 60);
}"""


class Watched:
    """A page of the browser that keeps what it complains about and what it asks other hosts for."""

    def __init__(self, browser: Any, *, width: int = 1280, dark: bool = False) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: self._request(r.url))

    def _request(self, address: str) -> None:
        if not address.startswith(("file:", "data:", "blob:")):
            self.complaints.append(f"asks for {address}")

    def open(self, path: Path) -> Any:
        self.page.goto(path.as_uri())
        # Formulas are set when the document has been read.
        self.page.evaluate("() => window.MathJax && MathJax.startup && MathJax.startup.promise")
        return self.page

    def close(self) -> None:
        self.page.close()


@pytest.fixture
def watched(browser: Any) -> Any:
    found = Watched(browser)
    yield found
    found.close()


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_page_opens_without_a_complaint(whole: Path, browser: Any) -> None:
    every = pages(whole)
    for start in range(0, len(every), TOGETHER):
        seen = Watched(browser)
        for path in every[start : start + TOGETHER]:
            page = seen.open(path)
            assert seen.complaints == [], path
            assert page.locator("mjx-merror").count() == 0, path
            assert page.title(), path
            # No formula is left as it is written.
            assert page.evaluate(UNSET) == "", path
        seen.close()


def test_a_formula_that_is_left_as_it_is_written_is_noticed(tmp_path: Path, watched: Watched) -> None:
    (tmp_path / "bad.html").write_text(r"<article>so <code>\(a\)</code> is \(b\)</article>")
    assert watched.open(tmp_path / "bad.html").evaluate(UNSET) == r"\(b\)"


def test_a_command_that_is_not_known_is_noticed(ridge: Path, watched: Watched) -> None:
    text = (ridge / "index.html").read_text(encoding="utf-8")
    bad = ridge / "bad-for-a-test.html"
    bad.write_text(text.replace(r"\(", r"\(\longmapstoa ", 1), encoding="utf-8")
    try:
        assert watched.open(bad).locator("mjx-merror").count() == 1
    finally:
        bad.unlink()


def test_a_complaint_is_noticed(tmp_path: Path, watched: Watched) -> None:
    (tmp_path / "bad.html").write_text("<script>throw new Error('broken')</script><img src='http://127.0.0.1:9/x.png'>")
    watched.open(tmp_path / "bad.html")
    assert any("broken" in text for text in watched.complaints)
    assert any("asks for http://127.0.0.1:9" in text for text in watched.complaints)


@pytest.mark.parametrize("width", [1280, 400])
def test_no_page_is_wider_than_the_screen(whole: Path, browser: Any, width: int) -> None:
    seen = Watched(browser, width=width)
    for path in (
        whole / "index.html",
        whole / "claims.html",
        whole / "false.html",
        *sorted(whole.glob("claims/*"))[:3],
    ):
        page = seen.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    seen.close()


def test_the_search_finds_a_claim(ridge: Path, watched: Watched) -> None:
    page = watched.open(ridge / "index.html")
    page.fill("input[name=q]", "penalty")
    page.press("input[name=q]", "Enter")
    # The results appear one after the other: clicking waits for the one that is asked for, and fails if it never comes.
    page.locator("#search-results li a", has_text="R.least").first.click()
    assert "No penalty has less risk" in page.inner_text("article") and watched.complaints == []


def test_links_lead_from_a_claim_to_what_it_rests_on(ridge: Path, watched: Watched) -> None:
    page = watched.open(ridge / "index.html")
    page.locator("aside a, .sidebar-tree a", has_text="Claims").first.click()
    page.locator("table.claims a", has_text="R.best.positive").click()
    page.locator("ul.claims a", has_text="R.noise").first.click()
    assert page.url.endswith("/claims/R.noise.html")
    page.locator("ul.claims a", has_text="R.best.positive").first.click()
    assert page.url.endswith("/claims/R.best.positive.html") and watched.complaints == []


def test_the_list_of_claims_is_filtered(ridge: Path, watched: Watched) -> None:
    page = watched.open(ridge / "claims.html")
    rows = page.locator("table.claims tbody tr:visible")
    every = rows.count()
    page.get_by_label("Show those with").fill("penalty always")
    assert rows.count() == 1 and "R.best.positive" in rows.inner_text()
    assert page.inner_text("p.filter output") == f"1 of {every}"
    page.get_by_label("Show those with").fill("")
    assert rows.count() == every > 1


def test_a_text_is_copied(ridge: Path, watched: Watched) -> None:
    page = watched.open(ridge / "claims" / "R.noise.html")
    page.evaluate("() => { window.copied = ''; document.execCommand = () => true;"
                  " navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")  # fmt: skip
    button = page.locator("button.copy").first
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("window.copied !== ''")
    assert page.evaluate("window.copied").startswith("R.noise: Least squares has positive risk")
    assert button.inner_text() == "copied"


def test_light_and_dark(ridge: Path, browser: Any) -> None:
    colours = []
    for dark in (False, True):
        seen = Watched(browser, dark=dark)
        page = seen.open(ridge / "index.html")
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        seen.close()
    assert colours[0] != colours[1]


def kinds(site: Path) -> list[Path]:
    """Pages of every kind: the ones at the root, then claims."""
    first = [path for path in sorted(site.glob("*.html")) if path.stem not in ("genindex", "search")]
    return [*first, *sorted(site.glob("claims/*.html"))][:SAMPLE]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_finding_about_accessibility(ridge: Path, browser: Any, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    seen = Watched(browser, dark=dark)
    for path in kinds(ridge):
        page = seen.open(path)
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in SERIOUS]
        assert found == [], (path, [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found])
    seen.close()


def test_a_serious_finding_is_noticed(tmp_path: Path, watched: Watched) -> None:
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "bad.html").write_text("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    page = watched.open(tmp_path / "bad.html")
    assert [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in SERIOUS] == ["image-alt"]
