"""Every use of a rule that the kernel's tests accept becomes a theorem that Coq proves; near misses are refused."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.verify.coq.statements import accepts, installed, rules_in
from tests.verify.coq.written import CUBIC, TRIANGLE, gap, whole_power
from tests.verify.kernel.reals_proofs import FALSE, psatz, theorem
from verify.coq import coqc
from verify.coq.collection import Collection
from verify.coq.reals.rules import RULES
from verify.kernel import check
from verify.kernel.reals.rules import RULES as KERNEL_RULES

ROOMS = ("arithmetic", "citing", "equality", "functions", "integers", "limits", "logic", "roots")
WRITTEN = {"whole": gap(TRIANGLE), "whole in two": gap(CUBIC), "whole power": whole_power()}


def uses() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Certificates that are accepted, each with a name and the rule that it is about."""
    for room in ROOMS:
        for rule, cases in importlib.import_module(f"tests.verify.kernel.test_rules_{room}").CASES.items():
            for i, (certificate, reason) in enumerate(cases):
                if reason is None:
                    yield f"{rule} {i}", rule, certificate


def of(certificate: Mapping[str, Any]) -> Collection:
    collection = Collection()
    collection.add("t", certificate)
    assert collection.missing == {}
    return collection


@installed
def test_coq_proves_what_the_kernel_accepts(home: Path) -> None:
    collection = Collection()
    for name, _, certificate in uses():
        collection.add(name, certificate)
    for name, certificate in WRITTEN.items():
        assert "checked" in check(dict(certificate))
        collection.add(name, certificate)
    assert collection.missing == {}
    assert {rule for _, _, c in uses() for rule in rules_in(c["theorems"])} == set(RULES) == set(KERNEL_RULES)
    found = coqc.compiled(collection.parts(lambda _, digest: f"P_{digest}"), home, 1, lambda one: None)
    assert [one.said for one in found if not one.accepted] == []
    assert {axiom for one in found for axiom in one.axioms} <= coqc.ALLOWED


def test_what_is_not_translated_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES, "irrational")
    collection = Collection()
    asked = {name: certificate for name, rule, certificate in uses() if rule == "irrational"}
    for name, certificate in asked.items():
        collection.add(name, certificate)
    assert asked and collection.missing == dict.fromkeys(asked, "not translated (irrational)")


# A certificate, and what is replaced in the statement of its last theorem, by what.
NEAR_MISSES: dict[str, tuple[str, str, str]] = {
    "congruent, of another number": ("congruent", r"\(exp y\)", "(exp n)"),
    "congruent, of what is not equal": ("congruent", r"\(y = x\)", "(y <= x)"),
    "induction from another number": ("induction", r"\(0 <= n\) ->", "((-1) <= n) ->"),
    "induction over real numbers": ("induction", r"is_int n ->", "n = n ->"),
    "a third of a product": ("whole", r"/ 2\)", "/ 3)"),
    "a root that is whole": ("irrational", r"\(2 \*", "(4 *"),
    "a root of a real number": ("irrational", r"is_int k ->", "k = k ->"),
    "a divisor that may be zero": ("irrational", r"\(n <> 0\)", "(n = n)"),
    "half of a cube": ("whole in two", r"\(1 / 6\)", "(1 / 2)"),
    "an exponent that is not whole": ("whole power", r"\(0 <= n\) ->", "((-1) <= n) ->"),
    "a negative base": ("whole power", r"\(0 <= x\) ->", "((-1) <= x) ->"),
}


@installed
@pytest.mark.parametrize("case", NEAR_MISSES)
def test_a_near_miss_is_refused(home: Path, case: str) -> None:
    which, old, new = NEAR_MISSES[case]
    certificate = WRITTEN.get(which) or next(c for _, rule, c in uses() if rule == which)
    (printed,) = of(certificate).found.values()
    statement, separator, proof = printed.text.partition("\nProof.")
    changed = re.sub(old, new, statement)
    assert changed != statement, statement
    found = accepts(home, changed + separator + proof, f"Near_{re.sub('[^a-z]', '_', case)}")
    assert not found.accepted
    assert not found.limited
    assert "Syntax error" not in found.said


def test_a_sum_with_fractions_is_one_over_the_integers() -> None:
    below, above = ["<", "x", "0"], ["<=", "0", "x"]
    certificate = theorem(FALSE, psatz(["1/3", [below], "1"], ["1/3", [above], "1"]), below, above)
    assert "checked" in check(certificate)
    (printed,) = of(certificate).found.values()
    assert "by (ring)" in printed.text and "field" not in printed.text and "/ 3" not in printed.text
