"""Checks a paper: goes through its displays, and proves or refutes every step that is bound or derived."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from theory.expressions import expressions
from verify import logic
from verify.logic import Formula, Rel, Sequent
from verify.paper import binding
from verify.paper.assumptions import Context
from verify.paper.decide import Decision, decide
from verify.paper.document import Directive, Display, Document
from verify.paper.formulas import chain, formula, steps_of_arrows
from verify.paper.grammar import Reader
from verify.paper.names import Names
from verify.paper.rows import ARROWS, Statement, statements
from verify.paper.show import formula_latex, term_latex
from verify.paper.suggest import Edit, suggestion
from verify.paper.tokens import NotUnderstood, Token, expand, tokenize

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


def check(document: Document, *, everything: bool = False, seconds: float = 10) -> list[Step]:
    """Every step in order; displays without a binding are derivations with ``everything``, else unchecked."""
    return _Run(document, everything, seconds).run()


class _Run:
    def __init__(self, document: Document, everything: bool, seconds: float) -> None:
        self.document, self.everything, self.seconds = document, everything, seconds
        self.context = Context()
        self.steps: list[Step] = []
        self.pending: Directive | None = None

    def run(self) -> list[Step]:
        for event in self.document.events:
            if isinstance(event, Directive):
                self._directive(event)
            else:
                self._display(event)
                self.pending = None
        if self.pending is not None:
            raise self.document.bad("no display follows this comment", "remove it", self.pending.position)
        return self.steps

    # ------------------------------------------------------------ comments

    def _directive(self, d: Directive) -> None:
        if d.verb not in VERBS:
            near = difflib.get_close_matches(d.verb, VERBS, 1)
            hint = f"did you mean {near[0]}?" if near else f"the comments are {', '.join(VERBS)}"
            raise self.document.bad(f"'% verify: {d.verb}' is not known", hint, d.position)
        if d.verb in BINDING:
            if self.pending is not None:
                raise self.document.bad("two comments for one display", "keep one of them", d.position)
            if d.verb in ("claim", "expression"):
                self._bound(d)
            self.pending = d
        elif d.verb == "forget":
            self.context.forget()
        else:
            try:
                tokens = expand(tokenize(self.document.text, d.start, d.start + len(d.rest)), d.macros)
                (self.context.assume if d.verb == "assume" else self.context.let)(tokens)
            except NotUnderstood as fault:
                what = f"'% verify: {d.verb}': {fault.what} is not understood"
                raise self.document.bad(what, fault.hint, fault.position) from None

    def _bound(self, d: Directive) -> object:
        """The claim or expression that a comment names; bad input with a near name where there is none."""
        if d.verb == "claim":
            from verify.runner import catalogue

            known: dict[str, object] = dict(catalogue())
        else:
            known = dict(expressions())
        if d.rest not in known:
            near = difflib.get_close_matches(d.rest, known, 1)
            hint = f"did you mean {near[0]}?" if near else "see verify list"
            raise self.document.bad(f"there is no {d.verb} '{d.rest[:40]}'", hint, d.start)
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
            tokens = expand(tokenize(self.document.text, display.start, display.stop), display.macros)
            found = statements(tokens, display.environment)
        except NotUnderstood as fault:
            self._fault(fault, bound)
            return
        if not found:
            self._add(display.position, "not understood", bound, why="an empty display")
        if d is None or d.verb == "derive":
            for s in found:
                self._guard(s, bound, self._derive)
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

    def _fault(self, fault: NotUnderstood, bound: str) -> None:
        self._add(fault.position, "not understood", bound, why=fault.what, hint=fault.hint)

    def _add(self, position: int, status: str, bound: str, **more: object) -> None:
        line, column = self.document.line(position), self.document.column(position)
        self.steps.append(Step(line, column, status, bound, **more))  # type: ignore[arg-type]

    # ------------------------------------------------------------ derivations

    def _derive(self, s: Statement) -> None:
        def read(tokens: Sequence[Token]) -> Reader:
            return Reader(tokens, self.context.names)

        def again(r: Rel) -> list[Sequent]:
            return [self.context.expanded(r)]

        arrows = any(t.text in ARROWS for t in s.tokens)
        steps: Sequence[tuple[Formula, Token]] = steps_of_arrows(s.tokens, read) if arrows else chain(s.tokens, read)
        for goal, sign in steps:
            abstract = self.context.abstract(goal)
            forms = [*([abstract] if abstract is not None else []), self.context.expanded(goal)]
            decision = decide(forms, self.seconds)
            edit = self._edit(decision, goal, again, ("rhs", "lhs"))
            names = self.context.names.latex
            self._report(
                decision, sign.position, "derive", names, latex=formula_latex(goal, names), why=decision.why,
                suggestion="" if edit is None else formula_latex(edit.relation, names),
                edit="" if edit is None else edit.what,
            )  # fmt: skip

    def _edit(
        self, decision: Decision, goal: Formula, again: Callable[[Rel], list[Sequent]], sides: tuple[str, ...]
    ) -> Edit | None:
        """A small edit that would mend a refuted step, confirmed by a proof."""
        if decision.status != "refuted" or not isinstance(goal, Rel):
            return None
        return suggestion(
            goal,
            lambda r: again(r)[-1],
            lambda r: decide(again(r), self.seconds / 2).status == "proved",
            self.seconds,
            sides,
        )

    def _report(self, decision: Decision, position: int, bound: str, names: dict[str, str], **more: object) -> None:
        witness = tuple((names.get(k, k), str(v)) for k, v in (decision.witness or {}).items())
        self._add(position, decision.status, bound, witness=witness, lhs=decision.lhs, rhs=decision.rhs, **more)

    # ------------------------------------------------------------ bound displays

    def _compare(self, s: Statement, d: Directive, bound: str) -> None:
        target = self._bound(d)
        ground = binding.ground_of(target)  # type: ignore[arg-type]
        names = _theory_spelling()

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
        decision = decide(pair.forms(ground), self.seconds)
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
        decision = decide(ground.forms(paper), self.seconds)
        if decision.status != "refuted":
            decision = Decision("inconclusive", "it has another form than the claim")
        shown = formula_latex(paper, names.latex)
        self._report(decision, position, bound, names.latex, latex=shown, why=decision.why)


def _joined(found: Sequence[Statement]) -> Statement:
    """The statements of a bound display as one, joined by "and"."""
    tokens = list(found[0].tokens)
    for s in found[1:]:
        tokens += [Token(r"\and", s.position), *s.tokens]
    return Statement(tokens, next((s.problem for s in found if s.problem is not None), None))


def _theory_spelling() -> Names:
    """Names that print as the theory writes them."""
    from theory.latex.names import known_names

    names = Names(latex=dict(known_names()))
    names.latex |= {f"expression:{e.name}": e.latex for e in expressions().values()}
    return names
