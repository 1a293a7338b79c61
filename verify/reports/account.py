"""The account of a text: each of its sentences with the claims and experiments that carry it, as a generated page."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping

from verify.claims.sentence import Sentence
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput


def account(theory: Theory, verdicts: Mapping[str, str]) -> str:
    """The page for the sentences of a theory; ``verdicts`` are those of its lock, by id.

    ``BadInput`` where a sentence names a claim that is not stated, or an experiment that there is not.
    """
    lines = [f"# {theory.account_title}", ""]
    lines += ["Verdicts are those of `theorems.lock`; `verify check` finds them anew.", ""]
    lines += ["| what is said | claims | experiments | what is weaker |", "|---|---|---|---|"]
    for sentence in theory.sentences():
        claims = [(name, verdicts.get(name, "not locked")) for name in named(theory, sentence)]
        nothing = "motivation: nothing to check" if sentence.motivation else ""
        runs = ", ".join(f"`{name}`" for name in sentence.experiments)
        cells = (sentence.says, _by_verdict(claims) or nothing, runs, sentence.weaker)
        lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def named(theory: Theory, sentence: Sentence) -> list[str]:
    """The ids of the claims that carry a sentence; ``BadInput`` for a name that stands for none."""
    found: dict[str, None] = {}
    for pattern in sentence.claims:
        ids = [name for name in theory.stated if fnmatch.fnmatchcase(name, pattern)]
        if not ids:
            raise BadInput(f"the sentence {sentence.says[:60]!r} names {pattern}, which is not a claim of the theory")
        found |= dict.fromkeys(ids)
    return list(found)


def _by_verdict(claims: Iterable[tuple[str, str]]) -> str:
    """``proved: N1, N2; supported: X3``."""
    table: dict[str, list[str]] = {}
    for name, verdict in claims:
        table.setdefault(verdict, []).append(f"`{name}`")
    return "; ".join(f"{verdict}: {', '.join(names)}" for verdict, names in table.items())
