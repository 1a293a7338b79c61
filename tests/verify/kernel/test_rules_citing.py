"""Rules of axioms and citations: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import LEMMA, POSITIVE, Cases, after, axiom, cite, rows, theorem, tried

CASES: Cases = {
    "axiom": [
        (theorem(["<=", ["+", "1", "x"], ["exp", "x"]], axiom("exp tangent", "x")), None),
        (theorem(["<=", ["+", "n", "1"], "k"], axiom("gap", "n", "k"), ["<", "n", "k"]), None),
        (
            theorem(
                ["<=", ["+", ["^", "2", "n"], "1"], "k"],
                axiom("gap", ["^", "2", "n"], "k"),
                ["<", ["^", "2", "n"], "k"],
                ["<=", "0", "n"],
            ),
            None,
        ),
        (
            theorem(
                ["<=", ["+", ["^", "2", "n"], "1"], "k"],
                axiom("gap", ["^", "2", "n"], "k"),
                ["<", ["^", "2", "n"], "k"],
            ),
            "about integers",
        ),
        (theorem(["<=", ["+", "x", "1"], "k"], axiom("gap", "x", "k"), ["<", "x", "k"]), "about integers"),
        (theorem(["<=", ["+", "n", "1"], "k"], axiom("gap", "n", "k"), ["<=", "n", "k"]), "is not known"),
        (theorem(["==", ["exp", ["log", "x"]], "x"], axiom("exp log", "x"), ["<=", "0", "x"]), "is not known"),
        (theorem(["and"], axiom("nonsense")), "no such axiom"),
        (theorem(["and"], axiom(["gap"])), "no such axiom"),
        (theorem(["and"], axiom("exp tangent")), "wrong number of terms"),
    ],
    "cite": [
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x", "n"), POSITIVE)), None),
        (
            after(
                LEMMA,
                theorem(["<", "0", ["*", "2", "x"]], cite("x", ["/", ["*", "n", ["+", "n", "1"]], "2"]), POSITIVE),
            ),
            None,
        ),
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x", "n"), ["<=", "0", "x"])), "a hypothesis of"),
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x", "y"), POSITIVE)), "needs an integer term"),
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x"), POSITIVE)), "one term for each variable"),
        (theorem(["<", "0", ["*", "2", "x"]], cite("x", "n"), POSITIVE), "does not exist"),
        (theorem(["==", "0", "1"], cite(name="t"), variables=[]), "does not exist"),  # not itself
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)
