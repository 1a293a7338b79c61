"""What pages name exists: files, folders, modules, words in files; links lead somewhere, also from a package index."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.pages import ROOT, blocks
from verify.papers import report
from verify.papers.step import CheckedStep

PROSE = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "docs" / "guide").glob("*.md"),
        *(ROOT / "docs" / "decisions").glob("*.md"),
    ]
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROOMS = ("theory", "verify", "tests", "docs", "benchmarks", ".ci", ".github")
_QUOTED = re.compile(r"`([^`\n]+)`")
_MODULE = re.compile(r"\b(?:theory|verify)(?:\.\w+)+")
_WORD = re.compile(r"`([^`\n]+)` in\s`([^`\n]+)`")


def missing(text: str, written: frozenset[str] = frozenset()) -> list[str]:
    """What a page names between backticks and is not there; ``written`` are files that its reader writes.

    A path begins with a room of the repository, or is a file of its root in capitals. A name with dots is a module, or
    something in one. "`word` in `path`" says that the file has the word.
    """
    found = []
    for quoted in _QUOTED.findall(text):
        for part in quoted.split():
            name = part.strip(",;:()[]'\"").rstrip("/")
            at_root = re.fullmatch(r"[A-Z]+\.(md|cff|in)", name)
            if name in written or not (at_root or (name.split("/")[0] in ROOMS and "/" in name)):
                continue
            if not any(ROOT.glob(name)):
                found.append(name)
        found += [name for name in _MODULE.findall(quoted) if not _is_module(name) and "/" not in quoted]
    for word, path in _WORD.findall(text):
        if (ROOT / path).is_file() and word not in (ROOT / path).read_text(encoding="utf-8"):
            found.append(f"{word} in {path}")
    return found


def _is_module(name: str) -> bool:
    """Whether a dotted name is a module, a package, or a word that the module or package before its last dot has."""
    *parts, last = name.split(".")
    if last.startswith("__"):
        return _source(ROOT.joinpath(*parts)) is not None
    # A group of entry points looks like a module.
    if name in PROJECT["entry-points"] or _source(ROOT.joinpath(*parts, last)) is not None:
        return True
    source = _source(ROOT.joinpath(*parts)) if parts != ["theory"] else None
    return source is not None and re.search(rf"\b{last}\b", source.read_text(encoding="utf-8")) is not None


def _source(path: Path) -> Path | None:
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


@pytest.mark.parametrize("page", PROSE, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    written = frozenset(block.file for block in blocks(page))
    assert missing(re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M), written) == []


def test_what_does_not_exist_is_noticed() -> None:
    right = (
        "`verify/cli.py`, `docs/*.md`, `tests/`, `README.md`, `verify.cli.main`, `mine.py`, `main` in `verify/cli.py`"
    )
    assert missing(right) == []
    for wrong in (
        "`verify/no_such_file.py`", "`docs/*.nothing`", "`NOTHING.md`", "`theory/no_such_folder/`",
        "`python -m verify.no_such_module`", "`verify.cli.no_such_word`", "`no_such_word` in `verify/cli.py`",
        "`no_such_word` in\n`verify/cli.py`",
    ):  # fmt: skip
        assert len(missing(wrong)) == 1, wrong


def test_what_docstrings_and_comments_name_exists() -> None:
    former = (ROOT / "theory" / "__init__.py").read_text(encoding="utf-8")
    sources = [p for room in ("theory", "verify") for p in (ROOT / room).rglob("*.py")]
    assert len(sources) > 100
    names = [
        (p.relative_to(ROOT), name)
        for p in sources
        for name in re.findall(r"``((?:theory|verify)(?:\.\w+)+)``", p.read_text(encoding="utf-8"))
    ]
    assert len(names) > 10
    # The names of version 0.1 are said where they are kept.
    assert [(str(p), name) for p, name in names if f'"{name}":' not in former and not _is_module(name)] == []


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [*PROSE, ROOT / "CHANGELOG.md"], ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        if not target.startswith(("https://", "#")):
            path = (page.parent / target.partition("#")[0]).resolve()
            assert path.exists(), f"{page.name} links to {target}"
            heading = target.partition("#")[2]
            assert not heading or heading in headings(path), f"{page.name} links to {target}"


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in found}


def test_the_readme_reads_the_same_on_a_package_index() -> None:
    """There a relative link leads nowhere: the README names files, which the source distribution has."""
    assert [target for target in links(ROOT / "README.md") if not target.startswith("https://")] == []
    manifest = [line.split() for line in (ROOT / "MANIFEST.in").read_text(encoding="utf-8").splitlines()]
    shipped = {name for verb, *names in manifest if verb in ("graft", "include") for name in names}
    assert all((ROOT / name).exists() for name in shipped)
    named = _QUOTED.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    made = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    files = [name for name in named if {"/", "."} & set(name) and name not in made and (ROOT / name).exists()]
    assert "docs/README.md" in files
    assert [name for name in files if name not in shipped and name.split("/")[0] not in shipped] == []


def test_every_decision_is_listed_and_complete() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [p.name for p in records] == links(ROOT / "docs" / "decisions" / "README.md")
    for number, record in enumerate(records, start=1):
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        assert record.name.startswith(f"{number:03}-")
        for part in ("Context", "Decision", "Consequences", "What would change it"):
            assert f"**{part}.**" in text, f"{record.name} has no {part}"
        assert 15 <= len(text.splitlines()) <= 40, record.name


FORMS = [
    (f".github/ISSUE_TEMPLATE/{name}.yml", "github-issue-forms")
    for name in ("defect", "open-statement", "wrong-verdict")
]


@pytest.mark.parametrize(
    "path, schema",
    [
        ("CITATION.cff", "citation-file-format"),
        (".github/ISSUE_TEMPLATE/config.yml", "github-issue-config"),
        *FORMS,
    ],
)
def test_files_for_other_programs_are_valid(path: str, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_file_that_is_not_valid_is_noticed(tmp_path: Path) -> None:
    wrong = tmp_path / "CITATION.cff"
    wrong.write_text((ROOT / "CITATION.cff").read_text(encoding="utf-8").replace("authors:", "writers:"), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(wrong)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_the_citation_and_the_changes_are_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["title"], citation["version"]) == (PROJECT["name"], PROJECT["version"])
    assert citation["license"] == PROJECT["license"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changes.index("## Unreleased") < changes.index(f"## {PROJECT['version']}")


def test_the_changes_name_modules_and_schemas_as_they_are() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = changes[changes.index("## Unreleased") : changes.index("## 0.1.0")]
    now = [cells[2] for cells in (line.split("|") for line in unreleased.splitlines()) if len(cells) == 4]
    names = [name for cell in now for name in _MODULE.findall(cell)]
    assert len(names) > 20
    assert [name for name in names if not _is_module(name)] == []
    for what, room in (("The lock", "regression"), ("The cache", "cache")):
        text = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "verify" / room).glob("*.py"))
        (schema,) = re.findall(r"^SCHEMA = (\d+)$", text, re.M)
        (said,) = re.findall(rf"\*\*{what}\*\* has (?:keys of )?schema (\d+)", unreleased)
        assert said == schema


def test_the_problem_matcher_of_the_guide_reads_what_is_printed() -> None:
    page = ROOT / "docs" / "guide" / "paper.md"
    (tasks,) = (json.loads(block.body) for block in blocks(page) if block.file == ".vscode/tasks.json")
    matcher = tasks["tasks"][0]["problemMatcher"]
    step = CheckedStep(2, 12, "refuted", "derive", latex="1=2", lhs="1", rhs="2", suggestion="1=1", edit="1 for 2")
    found = [re.match(matcher["pattern"]["regexp"], line) for line in report.gcc("my paper.tex", [step])]
    named = [{k: m[i] for k, i in matcher["pattern"].items() if k != "regexp"} for m in found if m]
    place = {"file": "my paper.tex", "line": "2", "column": "12"}
    assert [n | {"message": ""} for n in named] == [place | {"severity": s, "message": ""} for s in ("error", "note")]
    assert named[0]["message"].startswith("refuted: 1=2")
    assert not re.match(matcher["pattern"]["regexp"], report.summary("my paper.tex", [step]))
