"""The examination by PEPit's examples: its entries are well-formed, and what they say of their parameters is true."""

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from verify.language.evaluation import evaluate, holds
from verify.language.parser import parse_statement
from verify.spaces.reading import plain

FOLDER = Path(__file__).parents[3] / "benchmarks"


def entries_module():
    spec = importlib.util.spec_from_file_location("pep_entries", FOLDER / "pep_entries.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["pep_entries"] = module
    spec.loader.exec_module(module)
    return module


pep = entries_module()
TRUE, FALSE, FILES = (pep.load(name) for name in ("pep_examples", "pep_false", "pep_files"))
KEYS = {"id", "file", "function", "steps", "statement", "assume", "parameters", "rate", "normaliser", "call", "expect"}
MAY = {"also", "roots", "rate_from", "note"}
FALSE_KEYS = {
    "id",
    "of",
    "file",
    "function",
    "steps",
    "statement",
    "assume",
    "changed",
    "point",
    "claimed",
    "call",
    "pepit",
}
NEAR = Fraction(1, 10**9)  # what an equation of an irrational parameter is compared to; roots are known to 40 digits


def test_there_are_enough_of_them_and_all_files_are_named():
    assert len(TRUE) >= 160 and len(FALSE) >= 200 and len(FILES) == 97
    ids = [e["id"] for e in TRUE + FALSE]
    assert len(set(ids)) == len(ids)
    stated = {f for e in TRUE for f in (e["file"], *e.get("also", []))}
    assert stated == {f["file"] for f in FILES if "steps" in f} and len(stated) >= 80
    assert all(f.get("why not") for f in FILES if "steps" not in f)


@pytest.mark.parametrize("half", ["true", "false"])
def test_entries_are_complete_and_read(half):
    for e in TRUE if half == "true" else FALSE:
        if half == "true":
            assert set(e) >= KEYS and set(e) <= KEYS | MAY, e["id"]
            assert len(e["parameters"]) == 5 and e["expect"] in ("tight", "upper"), e["id"]
        else:
            assert set(e) - {"roots"} == FALSE_KEYS, e["id"]
        assert set(e["call"]) >= {"n"} or e["steps"] == 1, e["id"]
        plain.claim(e["statement"], e["assume"])


def broken(e, point):
    """The conditions of an entry that do not hold at a point."""
    at = pep.values(point, e.get("roots", {}))
    found = []
    for text in pep.conditions({**e, "parameters": [point]}):
        read = parse_statement(text)
        if e.get("roots") and " == " in text:
            good = abs(float(evaluate(read.lhs, at)) - float(evaluate(read.rhs, at))) < NEAR
        else:
            good = holds(read, at)
        if not good:
            found.append(text)
    return found


def test_the_points_satisfy_the_conditions_on_the_parameters():
    tried = 0
    for e in TRUE:
        for point in e["parameters"]:
            assert not broken(e, point), (e["id"], point)
            tried += len(pep.conditions(e))
    assert tried > 1000


def test_a_point_outside_is_noticed():
    entry = next(e for e in TRUE if e["id"] == "gradient-descent-1")
    assert broken(entry, {"L": "1", "gamma": "2"}) == ["gamma <= 1/L"]


def test_false_variants_claim_less_than_pepit_finds_at_a_point_inside():
    for e in FALSE:
        at = pep.values(e["point"], e.get("roots", {}))
        claimed = float(pep.term(e["claimed"], at))
        assert not broken({**e, "parameters": [e["point"]]}, e["point"]), e["id"]
        assert e["pepit"] > claimed + 1e-3 * abs(claimed), e["id"]
        original = next(t for t in TRUE if t["id"] == e["of"])
        assert (e["statement"], e["assume"]) != (original["statement"], original["assume"])
