"""Certificates about vectors become theorems that Coq proves; near misses of their statements do not compile."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from tests.verify.coq.statements import accepts, installed, rules_in
from tests.verify.coq.vectors import CERTIFICATES, NEAR_MISSES
from theory.descent import THEORY
from verify.coq import coqc, lemmas, spaces
from verify.coq.collection import Collection
from verify.coq.exported import self_contained
from verify.coq.spaces.reading import same_statement
from verify.coq.spaces.replay import first_step
from verify.coq.spaces.rules import RULES
from verify.kernel import check
from verify.kernel.reals.certificate import Checker, accepted

CLAIMS = ("GD.contract.short", "SGD.bounded", "SGD.weighted")


@pytest.fixture(scope="module")
def library(home: Path) -> Path:
    """The compiled lemmas about vectors, beside those about numbers."""
    return coqc.prepared(home.parent, (*lemmas.NUMBERS, *spaces.LIBRARY))


def collected(*names: str) -> Collection:
    collection = Collection()
    for name in names:
        check(CERTIFICATES[name][0])
        collection.add(name, CERTIFICATES[name][0])
    assert collection.missing == {}
    return collection


def read_back(data: Any, text: str) -> bool:
    """Whether a text states what a certificate does."""
    checker = Checker()
    accepted(checker, data["numbers"])
    step = first_step(data["theorem"], checker)
    return same_statement(text, step.state.sorts, list(step.state.facts), step.state.goal)


# ---------------------------------------------------------------- what is proved


@installed
def test_theorems_are_accepted_with_the_axioms_of_the_classical_reals(library: Path) -> None:
    collection = collected(*CERTIFICATES)
    found_rules = {rule for data, _ in CERTIFICATES.values() for rule in rules_in(data["theorem"])}
    assert found_rules == set(RULES)
    parts = collection.parts(lambda _, digest: f"P_{digest}")
    found = coqc.compiled(parts, library, 1, lambda one: None)
    assert [one.said for one in found if not one.accepted] == []
    assert {axiom for one in found for axiom in one.axioms} <= coqc.ALLOWED


@pytest.mark.parametrize("name", CERTIFICATES)
def test_an_example_uses_the_rules_that_it_is_for(name: str) -> None:
    data, rules = CERTIFICATES[name]
    assert set(rules_in(data["theorem"])) - {"split", "known"} == set(rules)


# ---------------------------------------------------------------- what is not


@installed
@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_near_miss_of_the_statement_is_refused(library: Path, name: str) -> None:
    *before, theorem = collected(name).found.values()
    statement, separator, proof = theorem.text.partition("\nProof.")
    old, new = NEAR_MISSES[name]
    changed = re.sub(old, new, statement, count=1)
    assert changed != statement
    text = "\n".join([*(p.text for p in before), changed + separator + proof])
    found = accepts(library, text, f"Near_{name.replace(' ', '_')}", spaces.HEAD)
    assert not found.accepted
    assert not found.limited
    assert not re.search("Syntax error|not found in the current environment", found.said), found.said


def test_every_example_has_a_near_miss() -> None:
    assert set(NEAR_MISSES) == set(CERTIFICATES)


# ---------------------------------------------------------------- what a statement says


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_statement_reads_back_as_it_is_and_a_near_miss_does_not(name: str) -> None:
    data = CERTIFICATES[name][0]
    text = list(collected(name).found.values())[-1].text
    assert read_back(data, text)
    old, new = NEAR_MISSES[name]
    assert not read_back(data, re.sub(old, new, text, count=1))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("zero", "(u : V) (v : V)", "(v : V) (u : V)"),
        ("zero", "(u [+] v)", "(u [-] v)"),
        ("zero", "= u)", "= v)"),
        ("lemma", "(c : R)", "(c : V)"),
        ("lemma", "(V : space)", "(V : space) (P : chance V)"),
        ("young", "<=", "<"),
        ("mean", "E P 0", "E P 1"),
        ("mean", "knownv P 1 g ->", ""),
        ("mean", "(g : P -> V)", "(g : V)"),
        ("expect", "almost P (fun w_ => ((X w_) <= (Y w_))) ->", ""),
        ("termwise", "is_int T ->", ""),
        ("termwise", "sums 1 T", "sums 0 T"),
        ("termwise", "is_int t0_ -> ", ""),
        ("general", "(x : R -> V)", "(x : R -> R)"),
        ("general", "(x t0_)", "(x 0)"),
        ("induction", "(0 <= t0_) ->", "(1 <= t0_) ->"),
    ],
)
def test_another_statement_does_not_read_back(name: str, old: str, new: str) -> None:
    data = CERTIFICATES[name][0]
    text = list(collected(name).found.values())[-1].text
    statement, separator, proof = text.partition("\nProof.")
    assert old in statement
    assert not read_back(data, statement.replace(old, new, 1) + separator + proof)


@installed
def test_claims_of_descent_are_accepted(library: Path) -> None:
    from verify.evidence.routes.proof import certificate_of

    collection = Collection()
    for id in CLAIMS:
        collection.add(id, certificate_of(THEORY.stated[id]))
    assert collection.missing == {}
    found = coqc.compiled(collection.parts(lambda _, digest: f"P_{digest}"), library, 1, lambda one: None)
    assert [one.said for one in found if not one.accepted] == []


@installed
def test_a_proof_about_vectors_is_one_file_for_coqc(tmp_path: Path) -> None:
    text = self_contained(CERTIFICATES["mean"][0], "the variance")
    assert "From Verify" not in text
    (tmp_path / "proof.v").write_text(text)
    done = coqc.run(tmp_path, tmp_path / "proof.v")
    assert done.code == 0, done.error
    assert set(coqc.assumed(done.said) or ("nothing was said",)) <= coqc.ALLOWED


def test_what_is_not_translated_is_named() -> None:
    data = copy.deepcopy(CERTIFICATES["zero"][0])
    data["theorem"]["proof"]["proofs"] = [
        {"rule": "moments", "level": "0", "left": "u", "right": "v", "then": data["theorem"]["proof"]["proofs"][0]}
    ]
    check(data)
    collection = Collection()
    collection.add("mine", data)
    assert collection.missing == {"mine": "not translated (moments)"}
