"""The checker accepts true certificates, refuses each tampered one, and needs nothing but the standard library."""

from __future__ import annotations

import ast
import copy
import json
import random
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.plain_values import contradicts
from theory.maml_erm import THEORY
from verify.counterexamples.sampler import Sampler
from verify.evidence.routes.proof import certificate_of
from verify.kernel import checker
from verify.kernel.checker import Refused, check
from verify.language import logic
from verify.language.definedness import term_defined, whole_when
from verify.language.json_form import sequent_from_json, term_from_json
from verify.language.parser import parse_problem
from verify.prover import prove
from verify.runtime.budget import SECOND

STATEMENTS = [
    ("x/(1+x) < y/(1+y)", ["0 < x", "x < y"]),
    ("x^2 + y^2 >= 2*x*y", []),
    ("x^3 - 3*x - 1 > 0", ["x > 2"]),
    ("abs(x) >= x", []),
    ("n >= 1", ["n integer", "n > 0"]),
    ("x + y <= 3", ["2*x + 3*y <= 6", "x >= 0", "y >= 0"]),
    ("x^4 == 1", ["x^2 == 1"]),
    ("(1-p)*e/(p*h) > 0", ["0 < h", "h < e", "0 < p", "p < 1"]),
    ("sqrt(2) < 3/2", []),
    ("min(x, y, z) <= y", []),
    ("log(x) <= x - 1", ["x > 0"]),
    ("6^n == 2^n*3^n", ["n integer"]),
    ("exp(x) >= 1 + x + x^2/2", ["x >= 0"]),
    ("2^n >= n + 1", ["n integer", "n >= 0"]),
    ("x^5 - x + 1 > 0", ["x >= 0"]),
    ("x^2 >= 1", ["x <= -1 or x >= 1"]),
    ("x^2 + y^2 != 4*k + 3", ["x, y, k integer"]),
]
INSIDE = (
    "goal",
    "self",
    "state",
    "kinds",
    "facts",
    "formulas",
    "new",
    "then",
    "rule",
    "spend",
    "limit",
    "exp",
    "theta",
)
MOST_PLACES = 120  # of one certificate
CLAIMS = ("P.kappa", "L2", "L2.not_attained", "L0")


def certificates() -> list[dict[str, Any]]:
    out = []
    for goal, hypotheses in STATEMENTS:
        outcome = prove(parse_problem(goal, hypotheses), work=5 * SECOND)
        assert outcome.certificate is not None, goal
        out.append(outcome.certificate)
    return out + [certificate_of(THEORY.stated[name]) for name in CLAIMS]


def rules_in(x: Any) -> set[str]:
    if isinstance(x, dict):
        own = {x["rule"]} if isinstance(x.get("rule"), str) else set()
        return own.union(*map(rules_in, x.values()))
    return set().union(*map(rules_in, x)) if isinstance(x, list) else set()


def test_the_fuzz_meets_every_rule(accepted: list[dict[str, Any]]) -> None:
    assert rules_in(accepted) == set(checker.RULES)


@pytest.fixture(scope="module")
def accepted() -> list[dict[str, Any]]:
    return certificates()


def test_imports_only_the_standard_library() -> None:
    tree = ast.parse(Path(checker.__file__).read_text())
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(n.split(".")[0] in sys.stdlib_module_names for n in names), names


def test_runs_alone(tmp_path: Path, accepted: list[dict[str, Any]]) -> None:
    alone = tmp_path / "alone.py"
    alone.write_text(Path(checker.__file__).read_text())
    good, bad, junk = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "junk.json"
    good.write_text(json.dumps(accepted[0]))
    bad.write_text(json.dumps({**accepted[0], "schema": 2}))
    junk.write_text("{")
    codes = [
        subprocess.run([sys.executable, "-I", alone, f], capture_output=True).returncode for f in (good, bad, junk)
    ]
    assert codes == [0, 1, 2]


