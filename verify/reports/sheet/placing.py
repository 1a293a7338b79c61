"""Where every derivation is shown: in the proof of the first claim that states its result, else as a computation.

A derivation that differs from an earlier one by the names of its symbols alone is said to, and not shown again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression, Setting
from verify.derivations.derivation import Derivation
from verify.reports.displays import CHAIN
from verify.reports.sheet.roles import Roles, label
from verify.typesetting.chains import Row, rows_of
from verify.typesetting.text import capital
from verify.typesetting.typesetter import typesetter

_TOKEN = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\{[^{}]*\}|\\[A-Za-z]+|.))?|\S")
_NAME = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])(?:_.*)?$", re.DOTALL)
MOST_RENAMED = 3  # symbols with other names: with more, a reader would rather see the formulas


@dataclass(frozen=True)
class Placed:
    """One derivation: its title, its rows, whose proof shows it, and the one that it is a copy of, with what names."""

    derivation: Derivation
    setting: Setting
    title: str
    rows: tuple[Row, ...]
    expression: NamedExpression | None = None
    claim: Claim | None = None
    like: Derivation | None = None
    renamed: tuple[tuple[str, str], ...] = ()


def label_of(d: Derivation) -> str:
    """A label for a derivation: some have the same title, for different curvatures or numbers of samples."""
    return label("derivation", d.digest)


class Placing:
    """All derivations behind some claims and named expressions, by label, in the order in which they are shown."""

    def __init__(self, expressions: Iterable[NamedExpression], roles: Roles) -> None:
        named = {label_of(e.derivation): e for e in reversed(list(expressions))}
        placed: dict[str, Placed] = {}
        for c in roles.claims:
            for d in c.derivations:
                if label_of(d) not in placed:
                    placed[label_of(d)] = _placed(d, c.setting, named, c, placed)
        behind = [(d, c.setting) for c in roles.claims for d in c.derivations]
        behind += [(e.derivation, e.setting) for e in reversed(named.values())]
        for d, setting in behind:
            for part in (*d.history, d):
                if label_of(part) not in placed:
                    placed[label_of(part)] = _placed(part, setting, named, None, placed)
        self.all: Mapping[str, Placed] = placed
        self._roles = roles

    @property
    def computations(self) -> list[Placed]:
        """Those that no proof shows."""
        return [p for p in self.all.values() if p.claim is None]

    def shown_in(self, claim: Claim) -> list[Placed]:
        """Those that the proof of this claim shows."""
        return [p for p in self.all.values() if p.claim is claim]

    def reference(self, d: Derivation) -> str:
        """``Computation~3``, or the proof that shows it."""
        p = self.all[label_of(d)]
        if p.claim is None:
            return rf"Computation~\ref{{{label_of(d)}}}"
        return f"the proof of {self._roles.reference(p.claim.id)}"


def _placed(
    d: Derivation,
    setting: Setting,
    named: Mapping[str, NamedExpression],
    claim: Claim | None,
    before: Mapping[str, Placed],
) -> Placed:
    t = typesetter(setting)
    expression = named.get(label_of(d))
    title = t.sentence(capital(d.title if expression is None else expression.meaning))
    rows = rows_of(d, setting, CHAIN)
    for other in before.values():
        if other.like is None and other.setting is setting and len(other.rows) > 1:
            renamed = renaming(other.rows, rows)
            if renamed is not None:
                return Placed(d, setting, title, rows, expression, claim, other.derivation, renamed)
    return Placed(d, setting, title, rows, expression, claim)


def renaming(old: tuple[Row, ...], new: tuple[Row, ...]) -> tuple[tuple[str, str], ...] | None:
    """The symbols that have other names in one chain than in another that is else the same; None if it is not."""
    pairs: dict[str, str] = {}
    if [r.relation for r in old] != [r.relation for r in new]:
        return None
    for one, other in zip(old, new, strict=True):
        texts = (one.reason.split("$"), other.reason.split("$"))  # words, and formulas between dollars
        if len(texts[0]) != len(texts[1]) or texts[0][::2] != texts[1][::2]:
            return None
        formulas = [(one.formula, other.formula), (str(one.where), str(other.where))]
        for a, b in [*formulas, *zip(texts[0][1::2], texts[1][1::2], strict=True)]:
            left, right = _TOKEN.findall(a), _TOKEN.findall(b)
            if len(left) != len(right):
                return None
            for x, y in zip(left, right, strict=True):
                if pairs.setdefault(x, y) != y:
                    return None
    changed = tuple((x, y) for x, y in pairs.items() if x != y)
    fair = len(set(pairs.values())) == len(pairs) and all(_NAME.match(x) and _NAME.match(y) for x, y in changed)
    return changed if fair and len(changed) <= MOST_RENAMED else None
