"""Certificates about numbers become theorems that Coq proves; near misses of their statements do not compile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.verify.coq.statements import STATEMENTS, accepts, certificate, installed, rules_in
from theory.maml_erm import THEORY
from verify.coq import coqc
from verify.coq.collection import HEAD, Collection, Part
from verify.coq.exported import self_contained
from verify.coq.reals.rules import RULES
from verify.evidence.routes.proof import certificate_of

# In the statement of a theorem as it is printed: what is replaced, and by what.
NEAR_MISSES = {
    "square": (r"\(2 \* x \* y\)", "(3 * x * y)"),
    "exponential": (r"<=", "<"),
    "quotient": (r"\(0 < x\) ->", ""),
    "interval": (r"\(1 / 4\)", "(1 / 5)"),
    "cubic": (r"\(0 <= x\) ->", "((-3) <= x) ->"),
    "integers": (r"is_int n ->", ""),
    "value": (r"3 / 2", "7 / 5"),
    "slope": (r"\(1 / 2\)|/ 2\)", "/ 1)"),
    "no root": (r"1 / 2", "2 / 5"),
    "residue": (r"2", "1"),
}


# Claims of the theory whose certificates use the other rules.
CLAIMS = ("OPT.condition.third", "N4.classes", "L2.not_attained", "ORD.imaml.weak", "L0")


def collected(*names: str) -> Collection:
    collection = Collection()
    for name in names:
        collection.add(name, certificate(name), STATEMENTS[name][0])
    return collection


@installed
def test_theorems_are_accepted_with_the_axioms_of_the_classical_reals(home: Path) -> None:
    collection = collected(*STATEMENTS)
    assert collection.missing == {}
    for id in CLAIMS:
        collection.add(id, certificate_of(THEORY.stated[id]))
    found_rules = {rule for name in STATEMENTS for rule in rules_in(certificate(name)["theorems"])}
    found_rules |= {rule for id in CLAIMS for rule in rules_in(certificate_of(THEORY.stated[id])["theorems"])}
    assert found_rules == set(RULES) - {"congruent", "induction"}
    parts = collection.parts(lambda _, digest: f"P_{digest}")
    found = coqc.compiled(parts, home, 1, lambda one: None)
    assert [one.said for one in found if not one.accepted] == []
    assert {axiom for one in found for axiom in one.axioms} <= coqc.ALLOWED
    again = coqc.compiled(parts, home, 1, lambda one: None)
    assert all(one.kept for one in again)


@installed
@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_near_miss_of_the_statement_is_refused(home: Path, name: str) -> None:
    old, new = NEAR_MISSES[name]
    (theorem,) = list(collected(name).found.values())[-1:]
    statement, separator, proof = theorem.text.partition("\nProof.")
    changed = re.sub(old, new, statement, count=1)
    assert changed != statement
    before = [p.text for p in list(collected(name).found.values())[:-1]]
    found = accepts(home, "\n".join([*before, changed + separator + proof]), f"Near_{name}")
    assert not found.accepted
    assert not found.limited
    assert "Syntax error" not in found.said


@installed
def test_an_axiom_of_ones_own_is_seen(home: Path) -> None:
    text = "Axiom mine : forall x : R, 0 <= x.\nTheorem t : 0 <= -1.\nProof. apply mine. Qed."
    part = Part("Own_axiom", f"{HEAD}{text}\nDefinition all_of_this_file := (t, I).\n", (), ())
    (found,) = coqc.compiled([part], home, 1, lambda one: None)
    assert found.accepted
    assert found.foreign == ["mine"]


@installed
def test_a_proof_is_one_file_for_coqc(tmp_path: Path) -> None:
    text = self_contained(certificate("square"), "x^2 + y^2 >= 2*x*y")
    assert "From Verify" not in text
    (tmp_path / "proof.v").write_text(text)
    done = coqc.run(tmp_path, tmp_path / "proof.v")
    assert done.code == 0, done.error
    assert set(coqc.assumed(done.said) or ("nothing was said",)) <= coqc.ALLOWED
