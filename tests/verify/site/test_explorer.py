"""The explorer in a browser: what is moved is shown, the address holds it, and what is wrong is said in words."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import verify
from tests.ridge import THEORY as RIDGE
from tests.verify.site.exploring import Visit, written

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("explorers")
    (folder / "ridge").mkdir()
    return {"maml-erm": written(verify.load("maml-erm"), folder), "ridge": written(RIDGE, folder / "ridge")}


@pytest.fixture
def visit(browser: Any, files: dict[str, Path]) -> Iterator[Visit]:
    """The first theory's page; nothing may be said in its console, and nothing asked of the network."""
    found = Visit(browser, files["maml-erm"], viewport={"width": 1280, "height": 900})
    yield found
    said = found.said
    found.close()
    assert said == []


def test_a_slider_moves_the_numbers_and_the_pictures(visit: Visit) -> None:
    before = visit.number("gain"), visit.page.get_attribute("#explorer-plot-gain .explorer-canvas", "aria-label")
    slider = visit.page.locator("#explorer-range-m")
    slider.focus()
    for _ in range(20):
        slider.press("ArrowRight")
    visit.settled()
    after = visit.number("gain"), visit.page.get_attribute("#explorer-plot-gain .explorer-canvas", "aria-label")
    assert float(after[0]) > float(before[0]) and before[1] != after[1]
    m = visit.page.input_value('[data-slider="m"] [type=text]')
    assert int(m) > 200 and slider.get_attribute("aria-valuetext") == f"m = {m}"
    assert after[0] == visit.page.inner_text(".explorer-headline output")
    assert f"{float(after[0]):.4g}" in str(after[1]), "what a picture says aloud has the current number"


def test_what_is_set_exactly_stays_exact(visit: Visit) -> None:
    visit.type("rho_H", "3/7")
    visit.page.check(".explorer-exact")
    visit.settled()
    assert Fraction(visit.number("weight.erm")) == Fraction(3, 10)
    assert visit.page.input_value('[data-slider="rho_H"] [type=text]') == "3/7"
    assert "≈" in visit.number("step.best")
    row = visit.page.locator("tr", has_text="step size at which").last
    assert "not rational: it contains a root" in row.inner_text()
    visit.type("p", "0.25")
    assert visit.page.input_value('[data-slider="p"] [type=text]') == "1/4"


def test_the_address_brings_the_state_back(visit: Visit) -> None:
    visit.type("rho_H", "3/7")
    visit.type("m", "12345")
    visit.page.check(".explorer-exact")
    visit.settled()
    address, gain = visit.page.evaluate("location.hash"), visit.number("gain")
    visit.open("")
    assert visit.number("gain") != gain and not visit.page.is_checked(".explorer-exact")
    visit.open(address)
    assert visit.number("gain") == gain and visit.page.is_checked(".explorer-exact")
    assert visit.page.input_value('[data-slider="m"] [type=text]') == "12345"
    visit.page.reload()
    visit.page.wait_for_selector(".explorer[data-ready]")
    assert visit.number("gain") == gain


def test_an_address_that_can_not_be_read_says_so(visit: Visit) -> None:
    visit.open("#foo=1&m=1/2&p=1/3&rho_E=%zz")
    said = visit.page.inner_text(".explorer-address")
    assert "no quantity “foo”" in said and "m must be a whole number" in said and "“%zz” is no number" in said
    assert visit.page.input_value('[data-slider="p"] [type=text]') == "1/3"


