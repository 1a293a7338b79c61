"""The hints of a proof as sentences: what is cited, unfolded, distinguished and added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from verify.claims import hints
from verify.claims.claim import Claim
from verify.derivations.relations import Formula, Relation
from verify.reports.displays import chain_row, inline, listed, said
from verify.reports.sheet.roles import Roles
from verify.typesetting.formulas import formula_latex
from verify.typesetting.typesetter import Typesetter

_SIGNS = {"==": "=", "!=": r"\ne ", "<": "<", "<=": r"\le ", ">": ">", ">=": r"\ge "}


class Arguments:
    """Writes the hints of one claim's proof, with references to the other claims of the sheet."""

    def __init__(self, claim: Claim, roles: Roles, t: Typesetter) -> None:
        self._claim, self._roles, self._t = claim, roles, t

    def lines(self, proof: hints.Proof) -> Iterator[str]:
        """The argument, a sentence or a display a line; nothing for a proof that the prover finds alone."""
        match proof:
            case hints.By(steps, then):
                yield from self._steps(steps)
                yield from self.lines(then)
            case hints.Sum(parts):
                yield from self._sum(parts)
            case hints.Cases(formula, yes, no):
                yield from self._case(f"If {inline(self._latex(formula))}", yes)
                yield from self._case("Otherwise", no)
            case hints.Split(parts):
                for i, part in enumerate(parts, start=1):
                    yield from self._case(f"For part {i}", part)
            case hints.Assume(then):
                yield "Assume the premise."
                yield from self.lines(then)
            case hints.Only(_, then):  # which facts to look at helps the prover, and no reader
                yield from self.lines(then)
            case hints.Through(inner, value, then):
                inner_latex, value_latex = self._t.symbol(inner), self._t.symbol(value)
                yield f"It is a rational function of ${inner_latex}$, defined at the limit ${value_latex}$ of it."
                yield from self.lines(then)

    def _case(self, lead: str, proof: hints.Proof) -> Iterator[str]:
        found = list(self.lines(proof))
        yield f"{lead}:" if found else f"{lead}, it follows directly."
        yield from found

    def _steps(self, steps: Sequence[hints.Step]) -> Iterator[str]:
        cited: list[str] = []
        for step in steps:
            if isinstance(step, hints.Cite) and not step.values:
                cited.append(step.claim)
                continue
            if cited:
                yield self._citing(cited)
                cited = []
            yield from self._step(step)
        if cited:
            yield self._citing(cited)

    def _citing(self, names: list[str]) -> str:
        return f"{self._roles.references(names)} {'apply' if len(set(names)) > 1 else 'applies'}."

    def _step(self, step: hints.Step) -> Iterator[str]:
        t = self._t
        match step:
            case hints.Cite(name, values):
                at = listed([inline(f"{t.symbol(s)}={t.short(v)}") for s, v in values])
                yield f"Use {self._roles.reference(name)} with {at}."
            case hints.Unfold(symbols):
                names = listed([f"${t.symbol(s)}$" for s in symbols])
                yield f"Write out the definition{'s' * (len(symbols) > 1)} of {names}."
            case hints.Let(symbol, value):
                yield from said("Put", f"{t.symbol(symbol)}={t.short(value)}")
            case hints.Fact(formula, proof):
                yield from said("First,", self._latex(formula))
                yield from self.lines(proof)
            case hints.Rewrite(old, new, proof):
                yield from said("Here", f"{t.short(old)}={t.short(new)}")
                yield from self.lines(proof)
            case hints.Axiom(name, terms):
                of = f" at {listed([inline(t.short(x)) for x in terms])}" if terms else ""
                yield f"Use the property {t.sentence(name.replace('_', ' '))}{of}."

    def _sum(self, parts: Sequence[Formula | tuple[Formula, ...]]) -> Iterator[str]:
        """A chain of relations where each goes on where the one before ends; else what is added and multiplied."""
        relations = [p for p in parts if isinstance(p, Relation)]
        joined = all(a.rhs == b.lhs for a, b in pairwise(relations))
        if len(relations) == len(parts) > 1 and joined:
            yield "In the chain"
            yield from chain_row("", self._t.short(relations[0].lhs), "")
            for r in relations:
                yield from chain_row(_SIGNS[r.op], self._t.short(r.rhs), "")
            yield "every link holds."
            return
        terms = [
            inline(self._latex(p))
            if not isinstance(p, tuple)
            else "the product of " + listed([inline(self._latex(f)) for f in p])
            for p in parts
        ]
        yield f"It is the sum of {listed(terms)}." if len(terms) > 1 else f"It is {terms[0]}."

    def _latex(self, formula: Formula) -> str:
        return formula_latex(formula, self._t)
