"""Theorems and lemmas with their proofs, and false statements with their counterexamples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.statement import Identity, LoewnerOrder, MatrixIdentity, Spatial
from verify.derivations.trace_polynomials import TracePolynomial
from verify.reports.displays import CHAIN, WIDE, chain_row, display
from verify.reports.latex_evidence import UNKNOWN, Found
from verify.reports.sheet.arguments import Arguments
from verify.reports.sheet.certified import steps_of
from verify.reports.sheet.placing import Placed, Placing, label_of
from verify.reports.sheet.roles import Roles, identifier, label
from verify.reports.sheet.standing import Standing, let
from verify.typesetting.abbreviations import Abbreviating, abbreviated
from verify.typesetting.chains import Row, is_equality
from verify.typesetting.formulas import formula_latex
from verify.typesetting.line_breaks import lines, width
from verify.typesetting.statements import claim_latex
from verify.typesetting.text import capital
from verify.typesetting.typesetter import Typesetter, typesetter

PROVED = ("proved", "enclosed")
_MATRICES = "For all matrices and vectors that fit together,"


class Theorems:
    """Writes the claims of one sheet."""

    def __init__(self, roles: Roles, placing: Placing, standing: Standing, evidence: Mapping[str, Found]) -> None:
        self._roles, self._placing, self._standing, self._evidence = roles, placing, standing, evidence

    def theorem(self, c: Claim) -> Iterator[str]:
        """A claim that is to be true, with its proof."""
        t = typesetter(c.setting)
        role = self._roles.of[c.id]
        yield ""
        yield rf"\begin{{{role}}}[{{{self._roles.sentence(capital(c.title), t)}}}]\label{{{label('claim', c.id)}}}"
        yield from self.statement(c)
        if c.note:
            yield rf"\upshape {self._roles.sentence(ended(capital(c.note)), t)}"
        yield rf"\end{{{role}}}"
        yield from self.proof(c)
        for hypothesis, witness in self._evidence.get(c.id, UNKNOWN).needed:
            yield rf"\remark{{Without {t.sentence(hypothesis)}: {t.sentence(ended(witness))}}}"

    def false_statement(self, c: Claim) -> Iterator[str]:
        """A claim that is to be refuted."""
        t = typesetter(c.setting)
        yield ""
        title = self._roles.sentence(capital(c.title), t)
        yield rf"\begin{{falsestatement}}[{{{title}}}]\label{{{label('claim', c.id)}}}"
        yield from self.statement(c)
        if c.note:
            yield rf"\upshape {self._roles.sentence(ended(capital(c.note)), t)}"
        yield r"\end{falsestatement}"
        yield from self.counterexample(c)

    def counterexample(self, c: Claim) -> Iterator[str]:
        """Where a false statement fails, as far as that is known."""
        t = typesetter(c.setting)
        found = self._evidence.get(c.id, UNKNOWN)
        if found.witness:
            at = ", ".join(f"${_witness_name(k, t)}={_witness_value(v, t)}$" for k, v in found.witness)
            left, right = (f"${_witness_value(side, t)}$" for side in (found.lhs, found.rhs))
            sides = f"; there the left side is {left}, the right side {right}." if found.lhs else "."
            yield rf"\counterexample{{{at}{sides}}}"
        elif found.model:
            first, *rest = (t.sentence(line.strip()) for line in found.model)
            text = "; ".join([first, *rest]).replace(":;", ":")
            yield rf"\counterexample{{{text}.}}"
        elif found.verdict == "refuted":
            how = rf"\texttt{{verify check}} {identifier(c.id)} computes the counterexample anew"
            yield rf"\remark{{It has been refuted; {how}.}}"
        else:
            yield r"\remark{It has not been checked yet.}"

    def computation(self, p: Placed) -> Iterator[str]:
        """A derivation that no proof shows."""
        yield ""
        yield rf"\computation{{{p.title}}}{{{label_of(p.derivation)}}}"
        yield from self._chain(p)

    def statement(self, c: Claim) -> Iterator[str]:
        """What a claim says, with what it assumes."""
        t = typesetter(c.setting)
        writer = Abbreviating(t, WIDE)
        text = claim_latex(c, writer)
        if isinstance(c.statement, MatrixIdentity):
            yield _MATRICES
        else:
            yield let(self._standing.hypotheses(c)) or "It holds that"
        yield from display(text, writer.where)
        if isinstance(c.statement, LoewnerOrder):
            whose = " of each matrix" if c.statement.averaged else ""
            at = Abbreviating(t, WIDE)
            yield f"At an eigenvalue{whose} this is"
            shown = formula_latex(c.statement.at_eigenvalue, at)
            yield from display(shown, at.where)

    def proof(self, c: Claim) -> Iterator[str]:
        """The argument for a claim, as far as it is known."""
        t = typesetter(c.setting)
        found = self._evidence.get(c.id, UNKNOWN)
        body = [*self._derived(c, t), *Arguments(c, self._roles, t).lines(c.proof)]
        cited = [name for name in c.rests_on if not any(label("claim", name) in line for line in body)]
        if cited:
            body.append(f"The proof uses {self._roles.references(cited)}.")
        if found is UNKNOWN:
            yield r"\begin{proof}[Argument, not checked yet]"
        elif found.verdict not in PROVED:
            yield rf"\begin{{proof}}[Argument; the verdict is \emph{{{found.verdict}}}]"
        else:
            yield r"\begin{proof}"
        shown = self._formal(c, found, body) or body or list(self._direct(c, t))
        if shown[0].startswith((r"\row", r"\case", r"\begin")):
            yield r"\chainstart"
        yield from shown
        yield r"\end{proof}"

    # ------------------------------------------------------------

    def _formal(self, c: Claim, found: Found, body: list[str]) -> list[str]:
        """The steps of the certificate, where they are few enough to be read and nothing better is known."""
        if found.certificate is None or (body and not isinstance(c.statement, Spatial)):
            return []
        return steps_of(found.certificate, self._roles)

    def _derived(self, c: Claim, t: Typesetter) -> Iterator[str]:
        """The derivations of a claim: those that are shown here as chains, the others by reference."""
        own = self._placing.shown_in(c)
        for p in own:
            lhs_rhs = c.statement if isinstance(c.statement, Identity | MatrixIdentity) else None
            last = c.derivations and p.derivation is c.derivations[-1]
            if len(own) > 1 or not last:
                yield rf"\emph{{{p.title}:}}"
            yield from self._chain(p, _stated(lhs_rhs, p, t) if last and lhs_rhs is not None else None)
        elsewhere = [d for d in c.derivations if all(d is not p.derivation for p in own)]
        if elsewhere:
            places = list(dict.fromkeys(self._placing.reference(d) for d in elsewhere))
            yield f"See {', '.join(places)}."

    def _direct(self, c: Claim, t: Typesetter) -> Iterator[str]:
        """What there is to say where neither a derivation nor a hint says it."""
        s = c.statement
        if isinstance(s, Identity):
            middle = abbreviated(s.lhs.xreplace(c.fixed), t, CHAIN)
            left, right = t.short(s.lhs), t.short(s.rhs)
            if middle.formula not in (left, right) and len(lines(middle.formula, CHAIN)) <= 3:
                yield from chain_row("", left, "")
                yield from chain_row("=", middle.formula, "by definition", middle.where)
                yield from chain_row("=", right, "multiplied out")
                return
            rational = all(e.is_rational_function(*e.free_symbols) for e in (s.lhs, s.rhs))
            yield (
                "Multiplied out, the two sides are the same rational function." if rational else "Both sides are equal."
            )
            return
        if isinstance(s, MatrixIdentity):
            yield "Both sides are the same polynomial in the matrices and their traces."
            return
        yield "The argument is the one that the search found; the certificate has its steps."

    def _chain(self, p: Placed, stated: Row | None = None) -> Iterator[str]:
        if p.like is not None:
            names = ", ".join(f"${new}$ in the place of ${old}$" for old, new in p.renamed)
            yield f"As {self._placing.reference(p.like)}{', with ' + names if names else ''}."
            return
        rows = p.rows if stated is None else (*p.rows, stated)
        start = 0
        if (shared := self._longest_prefix(p)) is not None:
            start = len(shared.rows) - 1
            same = p.claim is not None and shared.claim is p.claim
            where = "above" if same else f"of {self._placing.reference(shared.derivation)}"
            yield f"The first steps are those {where}, which lead to"
        name = f"{p.expression.latex}=" if p.expression is not None and is_equality(rows[start:]) else ""
        for i, row in enumerate(rows[start:]):
            relation = row.relation if i else name or ("" if start else row.relation)
            reason = "" if start and not i else self._reason(row)
            yield from chain_row(relation, row.formula, reason, row.where)

    def _reason(self, row: Row) -> str:
        parts = [row.reason] if row.reason else []
        if row.sources:
            places = list(dict.fromkeys(self._placing.reference(d) for d in row.sources))
            parts.append(f"by {', '.join(places)}")
        if row.conditions:
            parts.append(f"as ${'$, $'.join(row.conditions)}$")
        return ", ".join(parts)

    def _longest_prefix(self, p: Placed) -> Placed | None:
        """An earlier chain whose rows are the first rows of this one, if that saves at least two."""
        best: Placed | None = None
        for other in self._placing.all.values():
            if other is p:
                break
            k = len(other.rows)
            longer = best is None or k > len(best.rows)
            if longer and other.like is None and 2 < k <= len(p.rows) and other.rows == p.rows[:k]:
                best = other
        return best


def _stated(s: Identity | MatrixIdentity, p: Placed, t: Typesetter) -> Row | None:
    """The stated right-hand side as the last row of the chain, where it is written in another way."""
    derived: TracePolynomial | sp.Expr = p.derivation.result
    if derived != s.lhs:
        return None
    right = t.any(s.rhs)
    if right in (row.formula for row in p.rows[-1:]) or width(right) > 4 * CHAIN:
        return None
    return Row("=", right, "rearranged")


def ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _witness_name(name: str, t: Typesetter) -> str:
    return t.symbol(sp.Symbol(name)) if name.replace("_", "").isalnum() else rf"\text{{{t.sentence(name)}}}"


def _witness_value(value: str, t: Typesetter) -> str:
    """A rational number, an enclosure or a matrix, as the counterexample gives it."""
    above, slash, below = value.partition("/")
    if slash and below.isdigit() and above.lstrip("-").isdigit():
        return rf"{'-' if above[0] == '-' else ''}\tfrac{{{above.lstrip('-')}}}{{{below}}}"
    digits = value.strip("[]").replace(".", "").replace("+/-", "").replace(" ", "")
    if digits.isdigit():
        return value.replace("+/-", r"\pm ")
    return value if value.lstrip("-").isdigit() else rf"\text{{{t.sentence(value)}}}"