def test_presets_are_links_that_say_what_one_sees(visit: Visit) -> None:
    gains = {}
    for preset in visit.page.locator(".explorer-preset").all():
        preset.click()
        visit.page.wait_for_selector(f'.explorer-preset[aria-current="true"]:text-is("{preset.inner_text()}")')
        gains[preset.inner_text()] = float(visit.number("gain"))
    few, spread, packed, easy = gains.values()
    assert few < 1.01 and spread < 1.1 and packed > 25 and easy > 25, gains
    proofs = visit.page.locator(".explorer-proof a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert proofs[1] == "claims/N2.html" and len(proofs) == 4
    visit.page.go_back()
    visit.page.wait_for_function("(gain) => document.querySelector('output').textContent === String(gain)", arg=packed)


def test_outside_of_the_domain_words_say_which_condition_fails(visit: Visit) -> None:
    visit.type("rho_H", "2")
    problem = visit.page.inner_text(".explorer-headline .explorer-problem")
    assert "needs ρH < ρE, but ρH = 2 and ρE = 1" in problem
    assert visit.number("gain") == "—" and not visit.page.is_visible("#explorer-plot-gain")
    assert visit.page.is_disabled(".explorer-tools [data-copy]")
    visit.type("rho_H", "1/2")
    assert visit.page.is_hidden(".explorer-headline .explorer-problem") and visit.page.is_visible("#explorer-plot-gain")
    visit.type("alpha", "7/5")
    assert visit.number("threshold") == "—" and float(visit.number("gain")) > 1
    missing = visit.page.inner_text("#explorer-plot-gain .explorer-missing")
    assert "m*: needs α < 2/(ρE + ρH)" in missing and "necessary: needs α ρE = 1" in missing
    visit.page.click('[data-set="alpha 0"]')
    visit.settled()
    assert visit.page.inner_text("#explorer-plot-gain .explorer-missing") == ""


def test_a_text_that_is_no_number_changes_nothing(visit: Visit) -> None:
    visit.type("m", "300")
    gain = visit.number("gain")
    row = visit.page.locator('[data-slider="m"]')
    for text in ("", "1/0", "1e3", "two", "1/2/3", "--1", "9" * 100):
        visit.type("m", text)
        assert "is no number" in row.locator(".explorer-error").inner_text(), text
        assert row.locator("[type=text]").get_attribute("aria-invalid") == "true"
        assert visit.number("gain") == gain and "m=300" in visit.page.evaluate("location.hash")
    visit.type("m", "301")
    assert row.locator(".explorer-error").inner_text() == "" and visit.number("gain") != gain


def test_the_copied_command_gives_the_number_of_the_page(visit: Visit) -> None:
    visit.type("rho_H", "3/7")
    visit.page.check(".explorer-exact")
    visit.settled()
    for name in ("gain", "d_eff", "risk.hard.maml_m"):
        visit.page.click(f'button[aria-label="copy {name} as verify eval"]')
        visit.page.wait_for_function(
            "(name) => document.querySelector('.explorer-copied code').textContent.includes(` ${name} `)", arg=name
        )
        command = shlex.split(visit.page.inner_text(".explorer-copied code"))
        assert command[:2] == ["verify", "eval"]
        ran = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT, check=True)
        assert ran.stdout.split()[0] == visit.number(name) and not ran.stderr


def test_light_and_dark(visit: Visit) -> None:
    def colour() -> str:
        text = ".js-plotly-plot .xtitle"
        return str(visit.page.locator(text).first.evaluate("(e) => getComputedStyle(e).fill"))

    found = []
    for theme in ("light", "dark"):
        visit.page.evaluate("(theme) => { document.body.dataset.theme = theme; }", theme)
        visit.settled()
        found.append(colour())
    assert found[0] == "rgb(0, 0, 0)" and found[0] != found[1]


@pytest.mark.parametrize(
    ("theory", "width", "scheme"),
    [("maml-erm", 400, "light"), ("maml-erm", 1280, "dark"), ("ridge", 400, "dark"), ("ridge", 1280, "light")],
)
def test_nobody_is_shut_out(browser: Any, files: dict[str, Path], theory: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Visit(browser, files[theory], viewport={"width": width, "height": 800}, color_scheme=scheme)
    result = Axe().run(found.page).response
    serious = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in serious] == []
    assert len(result["passes"]) > 20, "the rules were applied"
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found.said == []
    found.close()


def test_every_picture_has_words_and_every_slider_a_name(visit: Visit) -> None:
    says = visit.page.locator(".explorer-canvas").evaluate_all("(all) => all.map((e) => e.getAttribute('aria-label'))")
    assert len(says) == 4 and all(any(c.isdigit() for c in one) for one in says)
    for slider in visit.page.locator("[type=range]").all():
        label = visit.page.locator(f'label[for="{slider.get_attribute("id")}"]')
        assert label.inner_text().strip()
