"""Displays that are bound: what they state is compared with a claim or an expression, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.claims.claim import Claim
from verify.claims.setting import NO_SETTING, NamedExpression
from verify.claims.statement import Spatial
from verify.claims.theory import Theory
from verify.language import logic
from verify.language.json_form import to_json
from verify.language.logic import Formula, Rel, Term
from verify.papers import binding
from verify.papers.decide import Decision
from verify.papers.formulas import JOINTS, chain, formula
from verify.papers.grammar import Reader
from verify.papers.ground import Ground, ground_of, term_of
from verify.papers.lexicons import names_for
from verify.papers.names import Names
from verify.papers.rows import ARROWS, RELATIONS, Statement, split_top
from verify.papers.show import formula_latex
from verify.papers.step import Record
from verify.papers.suggest import Suggestion, Wrong
from verify.papers.tokens import NotUnderstood, Token
from verify.papers.trials import Trials


@dataclass(frozen=True)
class Comparison:
    """A display with what it is bound to, as the comment says it: ``bound`` is "claim X2" or "expression gain"."""

    record: Record
    bound: str
    target: Claim | NamedExpression
    ground: Ground
    names: Names

    def statement(self, s: Statement) -> None:
        """Whether a display states what it is bound to."""
        if isinstance(self.target, NamedExpression):
            self._members(s, [term_of(self.target)])
            return
        if isinstance(self.target.statement, Spatial):
            hint = f"state it in a comment or a display of its own, or see verify show {self.target.id}"
            raise NotUnderstood("a claim about vectors, which no display is compared with yet", s.position, hint)
        theory = binding.statement_of(self.target)
        if theory is None:
            raise NotUnderstood("a claim of this kind", s.position, "bind identities, inequalities and equivalences")
        if isinstance(theory, Rel) and theory.op == "==":
            self._members(s, [theory.lhs, theory.rhs])
            return
        paper = formula(s.tokens, self._read)
        pairs = binding.sides(paper, theory)
        position = next((t.position for t in s.tokens if t.text in ARROWS), s.position)
        if pairs is None:
            self._other_form(paper, position)
        elif all(self._equal(pair, self._shown(paper), position, s) for pair in pairs):
            self._proved(position, self._shown(paper))

    @property
    def _other(self) -> str:
        """What the display is compared with, in words."""
        return "the claim" if self.target.setting is NO_SETTING else "the theory"

    def _read(self, tokens: Sequence[Token]) -> Reader:
        return Reader(tokens, self.names, theory=True)

    def _shown(self, f: Formula) -> str:
        return formula_latex(f, self.names.latex)

    def _proved(self, position: int, shown: str) -> None:
        setting = self.target.setting
        given = ", ".join(setting.lemmas) if isinstance(setting, Theory) else ""
        why = f"equal to {self._other}'s side" + (f", given what the claims {given} say of its atoms" if given else "")
        self.record.add(position, "proved", self.bound, latex=shown, why=why)

    def _equal(self, pair: binding.Pair, shown: str, position: int, s: Statement) -> bool:
        """Whether a side of the paper equals the theory's; a side that does not is reported."""
        decision = self.record.decide(pair.forms(self.ground))
        if decision.status == "proved":
            return True
        here = f"here {self._other} has {binding.side_latex(pair.theory, self.ground)}"
        self.record.add(
            position,
            decision.status,
            self.bound,
            latex=shown,
            why="; ".join(filter(None, (here, decision.why))),
            decision=decision,
            names=self.names.latex,
            variables=logic.variables_of(pair.forms(self.ground)[-1].goal),
            suggested=self._suggested(pair, s, decision) if decision.status == "refuted" else None,
        )
        return False

    def _suggested(self, pair: binding.Pair, s: Statement, decision: Decision) -> Suggestion | None:
        """A small edit of the side of the paper that makes it the other's."""
        side = next((part for part in _sides(s.tokens) if self._reads(part) == pair.paper), None)
        if side is None:
            return None
        known = {**self.names.latex, **{n: self.names.latex.get(n, "") for n in self.ground.table}}
        wrong = Wrong(tuple(side), ((0, len(side)),), None, known)
        forms = pair.forms(self.ground)
        trials = Trials(self.record, self._read, lambda r: pair.forms(self.ground, r), pair.goal, decision)
        return self.record.suggested(wrong, trials.term, [to_json(form) for form in forms])

    def _reads(self, tokens: Sequence[Token]) -> Term | None:
        try:
            return self._read(tokens).whole()
        except NotUnderstood:
            return None

    def _members(self, s: Statement, theory: Sequence[Term]) -> None:
        """Every member of a chain of equations must equal the theory's sides, all shifted by one whole number."""
        relations = chain(s.tokens, self._read)
        wrong = next((sign for rel, sign in relations if rel.op != "=="), None)
        if wrong is not None:
            raise NotUnderstood(f"'{wrong.text}' in a display that states an equation", wrong.position)
        first, *rest = binding.members([rel for rel, _ in relations])
        by = binding.shift(first, theory[0], self.ground)
        target = [t if not by else logic.add(t, logic.Num(by)) for t in theory]
        rel, sign = relations[0]
        if not self._equal(binding.Pair(first, target[0]), self._shown(rel), sign.position, s):
            return
        for member, (rel, sign) in zip(rest, relations, strict=True):
            if self._equal(binding.Pair(member, target[-1]), self._shown(rel), sign.position, s):
                self._proved(sign.position, self._shown(rel))

    def _other_form(self, paper: Formula, position: int) -> None:
        """A display that has another form than its claim: refuted where it is false, otherwise open."""
        decision = self.record.decide(self.ground.forms(paper))
        if decision.status != "refuted":
            decision = Decision("inconclusive", "it has another form than the claim")
        shown, names = self._shown(paper), self.names.latex
        self.record.add(
            position, decision.status, self.bound, latex=shown, why=decision.why, decision=decision, names=names
        )


def _sides(tokens: Sequence[Token]) -> list[list[Token]]:
    """The terms between the relations, arrows and joints of a statement."""
    between = frozenset(RELATIONS) | frozenset(ARROWS) | JOINTS | {","}
    return [part for _, part in split_top(tokens, between) if part]


def compare(record: Record, s: Statement, bound: str, target: Claim | NamedExpression) -> None:
    """Compare a display with the claim or expression that its comment names."""
    Comparison(record, bound, target, ground_of(target), names_for(target)).statement(s)
