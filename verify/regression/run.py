"""Trials of several claims, in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from typing import cast

from verify.claims.claim import Claim
from verify.regression.hypotheses import hypotheses
from verify.regression.mutation import mutate
from verify.regression.trial import Kind, Trial
from verify.runtime import processes


def run(
    claims: Sequence[Claim], kind: Kind, workers: int, table: Mapping[str, Claim]
) -> Iterator[tuple[Claim, list[Trial]]]:
    """Trials of several claims, as they are done; ``table`` has them and what their proofs cite."""
    if workers == 1 or len(claims) == 1:
        for claim in claims:
            yield claim, KINDS[kind](claim, table)
        return
    with processes.pool(workers, share=table) as pool:
        futures = {pool.submit(_by_id, kind, c.id): c for c in claims}
        for future in as_completed(futures):
            yield futures[future], future.result()


def _by_id(kind: Kind, claim: str) -> list[Trial]:
    table = cast(Mapping[str, Claim], processes.shared())
    return KINDS[kind](table[claim], table)


KINDS: dict[Kind, Callable[[Claim, Mapping[str, Claim]], list[Trial]]] = {"mutate": mutate, "hypotheses": hypotheses}
