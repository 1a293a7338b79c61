"""What an author says is used, as the search takes it: facts to leave out at first, and multipliers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

import sympy as sp

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula, Term
from verify.spaces.meaning.elaborate import Meaning
from verify.spaces.multipliers.gram import ONE
from verify.spaces.problems.script import Statement
from verify.spaces.proving.linear_forms import LinearForms
from verify.spaces.proving.used_facts import Used

MOST_CHOICES = 8  # of one hypothesis for each reason: two reasons with both orders of their points, twice


@dataclass(frozen=True)
class Said:
    """``ignored``: what classes say and no reason names. ``choices``: for each reason with a factor, the facts that it
    may be, each with its multiplier."""

    ignored: frozenset[Formula] = frozenset()
    choices: tuple[tuple[tuple[Formula, Term], ...], ...] = ()

    def multipliers(self, forms: LinearForms, used: Sequence[Used]) -> Iterator[Mapping[int, sp.Expr]]:
        """Multipliers by the places of the facts that are used: one choice after the other."""
        places = {u.fact: k for k, u in enumerate(used)}
        rows = [
            [(places[f], c) for f, factor in row if f in places and (c := _number(forms, factor)) is not None]
            for row in self.choices
        ]
        choices = product(*[row for row in rows if row])
        apart = (dict(choice) for choice in choices if choice and len(dict(choice)) == len(choice))
        yield from islice(apart, MOST_CHOICES)


def said(meaning: Meaning, statement: Statement) -> Said | None:
    """What the reasons of a claim amount to; None where it has none."""
    if not meaning.named:
        return None
    hypotheses = meaning.problem.hypotheses
    kept = {k for n in meaning.named for k in n.places}
    ignored = frozenset(statement.read(h.formula) for k, h in enumerate(hypotheses) if h.kinds and k not in kept)
    choices = tuple(
        tuple((statement.read(hypotheses[k].formula), ("/", n.factor, hypotheses[k].scale)) for k in n.places)
        for n in meaning.named
        if n.factor is not None
    )
    return Said(ignored, choices)


def _number(forms: LinearForms, factor: Term) -> sp.Expr | None:
    """A factor as a function of the parameters; None where it is none."""
    try:
        form = forms.form(factor)
    except Refused:
        return None
    return None if form is None or set(form) - {ONE} else form.get(ONE, sp.Integer(0))