def test_accepts(accepted: list[dict[str, Any]]) -> None:
    for certificate in accepted:
        assert "checked" in check(json.loads(json.dumps(certificate)))


def variants(x: Any) -> list[Any]:
    """Other values for one place of a certificate."""
    if isinstance(x, str):
        out: list[Any] = [x + "x", "", None]
        if x.isidentifier():  # names that the checker uses inside
            out += [INSIDE[len(x) % len(INSIDE)], INSIDE[ord(x[0]) % len(INSIDE)]]
        if re.fullmatch(r"-?\d+(/\d+)?", x):
            out += [str(Fraction(x) + 1), str(-Fraction(x)), str(Fraction(x) / 2)]
        swaps = {
            "<": "<=",
            "<=": "<",
            ">": ">=",
            ">=": ">",
            "==": "!=",
            "!=": "==",
            "real": "integer",
            "integer": "real",
        }
        swaps |= {"oo": "0+", "0+": "oo", "+": "*", "*": "+", "and": "or", "or": "and", "yes": "no", "x": "y", "y": "x"}
        return [*out, *([swaps[x]] if x in swaps else [])]
    if isinstance(x, list):
        return [[], x[:-1], x[::-1], [*x, *x[-1:]], None]
    if isinstance(x, dict):
        return [
            {},
            {**x, "extra": "1"},
            {**x, "self": "1", "goal": ["and"]},
            *[{k: v for k, v in x.items() if k != name} for name in x],
        ]
    return [0, 1, "1", [], True] if x is not True else [False]


