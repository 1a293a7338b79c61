"""What modules import is kept, for as long as no source changes, and only under a seal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from verify.cache import closures, seal
from verify.cache.sources import ByValue, Code, Sources
from verify.cache.store import Store
from verify.cache.texts import dump, loads

TREE = {"__init__.py": "", "a.py": "from tree import b\n", "b.py": "import numpy\n", "c.py": "x = 1\n"}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tree").mkdir()
    for name, text in TREE.items():
        (tmp_path / "tree" / name).write_text(text)
    return tmp_path / "tree"


def run(folder: Path, start: str = "tree.a", values: ByValue | None = None) -> tuple[Code, bool]:
    """What a module runs, as a new process finds it; whether it had to read any imports."""
    sources = Sources({"tree": folder})
    kept = closures.recall(Store(), [sources])
    found = sources.code([start], values or ByValue())
    kept.keep()
    return found, bool(sources._imports)


def test_a_second_process_reads_no_imports_and_finds_the_same(tree: Path) -> None:
    first, read = run(tree)
    assert read and [*first.modules] == ["tree", "tree.a", "tree.b"]
    assert "numpy" in first.libraries and first.machine
    assert run(tree) == (first, False)
    assert run(tree, "tree.c")[1], "what was not asked before is read"
    assert run(tree) == (first, False) and not run(tree, "tree.c")[1]


def test_what_counts_by_value_is_another_question(tree: Path) -> None:
    run(tree)
    by_value = ByValue(("tree.b",), {"tree.a": {"tree.b": frozenset({"x", "y"})}})
    (tree / "a.py").write_text("from tree.b import x, y\n")
    for values in (by_value, ByValue()):
        found, read = run(tree, values=values)
        assert read and ("tree.b" in found.modules) == (values is not by_value)
        assert run(tree, values=values) == (found, False)
    same = ByValue(("tree.b",), {"tree.a": {"tree.b": frozenset({"y", "x"})}})
    assert not run(tree, values=same)[1]


@pytest.mark.parametrize("edited", ["a.py", "b.py", "c.py", "new.py"])
def test_an_edit_of_any_source_has_imports_read_again(tree: Path, edited: str) -> None:
    before, _ = run(tree)
    (tree / edited).write_text("from tree import c\n")
    after, read = run(tree)
    assert read
    assert ("tree.c" in after.modules) == (edited in ("a.py", "b.py"))
    (tree / "new.py").unlink(missing_ok=True)
    for name, text in TREE.items():
        (tree / name).write_text(text)
    assert run(tree) == (before, False), "the control"


def _less(text: str) -> str:
    """Without tree.b, so that an edit of it would go unnoticed."""
    kept = loads(text)
    return dump({asked: [[m for m in modules if m != "tree.b"], found] for asked, (modules, found) in kept.items()})


FORGED: dict[str, Callable[[str, str, str], object]] = {
    "less": lambda state, text, made: {"text": _less(text), "seal": made},
    "no seal": lambda state, text, made: {"text": _less(text)},
    "an empty seal": lambda state, text, made: {"text": _less(text), "seal": ""},
    "the seal of the text alone": lambda state, text, made: {"text": _less(text), "seal": seal.seal(_less(text))},
    "the seal of something else": lambda state, text, made: {
        "text": _less(text), "seal": seal.seal(seal.bound("sealed", state, _less(text)))
    },
    "the seal of other sources": lambda state, text, made: {
        "text": _less(text), "seal": seal.seal(seal.bound(closures.KIND, "0" * 64, _less(text)))
    },
    "nothing": lambda state, text, made: None,
}  # fmt: skip


@pytest.mark.parametrize("lie", FORGED)
def test_a_list_that_was_not_sealed_here_is_not_used(tree: Path, lie: str) -> None:
    first, _ = run(tree)
    store, state = Store(), closures._state(Sources({"tree": tree}))
    entry = store.read(closures.KIND, [state])[state]
    kept = json.loads(entry.body)
    assert _less(kept["text"]) != kept["text"]
    store.write([replace(entry, body=dump(FORGED[lie](state, kept["text"], kept["seal"])))])
    assert run(tree) == (first, True)
    assert run(tree) == (first, False)


def test_nothing_is_kept_of_sources_that_change_meanwhile_or_without_a_key(tree: Path) -> None:
    sources = Sources({"tree": tree})
    kept = closures.recall(Store(), [sources])
    sources.code(["tree.a"], ByValue())
    (tree / "b.py").write_text("import scipy\n")
    kept.keep()
    assert closures._state(sources) not in Store().read(closures.KIND, [closures._state(sources)])
    run(tree)
    (tree.parent / "state" / "verify" / "seal.key").chmod(0o644)
    assert run(tree)[1] and run(tree)[1]
