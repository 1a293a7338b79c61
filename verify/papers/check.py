"""Checks a paper: goes through its displays, and proves or refutes every step that is bound or derived.

What cannot be read or goes wrong costs the step that it belongs to, never the run.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from theory.maml_erm.formulas.expressions import expressions
from verify.counterexamples.witness import shown
from verify.language import logic
from verify.language.logic import Formula, Rel, Sequent
from verify.papers import binding, doubts
from verify.papers.assumptions import Context
from verify.papers.decide import Decision, decide
from verify.papers.document import Directive, Display, Document, Fault, Other
from verify.papers.formulas import JOINTS, Link, chain, formula, links, steps_of_arrows
from verify.papers.grammar import Reader
from verify.papers.names import Names
from verify.papers.remarks import word_in
from verify.papers.rows import ARROWS, Statement, split_top, statements
from verify.papers.show import formula_latex, term_latex
from verify.papers.spelling import bare_names, theory_spelling
from verify.papers.suggest import Edit, suggestion
from verify.papers.tokens import NotUnderstood, Token, expand, tokenize
from verify.runtime.defects import defect

if TYPE_CHECKING:
    from verify.papers.memory import Memory

VERBS = ("claim", "expression", "derive", "assume", "let", "forget", "skip")
SAME = "equal to the theory's side, given the claims P.* that its atoms are positive"
BINDING = ("claim", "expression", "derive", "skip")


@dataclass(frozen=True)
class Step:
    """What was found out about one step, or why it was not looked at; ``line`` and ``column`` are in the file."""

    line: int
    column: int
    status: str
    bound: str
    latex: str = ""
    why: str = ""
    hint: str = ""
    witness: tuple[tuple[str, str], ...] = ()
    lhs: str = ""
    rhs: str = ""
    suggestion: str = ""
    edit: str = ""


def check(
    document: Document, *, everything: bool = False, seconds: float = 10, memory: Memory | None = None
) -> list[Step]:
    """Every step in order; displays without a binding are derivations with ``everything``, else unchecked.

    ``memory`` supplies what is known of the steps already, and keeps what is found.
    """
    return _Run(document, everything, seconds, memory).run()


class _Run:
    def __init__(self, document: Document, everything: bool, seconds: float, memory: Memory | None) -> None:
        self.document, self.everything, self.seconds = document, everything, seconds
        self.decide = decide if memory is None else memory.decide
        self.context = Context()
        self.steps: list[Step] = []
        self.pending: Directive | None = None
        self.consumed = False  # a comment that is wrong was meant for the next display
        bound = ("claim", "expression")
        self.context.names.binds = any(isinstance(e, Directive) and e.verb in bound for e in document.events)
        self.context.names.bare = bare_names(document)

    def run(self) -> list[Step]:
        for event in self.document.events:
            if isinstance(event, Directive):
                self._directive(event)
            elif isinstance(event, Fault):
                self._add(event.position, "not understood", "", why=event.what, hint=event.hint)
            elif isinstance(event, Other):
                self._missed(event.what)
                self.consumed = False
            else:
                consumed, self.consumed = self.consumed, False
                if not consumed:
                    self._display(event)
                self.pending = None
        self._missed("the end of the file")
        return self.steps

    def _missed(self, what: str) -> None:
        """A comment behind which no display comes but something else."""
        if self.pending is not None:
            where = f"on line {self.document.line(self.pending.position)}"
            why = f"no display follows this comment {where}, but {what}"
            hint = "put the comment right before \\[, $$, or an environment such as equation, align, gather or multline"
            self._add(self.pending.position, "not understood", "", why=why, hint=hint)
            self.pending = None

    # ------------------------------------------------------------ comments

    def _directive(self, d: Directive) -> None:
        try:
            self._follow(d)
        except NotUnderstood as fault:
            if d.verb in ("assume", "let"):
                self.context.lose(d.verb, f"the comment on line {self.document.line(d.position)}")
            else:
                self.pending, self.consumed = None, True
            self._add(fault.position, "not understood", "", why=f"'% verify: {d.verb}': {fault.what}", hint=fault.hint)
        except Exception as error:  # whatever goes wrong in one comment costs that comment
            self.context.lose(d.verb, f"the comment on line {self.document.line(d.position)}")
            self._internal(error, d.position, "")

    def _follow(self, d: Directive) -> None:
        if d.verb not in VERBS:
            near = difflib.get_close_matches(d.verb, VERBS, 1)
            hint = f"did you mean {near[0]}?" if near else f"the comments are {', '.join(VERBS)}"
            if near and near[0] in ("assume", "let", "forget"):
                self.context.lose(near[0], f"the comment on line {self.document.line(d.position)}")
            raise NotUnderstood("this comment is not known", d.position, hint)
        if d.verb in BINDING:
            if self.pending is not None:
                raise NotUnderstood("two comments for one display", d.position, "keep one of them")
            if d.verb in ("claim", "expression"):
                self._bound(d)
            self.pending = d
        elif d.verb == "forget":
            self.context.forget()
        else:
            if d.doubt:
                raise NotUnderstood(f"nothing is understood after this: {d.doubt}", d.position)
            if word := word_in(d.rest.partition("%")[0]):
                hint = r"write \text{and} or a comma, and only formulas"
                raise NotUnderstood(f"the word '{word}'", d.start, hint)
            tokens = expand(tokenize(self.document.text, d.start, d.start + len(d.rest)), d.macros)
            tokens = [t for t in tokens if t.text != "$"]
            (self.context.assume if d.verb == "assume" else self.context.let)(tokens)

    def _bound(self, d: Directive) -> object:
        """The claim or expression that a comment names; not understood, with a near name, where there is none."""
        if d.verb == "claim":
            from verify.evidence.run import catalogue

            known: dict[str, object] = dict(catalogue())
        else:
            known = dict(expressions())
        if d.rest not in known:
            near = difflib.get_close_matches(d.rest, known, 1)
            hint = f"did you mean {near[0]}?" if near else "see verify list"
            raise NotUnderstood(f"there is no {d.verb} '{d.rest[:40]}'", d.start, hint)
        return known[d.rest]

    # ------------------------------------------------------------ displays

    def _display(self, display: Display) -> None:
        d = self.pending
        if d is not None and d.verb == "skip":
            return
        if d is None and not self.everything:
            self._add(display.position, "unchecked", "", why="no '% verify:' comment before it")
            return
        bound = "derive" if d is None or d.verb == "derive" else f"{d.verb} {d.rest}"
        try:
            if not display.ended:
                raise NotUnderstood("a display that never ends", display.position)
            if display.doubt:
                raise NotUnderstood(f"nothing is understood after this: {display.doubt}", display.position)
            tokens = expand(tokenize(self.document.text, display.start, display.stop), display.macros)
            found = statements(tokens, display.environment)
        except NotUnderstood as fault:
            self._fault(fault, bound)
            return
        except Exception as error:  # whatever goes wrong in one display costs that display
            self._internal(error, display.position, bound)
            return
        if not found:
            self._add(display.position, "not understood", bound, why="an empty display")
        if d is None or d.verb == "derive":
            for s in found:
                self._guard(s, bound, lambda s: self._derive(s, asked=d is not None))
        elif found:
            self._guard(_joined(found), bound, lambda s: self._compare(s, d, bound))

    def _guard(self, s: Statement, bound: str, check: Callable[[Statement], None]) -> None:
        """Check a statement, or report what in it is not read."""
        try:
            if s.problem is not None:
                raise s.problem
            check(s)
        except NotUnderstood as fault:
            self._fault(fault, bound)
        except RecursionError:
            self._add(s.position, "not understood", bound, why="nesting that is too deep")
        except Exception as error:  # whatever goes wrong in one step costs that step
            self._internal(error, s.position, bound)

    def _internal(self, error: Exception, position: int, bound: str) -> None:
        why = defect("internal error", error)[:200]
        self._add(position, "inconclusive", bound, why=why, hint="this is a defect of verify; please report it")

    def _fault(self, fault: NotUnderstood, bound: str) -> None:
        self._add(fault.position, "not understood", bound, why=fault.what, hint=fault.hint)

    def _add(self, position: int, status: str, bound: str, **more: object) -> None:
        line, column = self.document.line(position), self.document.column(position)
        self.steps.append(Step(line, column, status, bound, **more))  # type: ignore[arg-type]

    # ------------------------------------------------------------ derivations

    def _derive(self, s: Statement, *, asked: bool) -> None:
        def read(tokens: Sequence[Token]) -> Reader:
            return Reader(tokens, self.context.names)

        if any(t.text in ARROWS for t in s.tokens):
            steps = [Link(sign, goal) for goal, sign in steps_of_arrows(s.tokens, read)]
        elif any(t.text in JOINTS and t.kind == "token" for t in s.tokens):
            sign = next(t for t in s.tokens if t.text in JOINTS)
            steps = [Link(sign, formula(s.tokens, read))]
        else:
            steps = links(s.tokens, read)
        if not steps:
            raise NotUnderstood("an arrow inside a bracket", s.position, "leave out brackets around a whole statement")
        conditions = _behind_comma(s.tokens, read) if any(t.text in ARROWS for t in s.tokens) else None
        for link in steps:
            try:
                self._step(link, s, read, asked=asked, conditions=conditions)
            except NotUnderstood as fault:
                self._fault(fault, "derive")
            except Exception as error:  # whatever goes wrong in one step costs that step
                self._internal(error, link.sign.position, "derive")

    def _step(
        self,
        link: Link,
        s: Statement,
        read: Callable[[Sequence[Token]], Reader],
        *,
        asked: bool,
        conditions: tuple[Formula, tuple[Formula, ...]] | None = None,
    ) -> None:
        """Decide one link of a derivation."""
        goal, position = link.formula, link.sign.position
        if link.problem is not None:
            raise link.problem
        if goal is None:
            self._add(position, "unchecked", "derive", why="a definition: there is nothing to prove")
            return
        if not asked and doubts.is_definition(goal, self.context):
            why = "it may be a definition or a hypothesis, and no '% verify:' comment asks to derive it"
            self._add(position, "unchecked", "derive", why=why)
            return
        abstract = self.context.abstract(goal)
        forms = [*([abstract] if abstract is not None else []), self.context.expanded(goal)]

        def again(forms: Sequence[Sequent]) -> Decision:
            return self.decide(forms, self.seconds)

        decision = again(forms)
        if decision.status == "refuted":
            beside = doubts.facts(s.reasons, read)
            decision = doubts.review(decision, goal, self.context, beside, again)
            decision = self._with_conditions(decision, goal, s, read)
            if decision.status == "refuted" and conditions is not None:
                last, found = conditions
                shorter = logic.Bool(goal.op, (goal.args[0], last)) if goal.args[1] != last else goal  # type: ignore[union-attr]
                if again([self.context.expanded(shorter, *found)]).status != "refuted":
                    hint = "state conditions in '% verify: assume ...'"
                    why = f"it may be meant only where what stands behind the comma holds: {hint}"
                    decision = Decision("inconclusive", why)
            if not asked:
                decision = doubts.unasked(decision, goal, self.context)
        edit = self._edit(decision, goal, lambda r: [self.context.expanded(r)], ("rhs", "lhs"))
        names = self.context.names.latex
        self._report(
            decision, position, "derive", names, latex=formula_latex(goal, names), why=decision.why,
            suggestion="" if edit is None else formula_latex(edit.relation, names),
            edit="" if edit is None else edit.what,
        )  # fmt: skip

    def _with_conditions(
        self, decision: Decision, goal: Formula, s: Statement, read: Callable[[Sequence[Token]], Reader]
    ) -> Decision:
        """A refuted step with bounds behind a comma, as in x^2 >= x, x >= 1: they may be meant as its conditions."""
        if decision.status != "refuted":
            return decision
        hint = "state conditions in '% verify: assume ...'"
        if not s.first and doubts.is_bound(goal):
            return Decision("inconclusive", f"a claim that does not hold, or a condition of what stands before: {hint}")
        found: list[Formula] = []
        for other in s.after:
            try:
                if other.problem is not None:
                    raise other.problem
                found += [f for x in links(other.tokens, read) if (f := x.formula) is not None and doubts.is_bound(f)]
            except NotUnderstood:
                why = f"a point violates it, but what stands beside it in its row is not read: {hint}"
                return Decision("inconclusive", why)
        if found and self.decide([self.context.expanded(goal, *found)], self.seconds).status != "refuted":
            return Decision("inconclusive", f"it may be meant only where what stands behind the comma holds: {hint}")
        return decision

    def _edit(
        self, decision: Decision, goal: Formula, again: Callable[[Rel], list[Sequent]], sides: tuple[str, ...]
    ) -> Edit | None:
        """A small edit that would mend a refuted step, confirmed by a proof."""
        if decision.status != "refuted" or not isinstance(goal, Rel):
            return None
        return suggestion(
            goal,
            lambda r: again(r)[-1],
            lambda r: self.decide(again(r), self.seconds / 2).status == "proved",
            self.seconds,
            sides,
        )

    def _report(self, decision: Decision, position: int, bound: str, names: dict[str, str], **more: object) -> None:
        witness = tuple((names.get(k, k), shown(v)) for k, v in (decision.witness or {}).items())
        self._add(position, decision.status, bound, witness=witness, lhs=decision.lhs, rhs=decision.rhs, **more)

    # ------------------------------------------------------------ bound displays

    def _compare(self, s: Statement, d: Directive, bound: str) -> None:
        target = self._bound(d)
        ground = binding.ground_of(target)  # type: ignore[arg-type]
        names = theory_spelling()

        def read(tokens: Sequence[Token]) -> Reader:
            return Reader(tokens, names, theory=True)

        if d.verb == "expression":
            value = binding.term(target.value)  # type: ignore[attr-defined]
            relations = chain(s.tokens, read)
            self._members(relations, [value], ground, bound, names)
            return
        theory = binding.statement_of(target)  # type: ignore[arg-type]
        if theory is None:
            raise NotUnderstood("a claim of this kind", s.position, "bind identities, inequalities and equivalences")
        if isinstance(theory, Rel) and theory.op == "==":
            relations = chain(s.tokens, read)
            self._members(relations, [theory.lhs, theory.rhs], ground, bound, names)
            return
        paper = formula(s.tokens, read)
        pairs = binding.sides(paper, theory)
        position = next((t.position for t in s.tokens if t.text in ARROWS), s.position)
        if pairs is None:
            self._other_form(paper, position, ground, bound, names)
            return
        for pair in pairs:
            if not self._equal(pair, formula_latex(paper, names.latex), position, bound, ground, names):
                return
        self._add(position, "proved", bound, latex=formula_latex(paper, names.latex), why=SAME)

    def _equal(
        self, pair: binding.Pair, shown: str, position: int, bound: str, ground: binding.Ground, names: Names
    ) -> bool:
        """Whether a side of the paper equals the theory's; a side that does not is reported."""
        decision = self.decide(pair.forms(ground), self.seconds)
        if decision.status == "proved":
            return True
        edit = self._edit(decision, pair.goal, lambda r: pair.forms(ground, r), ("lhs",))
        self._report(
            decision, position, bound, names.latex, latex=shown,
            why="; ".join(filter(None, (f"here the theory has {binding.side_latex(pair.theory)}", decision.why))),
            suggestion="" if edit is None else term_latex(edit.relation.lhs, names.latex),
            edit="" if edit is None else edit.what,
        )  # fmt: skip
        return False

    def _members(
        self, relations: Sequence[tuple[Rel, Token]], theory: Sequence[logic.Term], ground: binding.Ground, bound: str,
        names: Names,
    ) -> None:  # fmt: skip
        """Every member of a chain of equations must equal the theory's sides, all shifted by one whole number."""
        wrong = next((sign for rel, sign in relations if rel.op != "=="), None)
        if wrong is not None:
            raise NotUnderstood(f"'{wrong.text}' in a display that states an equation", wrong.position)
        first, *rest = binding.members([rel for rel, _ in relations])
        by = binding.shift(first, theory[0], ground)
        target = [t if not by else logic.add(t, logic.Num(by)) for t in theory]
        (rel, sign), shown = relations[0], formula_latex(relations[0][0], names.latex)
        if not self._equal(binding.Pair(first, target[0]), shown, sign.position, bound, ground, names):
            return
        for member, (rel, sign) in zip(rest, relations, strict=True):
            shown = formula_latex(rel, names.latex)
            if self._equal(binding.Pair(member, target[-1]), shown, sign.position, bound, ground, names):
                self._add(sign.position, "proved", bound, latex=shown, why=SAME)

    def _other_form(self, paper: Formula, position: int, ground: binding.Ground, bound: str, names: Names) -> None:
        """A display that has another form than its claim: refuted where it is false, otherwise open."""
        decision = self.decide(ground.forms(paper), self.seconds)
        if decision.status != "refuted":
            decision = Decision("inconclusive", "it has another form than the claim")
        shown = formula_latex(paper, names.latex)
        self._report(decision, position, bound, names.latex, latex=shown, why=decision.why)


def _behind_comma(
    tokens: Sequence[Token], read: Callable[[Sequence[Token]], Reader]
) -> tuple[Formula, tuple[Formula, ...]] | None:
    """What the last arrow leads to without what stands behind its comma, and that: conditions, in A iff B, x > 0."""
    last = split_top(tokens, frozenset(ARROWS))[-1][1]
    first, *rest = (part for _, part in split_top(last, frozenset({","})))
    if not rest:
        return None
    return formula(first, read), tuple(formula(part, read) for part in rest if part)


def _joined(found: Sequence[Statement]) -> Statement:
    """The statements of a bound display as one, joined by "and"."""
    tokens = list(found[0].tokens)
    for s in found[1:]:
        tokens += [Token(r"\and", s.position), *s.tokens]
    return Statement(tokens, next((s.problem for s in found if s.problem is not None), None))
