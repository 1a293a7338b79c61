"""The corpora through the prover: nothing decided wrongly, and most of it decided."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from verify.counterexamples.witness import counterexample_at
from verify.kernel import check
from verify.language.parser import parse_problem
from verify.prover import EmptyDomain
from verify.prover.api import at_point
from verify.prover.process import prove_with_timeout
from verify.runtime.budget import SECOND

WORK, WORKERS = SECOND * 6 // 10, 2
WANTED = {"true": "proved", "false": "refuted", "empty": "empty"}
# Work is counted, so that load does not matter. When the floors were set, 79 % of the true corpus were decided; below
# them something broke.
FLOOR = {"true": 0.65, "false": 0.85, "empty": 0.55}


def entries(name):
    text = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def verdict(entry):
    sequent = parse_problem(entry["statement"], entry.get("assume", []))
    try:
        outcome = prove_with_timeout(sequent, work=WORK)
    except EmptyDomain:
        return "empty"
    if outcome.certificate is not None:
        check(outcome.certificate)
    if outcome.verdict.key == "refuted":
        assert outcome.witness is not None
        if outcome.certificate is None:
            assert counterexample_at(sequent, outcome.witness, by_proof=at_point) is not None
    return outcome.verdict.key


@pytest.mark.parametrize("corpus", ["true", "false", "empty"])
def test_verdicts(corpus):
    rows = entries(corpus)
    with ThreadPoolExecutor(WORKERS) as pool:
        verdicts = list(pool.map(verdict, rows))
    allowed = {WANTED[corpus], "inconclusive"} | ({"enclosed"} if corpus == "true" else set())
    wrong = [(e["id"], e["statement"], v) for e, v in zip(rows, verdicts, strict=True) if v not in allowed]
    assert not wrong
    decided = sum(v != "inconclusive" for v in verdicts) / len(rows)
    assert decided >= FLOOR[corpus], f"only {decided:.0%} of the {corpus} corpus was decided"
