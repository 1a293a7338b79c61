"""The site of a small theory: whole, the same every time, complete in its folder, and never half written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from tests.ridge import THEORY
from verify.claims import theories
from verify.cli import cli
from verify.evidence.routes.proof import certificate_of
from verify.kernel.certificate import check
from verify.reports.latex_evidence import Found
from verify.site import build as building
from verify.site.build import build
from verify.site.claim_pages import ClaimPages
from verify.site.living import Material

NAME = "tests.ridge:THEORY"
ROOT = Path(__file__).parents[3]


def made(out: Path, **more: object) -> list[str]:
    with theories.using(THEORY):
        return build(out, said=lambda _: None, **more)  # type: ignore[arg-type]


class Page(HTMLParser):
    """The addresses on a page: what it loads, what it leads to, and where one can be led on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.places |= {found["id"] or ""} if "id" in found else set()
        for name in ("src", "href"):
            if found.get(name) and not (tag == "link" and found.get("rel") in ("search", "index", "next", "prev")):
                (self.leads if tag == "a" else self.loads).append(str(found[name]))


def broken(site: Path) -> list[str]:
    """Addresses of a site that lead nowhere, and what it would load from elsewhere."""
    pages = {path: Page(path) for path in site.rglob("*.html")}
    wrong = []
    for path, page in pages.items():
        for address in (*page.loads, *page.leads):
            parts = urlsplit(address)
            if parts.scheme in ("data", "mailto") or (parts.scheme in ("http", "https") and address in page.leads):
                continue
            if parts.fragment and "=" in parts.fragment and not parts.path:  # the state of a page that moves
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if (
                parts.scheme
                or parts.netloc
                or not target.is_file()
                or (parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].places)
            ):
                wrong.append(f"{path.name}: {address}")
    return wrong


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_claim_has_a_page_with_its_verdict(ridge: Path) -> None:
    for claim in THEORY.catalogue.values():
        text = (ridge / "claims" / f"{claim.id}.html").read_text(encoding="utf-8")
        assert f">{'proved' if claim.expected else 'false: refuted'}</span>" in text
    text = (ridge / "claims" / "R.best.positive.html").read_text(encoding="utf-8")
    assert 'href="R.noise.html"' in text and "certificate accepted by the checker" in text
    assert 'href="R.best.positive.html"' in (ridge / "claims" / "R.noise.html").read_text(encoding="utf-8")


def test_no_address_leads_nowhere_or_elsewhere(ridge: Path) -> None:
    assert broken(ridge) == []


def test_an_address_that_leads_nowhere_is_noticed(ridge: Path, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html">b</a><a id="x" href="#x">x</a><a href="#y">y</a><img src="https://e.org/i.png">'
    )
    assert broken(tmp_path) == ["a.html: https://e.org/i.png", "a.html: b.html", "a.html: #y"]


def test_styles_load_nothing_from_elsewhere(ridge: Path) -> None:
    for path in (*ridge.rglob("*.css"), *ridge.glob("_static/site.js")):
        loaded = re.findall(r"url\(\s*['\"]?(?!data:|#)([^)'\"]+)", path.read_text(encoding="utf-8"))
        assert [x for x in loaded if "//" in x] == [], path


def test_the_same_theory_gives_the_same_bytes(ridge: Path, tmp_path: Path) -> None:
    made(tmp_path / "site", results=ridge.parent / "results.json")
    assert digests(tmp_path / "site") == digests(ridge)


def test_the_files_to_download_are_what_they_say() -> None:
    with theories.using(THEORY):
        claim = THEORY.catalogue["R.noise"]
        certificate = certificate_of(claim, THEORY.catalogue)
        found = {claim.id: Found("proved", ("proof",), certificate=certificate)}
        files = ClaimPages(Material(THEORY, found), {}).made().downloads
    assert check(json.loads(files["_static/certificates/R.noise.json"])).endswith("all of them checked")
    assert "Print Assumptions" in files["_static/coq/R.noise.v"]
    assert set(files) == {"_static/certificates/R.noise.json", "_static/coq/R.noise.v"}


def test_a_site_is_replaced_and_anything_else_is_not(ridge: Path, tmp_path: Path) -> None:
    results = str(ridge.parent / "results.json")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    done = CliRunner().invoke(
        cli, ["--theory", NAME, "site", "--out", str(tmp_path / "other"), "--results", results], standalone_mode=False
    )
    assert "is not empty, and no site" in str(done.exception)
    assert [p.name for p in (tmp_path / "other").iterdir()] == ["mine.txt"]
    made(tmp_path / "site", results=Path(results))
    (tmp_path / "site" / "old.html").write_text("old")
    made(tmp_path / "site", results=Path(results))
    assert not (tmp_path / "site" / "old.html").exists()


def test_what_fails_leaves_the_old_site(ridge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = ridge.parent / "results.json"
    made(tmp_path / "site", results=results)
    before = digests(tmp_path)

    def fails(work: Path, settings: object) -> list[str]:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(building, "_sphinx", fails)
    with pytest.raises(RuntimeError):
        made(tmp_path / "site", results=results)
    assert digests(tmp_path) == before


def test_why_a_hypothesis_is_needed_is_said_of_the_same_statement_alone(ridge: Path, tmp_path: Path) -> None:
    trials = tmp_path / "trials.json"
    options = ["hypotheses", "R.gain", "R.least", "--workers", "1", "--json", str(trials)]
    with theories.using(theories.current()):
        CliRunner().invoke(cli, ["--theory", NAME, *options])
    data = json.loads(trials.read_text())
    other = next(entry for entry in data["claims"] if entry["id"] == "R.least")
    assert any(t["outcome"] == "refuted" for t in other["trials"])
    other["statement"] += " "  # what was judged then was another statement
    trials.write_text(json.dumps(data))
    made(tmp_path / "site", results=ridge.parent / "results.json", hypotheses=trials)
    assert "What goes wrong without one of them" in (tmp_path / "site" / "claims" / "R.gain.html").read_text()
    assert "What goes wrong" not in (tmp_path / "site" / "claims" / "R.least.html").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--results", "missing.json"], "cannot read missing.json"),
        (["--hypotheses", "missing.json"], "cannot read missing.json"),
        (["--figures", "missing"], "missing is not a gallery"),
        (["--docs", "missing"], "missing is not a folder"),
    ],
)
def test_bad_input_is_one_error(options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with theories.using(theories.current()):
        done = CliRunner().invoke(cli, ["--theory", NAME, "site", *options], standalone_mode=False)
    assert said in str(done.exception) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["jinja2", "sphinx", "plotly"])
def test_without_the_extra_the_error_says_what_to_install(missing: str, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None; sys.argv = ['verify', '--theory', {NAME!r}, 'site'];"
        " from verify.__main__ import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "pip install" in done.stderr and "[site]" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "site").exists()
