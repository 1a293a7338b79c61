"""True statements of the corpus through the prover and then through Coq; prints a table by rule.

``python benchmarks/coq_corpus.py [--limit N] [--seconds S] [--json FILE]``. It needs coqc. The statements are drawn in
an order that is always the same; those that the search does not prove in S seconds of work are no matter of Coq's, and
are left out. Coq's files stay in ``.verify/coq``, so what was compiled before is not compiled again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from verify.commands.kernel import CACHE
from verify.coq import coqc, lemmas, refused
from verify.coq.collection import Collection
from verify.language.parser import parse_problem
from verify.prover.api import prove
from verify.runtime import files
from verify.runtime.budget import SECOND
from verify.runtime.errors import BadInput

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "true.jsonl"
SEED = 16  # of the order of the statements: any will do, but always the same
DEEP = 5000  # Python's own depth of calls: terms of the corpus are nested, and replayed recursively


def proved(limit: int, seconds: float) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Statements of the corpus with their certificates, as many as wanted; progress on standard error."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines() if line.strip()]
    random.Random(SEED).shuffle(rows)
    done = 0
    for row in rows:
        if done == limit:
            return
        try:
            problem = parse_problem(row["statement"], row.get("assume", []))
        except BadInput:  # about vectors, or in a form that only the command line reads
            continue
        certificate = prove(problem, work=int(seconds * SECOND)).certificate
        if certificate is not None and "theorems" in certificate:
            done += 1
            print(f"\r{done} proved", end="", file=sys.stderr, flush=True)
            yield " | ".join([row["statement"], *row.get("assume", [])]), certificate
    print(file=sys.stderr)


def rules(proof: object) -> set[str]:
    """The rules that a certificate uses."""
    if isinstance(proof, Mapping):
        own = {proof["rule"]} if isinstance(proof.get("rule"), str) else set()
        return own.union(*map(rules, proof.values()))
    return set().union(*map(rules, proof)) if isinstance(proof, list) else set()


def measured(limit: int, seconds: float, workers: int) -> dict[str, Any]:
    """What became of each statement, and how often each rule is used and fails."""
    collection, used = Collection(), dict[str, set[str]]()
    for statement, certificate in proved(limit, seconds):
        collection.add(statement, certificate)
        used[statement] = rules(certificate["theorems"])
    home = coqc.prepared(CACHE, lemmas.NUMBERS)
    parts, results = refused.settled(collection, home, workers, lambda one: print(one.module, file=sys.stderr))
    at = {name: one for part, one in zip(parts, results, strict=True) for name in part.theorems}
    failed = dict(collection.missing)
    for statement, theorem in collection.claims.items():
        one = at[theorem]
        if not one.accepted or one.foreign:
            failed[statement] = one.said or ("a limit of processor time" if one.limited else f"assumes {one.foreign}")
    uses = Counter(rule for found in used.values() for rule in found)
    fails = Counter(rule for statement in failed for rule in used[statement])
    return {
        "coq": coqc.version(),
        "statements": len(used),
        "re-proved": len(used) - len(failed),
        "processor_seconds": round(sum(one.seconds for one in results), 1),
        "rules": {rule: {"statements": n, "failed": fails[rule]} for rule, n in uses.most_common()},
        "failed": [{"statement": s, "why": why, "rules": sorted(used[s])} for s, why in failed.items()],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=150, help="how many statements (150)")
    parser.add_argument("--seconds", type=float, default=0.6, help="work for the search of each proof (0.6 s)")
    parser.add_argument("--workers", type=int, default=1, help="files that are compiled at once (1)")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    chosen = parser.parse_args()
    sys.setrecursionlimit(DEEP)
    found = measured(chosen.limit, chosen.seconds, chosen.workers)
    print("| rule | statements | failed |\n|---|---:|---:|")
    for rule, n in found["rules"].items():
        print(f"| {rule} | {n['statements']} | {n['failed']} |")
    print(f"\n{found['re-proved']} of {found['statements']} re-proved by Coq {found['coq']}")
    for one in found["failed"]:
        print(f"failed: {one['statement']}: {one['why']} ({', '.join(one['rules'])})")
    if chosen.json:
        files.write(chosen.json, json.dumps(found, indent=1) + "\n")
    raise SystemExit(1 if found["failed"] else 0)


if __name__ == "__main__":
    main()
