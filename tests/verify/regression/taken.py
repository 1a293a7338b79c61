"""What the lock holds of one claim, as the tests of this folder compare it."""

from __future__ import annotations

from theory.maml_erm import THEORY
from verify.evidence.results import ClaimResult, Evidence
from verify.evidence.run import catalogue
from verify.language.verdict import Verdict
from verify.regression.snapshot import snapshot

CLAIM = catalogue()["T1.inverse"]


def taken(claim=CLAIM, verdict=Verdict.PROVED):
    evidence = Evidence("proof", verdict, "because")
    return snapshot([claim], [ClaimResult(claim.id, claim.title, True, (evidence,), {})], theory=THEORY)
