"""Every rule and every reason to refuse has a test; what is read before a rule is applied, and what rules share."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.verify.kernel import (
    test_rules_arithmetic,
    test_rules_citing,
    test_rules_equality,
    test_rules_functions,
    test_rules_integers,
    test_rules_limits,
    test_rules_logic,
    test_rules_roots,
)
from tests.verify.kernel.reals_proofs import EMPTY, KNOWN, REALS, RING, after, cite, limit, node, rows, sturm, theorem
from verify.kernel import Refused, check, reals
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.rules import RULES

SUBJECTS = (
    test_rules_logic,
    test_rules_citing,
    test_rules_equality,
    test_rules_arithmetic,
    test_rules_integers,
    test_rules_functions,
    test_rules_roots,
    test_rules_limits,
)
CASES = {rule: cases for subject in SUBJECTS for rule, cases in subject.CASES.items()}

ALL = ["or", *(["<", "x", str(i)] for i in range(150))]
TWICE = node("either", formula=ALL, proofs=[node("either", formula=ALL, proofs=[KNOWN] * 150)] * 150)
ONCE = node("either", formula=ALL, proofs=[KNOWN] * 150)

# What is read before a rule is applied, and what rules share.
STATED = [
    (theorem(["<=", "x", "x"], KNOWN, variables=[("x", "whole")]), "a variable is a name and a kind"),
    (theorem(["<=", "x", "x"], KNOWN, variables=[("x",)]), "a variable is a name and a kind"),
    (theorem(["<=", "x", "x"], KNOWN, variables=[("x", "real"), ("x", "integer")]), "declared twice"),
    (theorem(["<=", "w", "w"], KNOWN), "a variable is not declared"),
    (theorem(["and"], EMPTY, ["<=", "w", "w"]), "a variable is not declared"),
    (theorem(["limit", "w", "x", "oo", "0"], EMPTY), "a variable is not declared"),
    (theorem(["and"], EMPTY, definitions=[["x"]]), "a definition is a name and a term"),
    (theorem(["and"], EMPTY, definitions=[["n", "1"]]), "a definition names a real variable"),
    (theorem(["and"], EMPTY, definitions=[["w", "1"]]), "a definition names a real variable"),
    (theorem(["and"], EMPTY, definitions=[["x", "w"]]), "a definition names a real variable"),
    (theorem(["and"], EMPTY, definitions=[["x", "1"], ["x", "2"]]), "a name is defined twice"),
    (theorem(["and"], EMPTY, definitions=[["x", ["+", "x", "1"]]]), "itself or a later one"),
    (theorem(["and"], EMPTY, definitions=[["x", ["+", "y", "1"]], ["y", "x"]]), "itself or a later one"),
    (theorem(["and"], EMPTY, definitions=[["x", ["/", "1", "y"]]]), "only a conjunction"),  # y != 0 is left
    (theorem(["==", ["/", "x", "x"], "1"], RING), "the goal is not an equation"),  # and x != 0
    (theorem(["<=", "x", "x"], {"rule": ["known"]}), "names its rule"),
    (theorem(["<=", "x", "x"], node("nothing")), "no rule is called nothing"),
    (theorem(["<", "0", ["+", ["^", "x", "200"], "1"]], sturm(None, None)), "the degree is too large"),
    (theorem(["==", ["^", "x", "401"], "0"], RING), "an exponent is too large"),
    (theorem(["==", ["^", ["^", ["^", "x", "400"], "400"], "400"], "0"], RING), "an exponent is too large"),
    (
        after(theorem(["limit", "x", "x", "0+", "0"], limit()), theorem(["and"], cite("x", "y", "n", "k"))),
        "does not exist",
    ),
]


@pytest.mark.parametrize(("certificate", "reason"), STATED)
def test_statement(certificate: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        check(certificate)
    assert reason in str(refusal.value)


def test_the_number_of_steps_is_bounded() -> None:
    """Also where nobody counts the work of each."""
    run = Checker()
    state, proof, *_ = run.theorem(theorem(["<", "x", "500"], TWICE, ALL, ["<", "x", "500"])["theorems"][0])
    with pytest.raises(Refused, match="the proof is too long"):
        run.prove(state, proof)


def test_statements_without_a_fault_are_accepted() -> None:
    assert "checked" in check(theorem(["<", "x", "500"], ONCE, ALL, ["<", "x", "500"]))
    named = [["x", ["+", "y", "1"]], ["z", ["*", "x", "x"]]]
    variables = [*REALS, ("z", "real")]
    assert "checked" in check(theorem(["==", "z", "z"], KNOWN, variables=variables, definitions=named))
    assert "checked" in check(theorem(["and"], KNOWN, ["!=", "y", "0"], definitions=[["x", ["/", "1", "y"]]]))
    assert "checked" in check(theorem(["<", "0", ["+", ["^", "x", "198"], "1"]], sturm(None, None)))


def test_every_rule_and_every_reason_is_met() -> None:
    assert set(CASES) == set(RULES)
    for rule, cases in CASES.items():
        assert any(reason is None for _, reason in cases), rule
    met = [reason for _, _, reason in rows(CASES) if reason is not None] + [reason for _, reason in STATED]
    met.append("the proof is too long")
    for rule, text in reasons():
        assert any(reason in text or text.strip(". ") in reason for reason in met), (rule, text)


SHARED = ("instance", "cofactors", "meets", "read_theorem", "declared", "defining", "limit_goal", "prove", "step",
          "within", "exp_bounds", "univariate_signs", "derivative", "inverse", "_inverse", "_quotient")  # fmt: skip


def reasons() -> list[tuple[str, str]]:
    """What the rules say where they refuse; a part that is filled in later is left out."""
    out = []
    for path in Path(str(reals.__file__)).parent.rglob("*.py"):
        for f in ast.walk(ast.parse(path.read_text())):
            if isinstance(f, ast.FunctionDef) and (f.name.startswith("rule_") or f.name in SHARED):
                out += [(f.name, said) for call in ast.walk(f) if isinstance(call, ast.Call) for said in said_by(call)]
    assert len(out) > 80
    return out


def said_by(call: ast.Call) -> list[str]:
    """The reason in ``need(condition, reason)`` or ``Refused(reason)``."""
    place = {"need": 1, "Refused": 0}.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if place is None:
        return []
    text = call.args[place]
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return ["".join(str(p.value) if isinstance(p, ast.Constant) else "..." for p in parts)]
