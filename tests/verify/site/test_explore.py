"""``verify.explore()``: a frame that works inside a notebook, and a file for the browser outside of one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import verify
from tests.ridge import THEORY
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput
from verify.site import explore


def in_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))


def test_outside_of_a_notebook_the_page_is_written_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    found = verify.explore(THEORY, tmp_path / "page.html")
    assert opened == [(tmp_path / "page.html").as_uri()]
    assert capsys.readouterr().out.strip() == str(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == found.html and repr(found) == "<Explorer of ridge>"


def test_a_notebook_gets_a_frame_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda page: pytest.fail("a notebook opens no browser"))
    in_notebook(monkeypatch)
    frame = verify.explore(THEORY)._repr_html_()
    assert frame.startswith("<iframe srcdoc=") and "<script" not in frame and not list(tmp_path.iterdir())


def test_what_can_not_be_explored_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="has no explorer"):
        verify.explore(Theory(name="bare"), tmp_path / "page.html")

    def missing(theory: Theory, path: Path) -> None:
        raise ModuleNotFoundError("No module named 'jinja2'", name="jinja2")

    monkeypatch.setattr(explore, "standalone", missing)
    with pytest.raises(BadInput, match=r"jinja2 is not installed.*\n.*\[site\]"):
        verify.explore(THEORY, tmp_path / "page.html")


def test_the_frame_moves_and_its_links_stay_inside(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_notebook(monkeypatch)
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<html><body>{verify.explore(verify.load('maml-erm'))._repr_html_()}</body></html>")
    page, said = browser.new_page(viewport={"width": 1000, "height": 950}), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe")
    slider = frame.locator("input[type=range]").first
    before = frame.locator(".explorer-value").first.inner_text()
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    value = "document.querySelector('iframe').contentDocument.querySelector('.explorer-value').innerText"
    page.wait_for_function(f"(before) => {value} !== before", arg=before)
    frame.locator("[data-preset]").nth(2).click()
    frame.locator('[data-preset][aria-current="true"]').wait_for()
    assert said == [] and page.url == notebook.as_uri()
    page.close()
