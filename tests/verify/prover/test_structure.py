"""The shape of the prover: no circle of files, every method documented, in the table and tested."""

import ast
import re
from pathlib import Path

import pytest

import verify.prover
from verify.prover.table import TABLE

ROOM = Path(verify.prover.__file__).parent
TACTICS = sorted(p for p in (ROOM / "tactics").glob("*.py") if p.stem != "__init__")
HELPERS = {
    "bounds",
    "mean_bounds",
    "sign_facts",
    "gram_sdp",
    "newton_polytope",
    "squares_problem",
    "ball_enclosure",
    "existence",
}  # asked by others
TESTS = Path(__file__).parent / "tactics"


def imported(source: str) -> set[str]:
    """Every module that some text imports, also inside functions and for types only."""
    out = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            out |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            out |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return out


def graph() -> dict[str, set[str]]:
    files = {".".join(p.relative_to(ROOM.parent.parent).with_suffix("").parts): p for p in ROOM.rglob("*.py")}
    files = {name: p for name, p in files.items() if not name.endswith("__init__")}
    return {name: imported(p.read_text(encoding="utf-8")) & set(files) for name, p in files.items()}


def circle(edges: dict[str, set[str]]) -> list[str] | None:
    """Files that import each other in a circle, or None."""
    left = dict(edges)
    while left:
        leaves = [name for name, uses in left.items() if not uses & set(left)]
        if not leaves:
            return sorted(left)
        for name in leaves:
            del left[name]
    return None


def test_no_file_imports_itself_by_way_of_others():
    assert circle(graph()) is None
    assert circle({**graph(), "verify.prover.tactic": {"verify.prover.search"}}) is not None


def test_imports_are_seen_wherever_they_stand():
    hidden = "if TYPE_CHECKING:\n    from a import b\ndef f():\n    import c"
    assert imported(hidden) == {"a", "a.b", "c"}


def test_tactics_do_not_know_the_search():
    edges = graph()
    above = {"verify.prover.search", "verify.prover.table", "verify.prover.api"}
    assert len(TACTICS) > 40
    for path in TACTICS:
        assert not edges[f"verify.prover.tactics.{path.stem}"] & above, path.stem
    assert edges["verify.prover.api"] >= {"verify.prover.search", "verify.prover.table"}


@pytest.mark.parametrize("path", TACTICS, ids=lambda p: p.stem)
def test_every_method_says_what_it_does_where_it_stops_and_where_it_is_from(path):
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text and re.search(r"\bSource: ", text) and re.search(r"\b[Ss]tops\b|A helper of", text)


def test_every_method_is_in_the_table_or_a_helper_and_has_a_test():
    files = {path.stem for path in TACTICS}
    assert set(TABLE.names) - {"cleared_facts"} == files - HELPERS  # cleared_denominators has two rows
    tested = {path.stem.removeprefix("test_") for path in TESTS.glob("test_*.py")}
    assert tested == files


def test_a_method_can_be_left_out_by_its_name_alone():
    assert "farkas" in TABLE.without("farkas").left_out
    with pytest.raises(KeyError, match="no such tactic: farkash"):
        TABLE.without("farkash")


def test_no_file_is_long():
    lengths = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in ROOM.rglob("*.py")}
    assert max(lengths.values()) <= 420, lengths
