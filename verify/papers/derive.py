"""Displays that derive something: every step has to follow from what is assumed."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import logic
from verify.language.json_form import to_json
from verify.language.logic import Formula, Rel, Var
from verify.papers import doubts
from verify.papers.assumptions import Context
from verify.papers.cleaning import is_struck
from verify.papers.decide import Decision
from verify.papers.displayed import check_overlaps, define, given, without_vectors
from verify.papers.formulas import JOINTS, Link, Read, chain, formula, links, steps_of_arrows
from verify.papers.grammar import Reader
from verify.papers.rows import ARROWS, Statement, split_top
from verify.papers.show import formula_latex
from verify.papers.signs import from_right, is_definition
from verify.papers.spatial_lines import Span
from verify.papers.spatial_steps import SpatialSteps, Step, source, steps_of
from verify.papers.statement import Condition
from verify.papers.step import Record
from verify.papers.suggest import Suggestion, may_turn, wrong_step
from verify.papers.tokens import NotUnderstood, Token
from verify.papers.trials import Trials
from verify.runtime.errors import ensured

_HINT = "state conditions in '% verify: assume ...'"
Conditions = tuple[Formula, tuple[Formula, ...]]


class Derivations:
    """Decides steps in the context that the comments of a paper have made."""

    def __init__(self, record: Record, context: Context, spatial: SpatialSteps | None = None) -> None:
        self.record, self.context, self.spatial = record, context, spatial

    def statement(self, s: Statement, *, asked: bool, spans: Sequence[Span] = ()) -> None:
        """Decide every step of a statement; ``asked`` tells that a comment asks for it, ``spans`` are its labels."""
        with given(self.context, s.conditions, self._free):
            steps = self._steps(s)
            conditions = _behind_comma(s.tokens, self._read) if any(t.text in ARROWS for t in s.tokens) else None
            parts = self._spatial_parts(s, steps)
        found: list[tuple[int, str, tuple[str, ...]]] = []
        for link in steps:
            status, rests = "", tuple[str, ...]()
            try:
                with given(self.context, s.conditions_at(link.sign.position), self._free):
                    self._check_conditions(s.conditions_at(link.sign.position))
                    part = parts.get(link.sign.position)
                    if part is not None and self.spatial is not None:
                        status, rests = self._about_vectors(self.spatial, part, link, s, asked=asked)
                    else:
                        rests = self._step(link, s, asked=asked, conditions=conditions, alone=len(steps) == 1)
            except NotUnderstood as fault:
                status = "not understood"
                self.record.fault(fault, "derive")
            except Exception as error:  # whatever goes wrong in one step costs that step
                status = "inconclusive"
                self.record.internal(error, link.sign.position, "derive")
            found.append((link.sign.position, status or self.record.steps[-1].status, rests))
        if self.spatial is not None and spans and not s.conditions:
            self.spatial.lines.keep(spans, s.tokens, found, self.record.document.line)
        self.define(s)

    def _check_conditions(self, conditions: Sequence[Condition]) -> None:
        """Not understood where a condition is about vectors: a counterexample would not have to satisfy it."""
        if self.spatial is None:
            return
        for c in conditions:
            kept = without_vectors(c, self._free)
            if kept.tokens and self.spatial.spatial.concerns(kept.tokens):
                hint = "state it in '% verify: assume ...'"
                raise NotUnderstood("a condition about vectors", c.position, hint)

    def _free(self, name: Sequence[Token]) -> bool:
        return self.spatial is not None and self.spatial.free_vectors(name)

    def _steps(self, s: Statement) -> list[Link]:
        """The links of a statement, or its arrows."""
        if any(t.text in ARROWS for t in s.tokens):
            steps = [Link(sign, goal) for goal, sign in steps_of_arrows(s.tokens, self._read)]
        elif any(t.text in JOINTS and t.kind == "token" for t in s.tokens):
            sign = next(t for t in s.tokens if t.text in JOINTS)
            steps = [Link(sign, formula(s.tokens, self._read))]
        else:
            steps = links(s.tokens, self._read)
        if not steps:
            raise NotUnderstood("an arrow inside a bracket", s.position, "leave out brackets around a whole statement")
        return steps

    def define(self, s: Statement) -> None:
        """What a statement defines holds from here on."""
        if not any(is_definition(t) for t in s.tokens) or any(t.text in ARROWS or t.text in JOINTS for t in s.tokens):
            return
        for step in steps_of(s.tokens):
            if not is_definition(step.sign):
                continue
            where = self.record.document.place(step.sign.position)
            name, value = (step.right, step.left) if from_right(step.sign) else (step.left, step.right)
            if s.conditions:  # it holds under them alone, and what the name is elsewhere is not said
                if self.spatial is not None:
                    self.spatial.spatial.unread.append(f"the definition on {where}")
                define(self.context, name, (), where, self._holds)
                continue
            if self.spatial is not None and self.spatial.defined(name, value, step.sign, where):
                continue
            define(self.context, name, value, where, self._holds)

    def lose(self, s: Statement) -> None:
        """A statement is not understood: what the names stand for that it may define is not known from here on."""
        for _, part in split_top([t for t in s.tokens or s.unread if t.kind != "text"], frozenset({",", ";", "&"})):
            for step in steps_of(part):
                if is_definition(step.sign):
                    where = self.record.document.place(step.sign.position)
                    define(self.context, step.right if from_right(step.sign) else step.left, (), where, self._holds)
                    if self.spatial is not None and self.spatial.spatial.concerns([*step.left, *step.right]):
                        self.spatial.spatial.unread.append(f"the definition on {where}")

    def _spatial_parts(self, s: Statement, steps: Sequence[Link]) -> dict[int, Step]:
        """The steps of a chain that are about vectors, by the places of their signs."""
        if self.spatial is None or any(t.text in JOINTS or t.text in ARROWS for t in s.tokens):
            return {}
        parts = steps_of(s.tokens)
        if [p.sign.position for p in parts] != [link.sign.position for link in steps]:
            return {}
        pairs = zip(parts, steps, strict=True)
        return {p.sign.position: p for p, link in pairs if self.spatial.concerns(p, read=link.problem is None)}

    def _about_vectors(
        self, spatial: SpatialSteps, part: Step, link: Link, s: Statement, *, asked: bool
    ) -> tuple[str, tuple[str, ...]]:
        if not asked and spatial.defines(part):
            self.record.add(part.sign.position, "definition", "derive", latex=source(part), why=doubts.UNASKED)
            return "definition", ()
        try:
            goal = spatial.read(part)
        except NotUnderstood:
            if spatial.said_nothing() and link.problem is not None:
                raise link.problem from None
            raise
        return spatial.step(goal, part, s, self._read, asked=asked, chain=steps_of(s.tokens))

    def _holds(self, formula: Formula) -> bool:
        return self.record.decide([self.context.expanded(formula)]).status == "proved"

    def _read(self, tokens: Sequence[Token]) -> Reader:
        return Reader(tokens, self.context.names)

    def _step(
        self, link: Link, s: Statement, *, asked: bool, conditions: Conditions | None, alone: bool
    ) -> tuple[str, ...]:
        """Decide one link of a derivation about numbers; on what it rests besides the assumptions.

        ``alone``: no other link stands in its chain.
        """
        goal, position = link.formula, link.sign.position
        names = self.context.names.latex
        if link.problem is not None:
            raise link.problem
        if goal is None:
            latex = next((source(step) for step in steps_of(s.tokens) if step.sign.position == position), "")
            self.record.add(position, "definition", "derive", latex=latex, why="there is nothing to prove")
            return ()
        if not asked and doubts.is_definition(goal, self.context):
            self.record.add(position, "definition", "derive", latex=formula_latex(goal, names), why=doubts.UNASKED)
            return ()
        check_overlaps(link.cases, self._holds, position)
        cover = self.context.where_defined(goal, *link.covered)
        abstract = self.context.abstract(goal)
        decision = self.record.decide([*([abstract] if abstract is not None else []), self.context.expanded(goal)])
        if decision.status == "refuted":
            beside = doubts.facts(s.reasons, self._read)
            decision = doubts.review(decision, goal, self.context, beside, self.record.decide, cover)
            decision = self._with_conditions(decision, goal, s, position)
            if decision.status == "refuted" and any(is_struck(t) for t in s.tokens):
                decision = Decision("inconclusive", "a point violates it, if what is struck out keeps its value")
            if decision.status == "refuted" and conditions is not None:
                decision = self._behind(decision, goal, conditions)
            if not asked:
                decision = doubts.unasked(decision, goal, self.context, self.record.decide)
        rests: tuple[str, ...] = ()
        if decision.status != "proved" and self.spatial is not None:
            decision, rests = self._with_lines(self.spatial, decision, goal, link.sign, cover)
        guessed = alone and decision.why == doubts.HYPOTHESIS
        self.record.add(
            position,
            "assumed" if guessed else decision.status,
            "derive",
            latex=formula_latex(goal, names) + s.under(position),
            why=decision.why,
            hint=doubts.HOW_HYPOTHESIS if guessed else "",
            decision=decision,
            names=names,
            variables=logic.variables_of(self.context.expanded(goal).goal),
            suggested=self._suggested(link, s, goal, decision) if decision.status == "refuted" else None,
            rests=rests,
            numbers=[names[v] for v in _in_order(goal) if v not in self.context.declared_variables()],
        )
        return rests

    def _suggested(self, link: Link, s: Statement, goal: Formula, decision: Decision) -> Suggestion | None:
        """A small edit that mends a refuted link between two terms."""
        chain_ = steps_of(s.tokens)
        step = next((x for x in chain_ if x.sign.position == link.sign.position), None)
        if step is None or not isinstance(goal, Rel) or any(t.text in JOINTS or t.text in ARROWS for t in s.tokens):
            return None
        turns = may_turn([x.sign for x in chain_], step.sign)
        wrong = wrong_step(step.left, step.sign, step.right, turns, self.context.names.latex)
        trials = Trials(self.record, self._read, lambda r: [self.context.expanded(r)], goal, decision)
        told = [to_json(self.context.expanded(goal))]
        return self.record.suggested(wrong, trials.relation, told)

    def _with_lines(
        self, spatial: SpatialSteps, decision: Decision, goal: Formula, sign: Token, cover: Sequence[Formula]
    ) -> tuple[Decision, tuple[str, ...]]:
        """The decision with the lines that a comment says are used, where they are about numbers."""
        facts: list[Formula] = []
        used, rests = spatial.lines.about_numbers(sign)
        for tokens in used:
            facts += [rel for rel, _ in chain(tokens, self._read)]
        if not facts:
            return decision, ()
        again = self.record.decide([self.context.expanded(goal, *facts)])
        if again.status == "refuted" and (cover or decision.status != "refuted"):
            return decision, ()
        return again, tuple(rests) if again.status == "proved" else ()

    def _behind(self, decision: Decision, goal: Formula, conditions: Conditions) -> Decision:
        """A refuted arrow with relations behind its comma, as in A iff B, x > 0: they may be its conditions."""
        last, found = conditions
        goal = ensured(goal, logic.Bool)
        shorter = logic.Bool(goal.op, (goal.args[0], last)) if goal.args[1] != last else goal
        if self.record.decide([self.context.expanded(shorter, *found)]).status == "refuted":
            return decision
        return Decision("inconclusive", f"it may be meant only where what stands behind the comma holds: {_HINT}")

    def _with_conditions(self, decision: Decision, goal: Formula, s: Statement, goal_position: int) -> Decision:
        """A refuted step with bounds behind a comma, as in x^2 >= x, x >= 1: they may be meant as its conditions."""
        if decision.status != "refuted":
            return decision
        if not s.first and doubts.is_bound(goal):
            why = f"a claim that does not hold, or a condition of what stands before: {_HINT}"
            return Decision("inconclusive", why)
        if not s.free_at(goal_position):
            why = f"a point violates it, but a condition stands beside it: {_HINT}"
            return Decision("inconclusive", why)
        found: list[Formula] = []
        for other in s.after:
            try:
                if other.problem is not None:
                    raise other.problem
                read = (x.formula for x in links(other.tokens, self._read))
                found += [f for f in read if f is not None and doubts.is_bound(f)]
            except NotUnderstood:
                why = f"a point violates it, but what stands beside it in its row is not read: {_HINT}"
                return Decision("inconclusive", why)
        if found and self.record.decide([self.context.expanded(goal, *found)]).status != "refuted":
            return Decision("inconclusive", f"it may be meant only where what stands behind the comma holds: {_HINT}")
        return decision


def _in_order(goal: Formula) -> list[str]:
    """The variables of a formula in the order in which it speaks of them."""
    terms = (t for r in logic.relations(goal) for side in (r.lhs, r.rhs) for t in logic.subterms(side))
    return list(dict.fromkeys(t.name for t in terms if isinstance(t, Var)))


def _behind_comma(tokens: Sequence[Token], read: Read) -> Conditions | None:
    """What the last arrow leads to without what stands behind its comma, and that: conditions, in A iff B, x > 0."""
    last = split_top(tokens, frozenset(ARROWS))[-1][1]
    first, *rest = (part for _, part in split_top(last, frozenset({","})))
    if not rest:
        return None
    return formula(first, read), tuple(formula(part, read) for part in rest if part)
