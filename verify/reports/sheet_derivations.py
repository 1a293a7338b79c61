"""Derivations in the theorem sheet: each once, with a label that claims and definitions refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression, Setting
from verify.derivations.derivation import Derivation
from verify.typesetting import typesetter
from verify.typesetting.derivations import derivation_lines
from verify.typesetting.line_breaks import broken
from verify.typesetting.text import capital

Known = dict[str, tuple[Derivation, Setting]]


def label(kind: str, name: str) -> str:
    """What ``\\ref`` finds a part of the sheet by."""
    return f"{kind}:{name}"


def label_of(d: Derivation) -> str:
    """A label for a derivation: some have the same title, for different curvatures or numbers of samples."""
    return label("derivation", d.digest)


def behind(expressions: Iterable[NamedExpression], claims: Iterable[Claim]) -> Known:
    """Every derivation behind the definitions and the theorems once, by label, after those it is made of.

    Each is with the setting that it is written in.
    """
    out: Known = {}
    behind_them = [(e.derivation, e.setting) for e in expressions]
    behind_them += [(d, c.setting) for c in claims for d in c.derivations]
    for d, setting in behind_them:
        for part in (*d.history, d):
            out.setdefault(label_of(part), (part, setting))
    return out


def derivation(name: str, known: Known) -> Iterator[str]:
    """The lines of one derivation."""
    d, setting = known[name]
    t = typesetter(setting)
    yield rf"\derivation{{{t.sentence(capital(d.title))}}}{{{name}}}"
    yield r"\begin{steps}"
    shared = _longest_prefix(d, known)
    for line in derivation_lines(d, t):
        if shared is not None and line.number < len(shared.steps):
            if line.number == 0:
                yield rf"\beginning{{{label_of(shared)}}}{{{len(shared.steps) - 1}}}"
            continue
        conditions = f" Provided ${'$, $'.join(line.conditions)}$." if line.conditions else ""
        if line.sources:
            places = [rf"\ref{{{label_of(x)}}}" for x in line.sources]
            conditions += f" From {', '.join(places)}."
        reason = rf"{{{capital(line.reason)}}}{{{line.rule}}}{{{conditions}}}"
        yield rf"\step{{{line.number}}}{{{broken(line.formula)}}}{reason}"
    yield r"\end{steps}"


def _longest_prefix(d: Derivation, known: Known) -> Derivation | None:
    """An earlier derivation whose steps are the first steps of this one, if that saves at least two lines."""
    best = None
    for other, _ in known.values():
        if other is d:
            break
        k = len(other.steps)
        same = other.start == d.start and other.reason == d.reason and 1 < k <= len(d.steps)
        if same and other.steps == d.steps[:k] and (best is None or k > len(best.steps)):
            best = other
    return best
