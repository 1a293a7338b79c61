"""The kernel accepts true certificates of statements about numbers and refuses each tampered one."""

from __future__ import annotations

import json
from typing import Any

from tests.plain_values import contradicts
from tests.verify.kernel.tampering import INSIDE, certificates, judged_reals, renamed
from verify.counterexamples.sampler import Sampler
from verify.kernel import check
from verify.kernel.reals.rules import RULES
from verify.language import logic
from verify.language.json_form import sequent_from_json, term_from_json
from verify.language.rational_functions import raw


def rules_in(x: Any) -> set[str]:
    if isinstance(x, dict):
        own = {x["rule"]} if isinstance(x.get("rule"), str) else set()
        return own.union(*map(rules_in, x.values()))
    return set().union(*map(rules_in, x)) if isinstance(x, list) else set()


def test_the_fuzz_meets_every_rule() -> None:
    assert rules_in(certificates()) == set(RULES)


def test_accepts() -> None:
    for certificate in certificates():
        assert "checked" in check(json.loads(json.dumps(certificate)))


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
    hypotheses = [raw(logic.substitute(h, theta)) for h in sequent.hypotheses]
    return not any(contradicts(theorem, dict(p)) for p in Sampler(kinds, hypotheses).points(25))


def test_every_tampered_field_is_refused_or_still_a_proof() -> None:
    """A change in the proof may leave a proof of the same statement; a changed statement that passes must be true."""
    passed = [text for text, verdict, _ in judged_reals() if verdict == "accepted"]
    for text in passed:
        row = json.loads(text)["theorems"][-1]
        assert statement_holds_on_samples(row), row
    refused = len(judged_reals()) - len(passed)
    assert refused > 20 * len(passed) / 3 > 0, (refused, len(passed))


def test_names_that_the_checker_uses_inside_are_names_like_others() -> None:
    for i, certificate in enumerate(certificates()):
        declared = {name for t in certificate["theorems"] for name, _ in t["variables"]}
        names = dict(zip(sorted(declared), [*INSIDE[i % 4 :], *(f"z{j}" for j in range(99))], strict=False))
        assert "checked" in check(renamed(certificate, names))