def places(x: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    out = [path]
    for key in x if isinstance(x, dict) else range(len(x)) if isinstance(x, list) else ():
        out += places(x[key], (*path, key))
    return out


def tampered(certificate: dict[str, Any], path: tuple[Any, ...]) -> list[Any]:
    spot: Any = certificate
    for key in path:
        spot = spot[key]
    out = []
    for value in variants(spot):
        if value == spot:
            continue
        if not path:
            out.append(value)
            continue
        other = copy.deepcopy(certificate)
        parent: Any = other
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = value
        out.append(other)
    return out


def statement_holds_on_samples(theorem: dict[str, Any]) -> bool:
    """Whether no sample point contradicts the statement of an accepted theorem; a limit is looked at from nearby.

    The points satisfy the hypotheses if the package finds such; the values come from code that is not the package's.
    """
    goal = theorem["goal"] if theorem["goal"][0] != "limit" else ["and"]
    sequent = sequent_from_json({**theorem, "goal": goal})
    theta: dict[str, logic.Term] = {}
    for name, value in theorem["definitions"]:
        theta[name] = logic.substitute_term(term_from_json(value), theta)
    kinds = {name: kind for name, kind in sequent.variables if name not in theta}
    hypotheses = [_raw(logic.substitute(h, theta)) for h in sequent.hypotheses]
    return not any(contradicts(theorem, dict(p)) for p in Sampler(kinds, hypotheses).points(25))


def _raw(f: logic.Formula) -> Any:
    from verify.language.rational_functions import raw

    return raw(f)


def test_every_tampered_field_is_refused_or_still_a_proof(accepted: list[dict[str, Any]]) -> None:
    """A change in the proof may leave a proof of the same statement; a changed statement that passes must be true."""
    refused = passed = 0
    for certificate in accepted:
        found = places(certificate)
        for path in found[:: 1 + len(found) // MOST_PLACES]:
            for other in tampered(certificate, path):
                try:
                    check(other)
                except Refused:
                    refused += 1
                    continue
                passed += 1
                assert statement_holds_on_samples(other["theorems"][-1]), (path, other["theorems"][-1])
    assert refused > 20 * passed / 3, (refused, passed)


def renamed(x: Any, names: dict[str, str]) -> Any:
    """A certificate with other names for its variables; operators and rules stand where no name can."""
    if isinstance(x, dict):
        return {k: v if k in ("rule", "id", "name", "theorem") else renamed(v, names) for k, v in x.items()}
    if isinstance(x, list):
        head = x[:1] if x and isinstance(x[0], str) and x[0] not in names else [renamed(y, names) for y in x[:1]]
        return [*head, *(renamed(y, names) for y in x[1:])]
    return names.get(x, x) if isinstance(x, str) else x


def test_names_that_the_checker_uses_inside_are_names_like_others(accepted: list[dict[str, Any]]) -> None:
    for i, certificate in enumerate(accepted):
        declared = {name for t in certificate["theorems"] for name, _ in t["variables"]}
        names = dict(zip(sorted(declared), [*INSIDE[i % 4 :], *(f"z{j}" for j in range(99))], strict=False))
        assert "checked" in check(renamed(certificate, names))


@pytest.mark.parametrize(
    "junk",
    [None, 1, "x", [], {}, {"schema": 1}, {"schema": 1, "theorems": []}, {"schema": True, "theorems": [{}]},
     {"schema": 1, "theorems": [None]}, {"schema": 1, "theorems": [{"id": []}]}, {"schema": 1, "theorems": {"a": 1}}],
)  # fmt: skip
def test_malformed_is_refused(junk: Any) -> None:
    with pytest.raises(Refused):
        check(junk)


def theorem(
    goal: Any, proof: Any, hypotheses: Any = (), variables: Any = (("x", "real"), ("y", "real"))
) -> dict[str, Any]:
    data = {"id": "t", "variables": [list(v) for v in variables], "hypotheses": list(hypotheses), "definitions": [],
            "goal": goal, "proof": proof}  # fmt: skip
    return {"schema": 1, "theorems": [data]}


KNOWN = {"rule": "known"}
RING = {"rule": "ring", "cofactors": []}


@pytest.mark.parametrize(
    ("goal", "proof"),
    [
        (["==", ["/", "x", "x"], "1"], {"rule": "split", "proofs": [KNOWN, RING]}),
        (["==", ["/", "x", "x"], "1"], RING),
        (["<", "0", ["^", "x", "2"]], {"rule": "sign", "factors": [["x", "2"]]}),
        (["<=", "0", "x"], {"rule": "sign", "factors": [["x", "1"]]}),
        (["<=", "0", ["/", "1", ["/", "1", "x"]]], {"rule": "sign", "factors": [["x", "1"]]}),
        (["<", "x", "y"], {"rule": "psatz", "terms": [["1", [["<", "x", "y"]], "1"]], "cofactors": []}),
        (["<", "x", "y"], {"rule": "have", "formula": ["<", "x", "y"], "proof": KNOWN, "then": KNOWN}),
        (["<", "x", "y"], {"rule": "sturm", "variable": "x", "lower": None, "upper": None}),
        (["<=", "0", ["^", "x", "3"]], {"rule": "sturm", "variable": "x", "lower": None, "upper": None}),
        (["==", "x", "y"], {"rule": "rewrite", "left": "x", "right": "y", "then": KNOWN}),
        (["<", "0", ["log", "x"]], {"rule": "axiom", "name": "log less", "terms": ["1", "x"], "then": KNOWN}),
        (
            ["==", ["^", ["sqrt", "x"], "2"], "x"],
            {"rule": "axiom", "name": "sqrt square", "terms": ["x"], "then": KNOWN},
        ),
        (["<=", "x", "0"], {"rule": "bound", "variable": "x", "lower": None, "upper": "0", "new": "t", "then": KNOWN}),
        (["<=", "0", "x"], {"rule": "induction", "variable": "x", "start": "0", "base": KNOWN, "step": KNOWN}),
        (
            ["limit", ["/", "x", ["+", "x", "1"]], "x", "oo", "2"],
            {"rule": "limit", "proof": {"rule": "split", "proofs": []}},
        ),
        (["<=", "0", "x"], {"rule": "define", "new": "y", "term": "x", "then": KNOWN}),
    ],
)
def test_false_statements_are_refused(goal: Any, proof: Any) -> None:
    with pytest.raises(Refused):
        check(theorem(goal, proof))


def test_numbers_and_depth_are_bounded() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = ["-", deep]
    tower: Any = "2"
    for _ in range(20):
        tower = ["^", tower, "400"]
    for t in (deep, tower, "9" * 10_000, "2/4", "1.5", "+1", "１"):
        with pytest.raises(Refused):
            check(theorem(["==", t, "0"], RING))


def test_limit() -> None:
    goal = ["limit", ["/", "x", ["+", "x", "y"]], "x", "oo", "1"]
    proof = {"rule": "limit", "proof": {"rule": "sign", "factors": [["-1", "1"]]}}
    assert "checked" in check(theorem(goal, proof))


def test_citing_needs_the_hypotheses() -> None:
    lemma = {
        "id": "lemma",
        "variables": [["a", "real"]],
        "hypotheses": [["<", "0", "a"]],
        "definitions": [],
        "goal": ["<", "0", ["*", "2", "a"]],
        "proof": {"rule": "sign", "factors": [["2", "1"], ["a", "1"]]},
    }
    cite = {"rule": "cite", "theorem": "lemma", "terms": ["x"], "then": KNOWN}
    main = theorem(["<", "0", ["*", "2", "x"]], cite, [["<", "0", "x"]])["theorems"][0]
    assert "2 theorems" in check({"schema": 1, "theorems": [lemma, main]})
    with pytest.raises(Refused):
        check({"schema": 1, "theorems": [lemma, {**main, "hypotheses": [["<=", "0", "x"]]}]})
    with pytest.raises(Refused):
        check({"schema": 1, "theorems": [main, lemma]})


def test_definitions_must_be_defined() -> None:
    data = theorem(["==", "y", "y"], {"rule": "split", "proofs": [KNOWN, KNOWN]})
    data["theorems"][0]["definitions"] = [["y", ["/", "1", "x"]]]
    with pytest.raises(Refused):
        check(data)
    data["theorems"][0]["hypotheses"] = [["<", "0", "x"]]
    assert "checked" in check(data)


@pytest.mark.parametrize("lower, upper, accepted", [("1", "3", True), ("0", "-3", False), ("3", "1", False)])
def test_numeric_bounds_have_their_sign(lower, upper, accepted):
    """sqrt(4) <= -3 must not follow from 4 <= (-3)^2."""
    bounds = {"rule": "numeric", "term": ["sqrt", "4"], "lower": lower, "upper": upper, "then": {"rule": "known"}}
    certificate = {
        "schema": 1,
        "theorems": [
            {
                "id": "main",
                "variables": [],
                "hypotheses": [],
                "definitions": [],
                "goal": ["<=", ["sqrt", "4"], upper],
                "proof": bounds,
            }
        ],
    }
    if accepted:
        checker.check(certificate)
    else:
        with pytest.raises(checker.Refused):
            checker.check(certificate)


SUM_OF_SQUARES = ["+", ["^", "x", "2"], ["^", "y", "2"]]


@pytest.mark.parametrize(
    ("right", "modulus", "kinds", "accepted"),
    [
        (["+", ["*", "4", "k"], "3"], "4", ("integer", "integer", "integer"), True),
        (["+", ["*", "2", "k"], "3/2"], "4", ("integer", "integer", "integer"), True),  # 2 x^2 + 2 y^2 == 4 k + 3
        (["+", ["*", "4", "k"], "3"], "4", ("integer", "integer", "real"), False),  # k = 1/2: a multiple of 4 k
        (["+", ["*", "4", "k"], "3"], "4", ("integer", "real", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "2", ("integer", "integer", "integer"), False),  # 1 + 0 == 1
        (["+", ["*", "4", "k"], "3"], "12", ("integer", "integer", "integer"), True),
        (["+", ["*", "4", "k"], "2"], "4", ("integer", "integer", "integer"), False),  # 1 + 1 == 2
        (["+", ["*", "4", "k"], "3"], "1", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "0", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "-4", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "7/2", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "401", ("integer", "integer", "integer"), False),  # too many residues
        (["/", "3", "k"], "4", ("integer", "integer", "integer"), False),  # not a polynomial
        (["+", ["sqrt", "k"], "3"], "4", ("integer", "integer", "integer"), False),
    ],
)
def test_residues(right: Any, modulus: str, kinds: tuple[str, ...], accepted: bool) -> None:
    equation = ["==", SUM_OF_SQUARES, right]
    proof = {"rule": "residues", "equation": equation, "modulus": modulus}
    variables = list(zip(("x", "y", "k"), kinds, strict=True))
    known = theorem(["<", "x", "x"], proof, [equation], variables)
    if accepted:
        assert "checked" in check(known)
    else:
        with pytest.raises(Refused):
            check(known)
    with pytest.raises(Refused):
        check(theorem(["<", "x", "x"], proof, [], variables))


# ---------------------------------------------------------------- the language and the checker

INTEGERS = frozenset(("m", "n"))
KINDS = {"m": "integer", "n": "integer", "x": "real", "y": "real"}


def random_term(rng: random.Random, depth: int) -> logic.Term:
    if depth == 0 or rng.random() < 0.2:
        name = rng.choice("mnxy")
        return rng.choice((logic.Var(name), logic.num(rng.choice(("0", "1", "2", "-1", "3", "1/2", "-1/3", "6")))))
    op = rng.choice(("+", "*", "-", "/", "^", "^", "^", "sqrt", "exp", "log", "abs", "min", "max", "+", "*"))
    count = {"-": 1, "/": 2, "^": 2, "sqrt": 1, "exp": 1, "log": 1, "abs": 1}.get(op) or rng.choice((2, 3))
    return logic.App(op, tuple(random_term(rng, depth - 1) for _ in range(count)))


def test_the_language_and_the_checker_agree_on_what_is_defined() -> None:
    rng = random.Random(1)
    whole = dict.fromkeys(("none", "always", "sometimes"), 0)
    for _ in range(20_000):
        t = random_term(rng, rng.choice((1, 2, 3, 4)))
        stated = [checker.normal(_raw(f)) for f in term_defined(t, INTEGERS)]
        assert stated == [checker.normal(f) for f in checker.term_conditions(_raw(t), KINDS)], str(t)
        one, other = whole_when(t, INTEGERS), checker.whole_when(_raw(t), KINDS)
        assert (one is None) == (other is None) and [_raw(f) for f in one or ()] == (other or []), str(t)
        whole["none" if one is None else "sometimes" if one else "always"] += 1
    assert min(whole.values()) > 200, whole


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("n", []), ("7", []), ("n^2", []), ("n*(n+1)/2", []), ("n^2/2 + n/2", []), ("(n^5 - n)/30", []),
        ("m*n*(m+n)/2", []), ("2^n", ["0 <= n"]), ("2^(n^2)", ["0 <= n^2"]), ("2^m + 3^n", ["0 <= m", "0 <= n"]),
        ("abs(min(m, n))", []),
        ("n*(n+1)/3", None), ("n/2", None), ("1/n", None), ("n^(-1)", None), ("x", None), ("x^2", None),
        ("x - x", None), ("1/2", None), ("sqrt(4)", None), ("2^x", None), ("x*(x+1)/2", None),
    ],
)  # fmt: skip
def test_whole(text: str, conditions: list[str] | None) -> None:
    integers = ["m, n integer"]
    t = parse_problem(f"{text} == 0", [i for i in integers if "n" in text.replace("sin", "") or "m" in text]).goal.lhs
    wanted = None if conditions is None else [parse_problem(c, []).goal for c in conditions]
    assert whole_when(t, INTEGERS) == wanted
    raw = checker.whole_when(_raw(t), KINDS)
    assert raw == (None if wanted is None else [_raw(c) for c in wanted])
