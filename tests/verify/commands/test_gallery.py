"""``verify simulate --all``: every experiment of a theory, what is done is kept, and the page of all of them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.ridge import THEORY
from tests.ridge.experiments import shrinkage
from verify.claims import theories
from verify.commands import simulate
from verify.reports import gallery
from verify.runtime.errors import BadInput
from verify.statistics.experiment import Run, Table


def broken(doc: str, *, agrees: bool = True, lacks: str = "", claims: tuple[str, ...] = ()) -> ModuleType:
    """An experiment like that of ridge regression, which disagrees, or can't be run."""
    module = ModuleType("broken", doc)

    def run(job: Run) -> Table:
        if lacks:
            raise BadInput(f"{lacks} is not installed")
        table = shrinkage.run(job)
        return Table(table.columns, table.rows, table.summary, agrees)

    vars(module).update(
        PARAMETERS=shrinkage.PARAMETERS, FAST={"draws": 500}, CLAIMS=claims, run=run, draw=shrinkage.draw
    )
    return module


@pytest.fixture
def experiments(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    found = {"first": broken("First of all.\n\nMore <about> it."), "second": broken("The second."), "third": shrinkage}
    monkeypatch.setattr(simulate, "known", lambda: tuple(found))
    monkeypatch.setattr(simulate, "find", lambda name: found[name])
    return found


def call(out: Path, *more: str) -> Result:
    with theories.using(THEORY):
        return CliRunner().invoke(
            simulate.simulate, ["--all", "--fast", "--out", str(out), *more], standalone_mode=False
        )


def index(out: Path) -> list[dict[str, Any]]:
    return list(json.loads((out / "gallery.json").read_text())["figures"])


def test_all_are_run_and_what_is_done_is_not_run_again(tmp_path: Path, experiments: dict[str, ModuleType]) -> None:
    done = call(tmp_path, "--format", "svg", "--format", "pdf")
    assert not done.return_value and "3 experiments" in done.output
    entries = index(tmp_path)
    assert [e["name"] for e in entries] == ["first", "second", "third"] and all(e["agrees"] for e in entries)
    assert entries[0]["title"] == "First of all." and entries[0]["about"] == "More <about> it."
    assert entries[0]["files"] == ["first.csv", "first.svg", "first.pdf"]
    assert ["draws", "draws of the noise", "500"] in entries[0]["parameters"]
    assert ["draws", "draws of the noise", "20000"] in entries[2]["parameters"], "it has no fast settings"
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    vars(experiments["first"])["run"] = lambda job: pytest.fail("it was run before")
    again = call(tmp_path, "--format", "svg", "--format", "pdf")
    assert not again.return_value and again.output.count("as it was") == 3
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_disagrees_stops_nothing_and_is_the_exit_code(tmp_path: Path, experiments: dict[str, ModuleType]) -> None:
    experiments["first"] = broken("First.", agrees=False, claims=("risk",))
    experiments["second"] = broken("Second.", lacks="jax")
    done = call(tmp_path)
    assert done.return_value == 1 and "not as the theory says: first; not run: second" in done.output
    assert [(e["name"], e["agrees"]) for e in index(tmp_path)] == [("first", False), ("third", True)]
    assert "does not agree with the theory" in (tmp_path / "gallery.html").read_text()
    experiments["first"] = broken("First.")
    assert call(tmp_path / "other").return_value == 2, "now only that one could not be run is left"


def test_an_interrupted_run_keeps_what_was_done(tmp_path: Path, experiments: dict[str, ModuleType]) -> None:
    def stop(job: Run) -> Table:
        raise KeyboardInterrupt

    vars(experiments["second"])["run"] = stop
    call(tmp_path)
    assert [e["name"] for e in index(tmp_path)] == ["first"] and (tmp_path / "gallery.html").exists()


def test_a_gallery_in_pdf_or_with_settings_is_refused(tmp_path: Path, experiments: dict[str, ModuleType]) -> None:
    for more, said in (
        (["--format", "pdf"], "can't show a PDF"),
        (["--set", "draws=10"], "--set is for one experiment"),
        (["first"], "first is one"),
    ):
        error = call(tmp_path, *more).exception
        assert isinstance(error, BadInput) and said in str(error)
    assert not list(tmp_path.iterdir())


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.targets: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.images += [found] if tag == "img" else []
        self.targets += [found.get("href") or ""] if tag == "a" else []


def test_the_page_names_what_it_shows(tmp_path: Path, experiments: dict[str, ModuleType]) -> None:
    experiments["first"] = broken("First <b> & all.\n\nMore.", claims=tuple(THEORY.stated)[:1])
    call(tmp_path)
    text = (tmp_path / "gallery.html").read_text()
    page = Links()
    page.feed(text)
    assert [image["src"] for image in page.images] == ["first.png", "second.png", "third.png"]
    assert all(image["alt"] and "standard errors" in image["alt"] for image in page.images)
    assert "<b> & all" not in text and "First &lt;b&gt; &amp; all." in text
    assert next(iter(THEORY.stated)) in text
    for target in page.targets:
        assert target[1:] in page.ids if target.startswith("#") else (tmp_path / target).is_file()
    assert "http" not in text


def test_what_is_no_index_is_no_gallery(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"figures": [{}]}', '{"figures": [{"name": 1}]}', '{"figures": 3}'):
        (tmp_path / gallery.INDEX).write_text(text)
        assert gallery.read(tmp_path) == {}
