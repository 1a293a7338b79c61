"""Checks a paper: goes through its displays, and proves or refutes every step that is bound or derived.

What cannot be read or goes wrong costs the step that it belongs to, never the run.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from verify.papers import spatial_comments
from verify.papers.assumptions import Context
from verify.papers.continuation import continued, last_member_of
from verify.papers.decide import Decider, decide
from verify.papers.derive import Derivations
from verify.papers.document import BOUND, Aside, Directive, Display, Document, Fault, Other
from verify.papers.keys import source_of
from verify.papers.macros import expand
from verify.papers.remarks import word_in
from verify.papers.rows import Statement, clean, statements
from verify.papers.spatial_decide import Decide, prover
from verify.papers.spatial_lines import Span, spans
from verify.papers.spatial_steps import SpatialSteps
from verify.papers.spelling import bare_names
from verify.papers.statement import joined
from verify.papers.step import CheckedStep, Record
from verify.papers.tokens import NotUnderstood, Token, tokenize
from verify.papers.unasked import elsewhere, keep, trusted
from verify.runtime.engine import HERE, Engine
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.claims.setting import NamedExpression
    from verify.papers.memory import Memory
    from verify.papers.targets import Targets

VERBS = (*BOUND, "derive", "assume", "let", "forget", "skip", *spatial_comments.VERBS, "using")
BINDING = (*BOUND, "derive", "skip")
SKIPPED = "'% verify: skip'"


def check(
    document: Document,
    *,
    everything: bool = False,
    seconds: float = 10,
    targets: Targets | None = None,
    memory: Memory | None = None,
    spatial: Decide | None = None,
    progress: Callable[[int, int], object] | None = None,
    engine: Engine = HERE,
    ahead: Callable[[int, int], object] | None = None,
) -> list[CheckedStep]:
    """Every step in order; displays without a binding are derivations with ``everything``, else unchecked.

    ``targets``: what comments can name, by default the claims and expressions of the theory in force. ``memory``
    supplies what is known of the steps already, and keeps what is found. ``spatial`` decides what is about vectors, by
    default the prover for them. ``progress`` is told how many displays are done, and how many there are. With a memory,
    an ``engine`` of several processes decides beforehand what will be asked; ``ahead`` is told how much of it is done.
    """
    if memory is None:
        record = Record(document, seconds, decide)
        return _Run(document, record, everything, targets, spatial or prover()).run(progress)
    numbers: Decider = memory.decide
    if spatial is None and (spatial := prover()) is not None:
        from verify.papers.spatial_memory import remembering

        asked, spatial = spatial, remembering(memory, spatial)
        if engine != HERE:
            from verify.papers.foresight import Foresight

            def rehearse(numbers: Decider, spaces: Decide | None) -> None:
                _Run(document, Record(document, seconds, numbers), everything, targets, spaces).run()

            foresight = Foresight(memory, asked, engine, rehearse, ahead)
            numbers, spatial = foresight.numbers, foresight.spaces
    record = Record(document, seconds, numbers, memory.remembered)
    return _Run(document, record, everything, targets, spatial).run(progress)


class _Run:
    def __init__(
        self, document: Document, record: Record, everything: bool, targets: Targets | None, spatial: Decide | None
    ) -> None:
        self.document, self.record, self.everything, self.given = document, record, everything, targets
        self.context = Context()
        self.spatial = SpatialSteps(record, self.context, spatial) if spatial is not None else None
        self.derivations = Derivations(record, self.context, self.spatial)
        self.uses = any(isinstance(e, Directive) and e.verb == "using" for e in document.events)
        self.pending: Directive | None = None
        self.before: Display | None = None  # the display before, from whose last member the next one may go on
        self.said = ""  # the comment before that display
        self.consumed: int | None = None  # the step of a comment that is wrong: it was meant for the next display
        self.held: dict[str, int] = {}  # labels of displays that nobody asked to check, with the places of their steps
        bound = [(e.verb, e.rest) for e in document.events if isinstance(e, Directive) and e.verb in BOUND]
        if bound:
            with contextlib.suppress(Exception):  # what goes wrong here is said at the comment
                self._name_quantities(bound)
        self.context.names.bare = bare_names(document)
        self.context.elsewhere = elsewhere(document)

    @cached_property
    def targets(self) -> Targets:
        """What comments can name; a paper that names nothing of a theory loads none."""
        from verify.papers.targets import Targets

        return self.given or Targets()

    def _name_quantities(self, bound: Sequence[tuple[str, str]]) -> None:
        from verify.papers.lexicons import lexicon_of

        for setting in self.targets.settings(bound):
            self.context.names.lexicon |= lexicon_of(setting)

    def run(self, progress: Callable[[int, int], object] | None = None) -> list[CheckedStep]:
        total = sum(isinstance(event, Display) for event in self.document.events)
        place = self.context.elsewhere
        for place.at, event in enumerate(self.document.events):
            if isinstance(event, Directive):
                self._directive(event)
            elif isinstance(event, Fault):
                self.record.add(event.position, "not understood", "", why=event.what, hint=event.hint)
            elif isinstance(event, Other):
                self._missed(event.what)
                self.consumed = None
            elif isinstance(event, Aside):
                self._aside(event)
            else:
                place.here += 1
                self.record.display = place.here
                if self.consumed is None:
                    self._display(event)
                else:  # it has its line already, at the comment
                    wrong, self.consumed = self.consumed, None
                    self.record.steps[wrong] = replace(self.record.steps[wrong], display=place.here)
                self.said = "" if self.pending is None else self.pending.verb
                self.pending, self.before = None, event
                self.record.display = 0
                if self.spatial is not None:
                    self.spatial.lines.done()
                if progress is not None:
                    progress(place.here, total)
        self._missed("the end of the file")
        if self.spatial is not None:
            trusted(self.record, self.spatial.lines.trusted, self.held)
        return self.record.steps

    def _missed(self, what: str) -> None:
        """A comment behind which no display comes but something else."""
        if self.pending is not None:
            where = f"on {self.document.place(self.pending.position)}"
            why = f"no display follows this comment {where}, but {what}"
            hint = "put the comment right before \\[, $$, or an environment such as equation, align, gather or multline"
            self.record.add(self.pending.position, "not understood", "", why=why, hint=hint)
            self.pending = None

    # ------------------------------------------------------------ comments

    def _directive(self, d: Directive) -> None:
        try:
            self._follow(d)
        except NotUnderstood as fault:
            if d.verb in ("assume", "let", *spatial_comments.VERBS):
                self.context.lose(d.verb, f"the comment on {self.document.place(d.position)}")
            else:
                self.pending, self.consumed = None, len(self.record.steps)
            why = f"'% verify: {d.verb}': {fault.what}"
            self.record.add(fault.position, "not understood", "", why=why, hint=fault.hint)
        except Exception as error:  # whatever goes wrong in one comment costs that comment
            self.context.lose(d.verb, f"the comment on {self.document.place(d.position)}")
            self.record.internal(error, d.position, "")

    def _follow(self, d: Directive) -> None:
        if d.verb in ("let", "forget"):
            self.before = None  # its letters mean something else here
        if d.verb not in VERBS:
            near = difflib.get_close_matches(d.verb, VERBS, 1)
            hint = f"did you mean {near[0]}?" if near else f"the comments are {', '.join(VERBS)}"
            if near and near[0] in ("assume", "let", "forget", *spatial_comments.VERBS):
                self.context.lose(near[0], f"the comment on {self.document.place(d.position)}")
            raise NotUnderstood("this comment is not known", d.position, hint)
        if d.verb in BINDING or (d.verb == "assume" and not d.rest.strip()):
            if self.pending is not None:
                raise NotUnderstood("two comments for one display", d.position, "keep one of them")
            if d.verb in BOUND:
                self._bound(d)
            self.pending = d
        elif d.verb == "forget":
            self.context.forget()
            if self.spatial is not None:
                self.spatial.spatial.forget()
        elif d.verb == "using" or d.verb in spatial_comments.VERBS:
            self._about_vectors(d)
        else:
            if d.doubt:
                raise NotUnderstood(f"nothing is understood after this: {d.doubt}", d.position)
            tokens = self._tokens(d, d.rest, d.start)
            if d.verb == "assume" and self.spatial is not None:
                comments = self._comments(d, self.spatial)
                if comments.takes(d.rest, clean(tokens)):
                    if tokens := comments.assume(d.rest, d.start):
                        self.context.assume(tokens)
                    return
            if word := word_in(d.rest.partition("%")[0]):
                hint = r"write \text{and} or a comma, and only formulas"
                raise NotUnderstood(f"the word '{word}'", d.start, hint)
            if d.verb == "let" and self.spatial is not None:
                self.spatial.spatial.state += 1  # a letter may mean something else from here on
            (self.context.assume if d.verb == "assume" else self.context.let)(tokens)

    def _tokens(self, d: Directive, text: str, start: int) -> list[Token]:
        """The tokens of a part of a comment, with macros expanded and without dollar signs."""
        part = tokenize(self.document.text, start, start + len(text))
        return [t for t in expand(part, d.macros) if t.text != "$"]

    def _comments(self, d: Directive, spatial: SpatialSteps) -> spatial_comments.Comments:
        where = f"the comment on {self.document.place(d.position)}"
        return spatial_comments.Comments(spatial.spatial, lambda text, start: self._tokens(d, text, start), where)

    def _about_vectors(self, d: Directive) -> None:
        """A comment that declares vectors and functions, or says which lines a derivation uses."""
        if self.spatial is None:
            raise NotUnderstood("there is no prover for vectors here", d.position)
        if d.doubt:
            raise NotUnderstood(f"nothing is understood after this: {d.doubt}", d.position)
        if d.verb == "using":
            self.spatial.lines.using(d.rest, d.start, lambda text, start: self._tokens(d, text, start))
        elif tokens := self._comments(d, self.spatial).declare(d.verb, d.rest, d.start):
            self.context.assume(tokens)

    def _bound(self, d: Directive) -> Claim | NamedExpression:
        """The claim or expression that a comment names; not understood, with a near name, where there is none."""
        try:
            return self.targets.find(d.verb, d.rest)
        except BadInput as error:
            raise NotUnderstood(error.what, d.start, error.hint) from error

    # ------------------------------------------------------------ displays

    def _aside(self, aside: Aside) -> None:
        """A definition in a sentence holds like a displayed one; a chain does not go on where a letter has changed."""
        before = dict(self.context.definitions)
        if aside.sure:
            keep(aside.formula, self.document, self.derivations, None)
        if before.items() - self.context.definitions.items():
            self.before = None

    def _display(self, display: Display) -> None:
        d = self.pending
        if d is not None and d.verb == "skip":
            keep(display, self.document, self.derivations, None)
            self.record.add(display.position, "unchecked", "", why=SKIPPED)
            return
        if d is None and not self.everything:
            keep(display, self.document, self.derivations, self.held if self.uses else None)
            self.record.add(display.position, "unchecked", "", why="no '% verify:' comment before it")
            return
        bound = "derive" if d is None or d.verb == "derive" else f"{d.verb} {d.rest}".strip()
        try:
            if not display.ended:
                raise NotUnderstood("a display that never ends", display.position)
            if display.doubt:
                raise NotUnderstood(f"nothing is understood after this: {display.doubt}", display.position)
            tokens = self.document.tokens(display)
            last = partial(last_member_of, self.document, self.before, self.said, display.position)
            found = continued(statements(tokens, display.environment), last)
            named = spans(tokens, display.environment) if self.spatial is not None else []
            for s in found:
                s.restricted = s.restricted or display.restricted
        except NotUnderstood as fault:
            self.record.fault(fault, bound)
            self._lost(d)
            return
        except Exception as error:  # whatever goes wrong in one display costs that display
            self.record.internal(error, display.position, bound)
            self._lost(d)
            return
        if not found:
            self.record.add(display.position, "not understood", bound, why="an empty display")
        if d is not None and d.verb == "assume":
            for s in found:
                self._guard(s, bound, lambda s: self._hypothesis(d, s, named))
        elif d is None or d.verb == "derive":
            for s in found:
                self._guard(s, bound, lambda s: self.derivations.statement(s, asked=d is not None, spans=named))
        elif found:
            self._guard(joined(found), bound, lambda s: self._compare(s, bound, d))

    def _compare(self, s: Statement, bound: str, d: Directive) -> None:
        from verify.papers.compare import compare

        compare(self.record, s, bound, self._bound(d))

    def _lost(self, d: Directive | None) -> None:
        """After a hypothesis that is not understood nothing is refuted."""
        if d is not None and d.verb == "assume":
            self.context.lose("assume", f"the hypothesis behind the comment on line {self.document.line(d.position)}")

    def _hypothesis(self, d: Directive, s: Statement, named: Sequence[Span]) -> None:
        """Assume what a display says from here on."""
        try:
            if s.problem is not None:
                raise s.problem
            if s.conditions:  # without them more would be assumed than is written
                what = "a hypothesis that holds under a condition"
                raise NotUnderstood(what, s.position, "assume the condition first, in a hypothesis of its own")
            if self.spatial is None:
                self.context.assume(s.tokens)
            else:
                for group in self._comments(d, self.spatial).group(s.tokens):
                    self.context.assume(group)
                position = (s.tokens[0].position, "assumed", tuple[str, ...]())
                self.spatial.lines.keep(named, s.tokens, [position], self.document.line)
        except Exception:
            self._lost(d)
            raise
        self.record.add(s.position, "assumed", "assume", latex=source_of(s.tokens))

    def _guard(self, s: Statement, bound: str, check: Callable[[Statement], None]) -> None:
        """Check a statement, or report what in it is not read."""
        try:
            if s.problem is not None and bound != "assume":
                raise s.problem
            check(s)
        except NotUnderstood as fault:
            self.record.fault(fault, bound)
            self.derivations.lose(s)
        except RecursionError:
            self.record.add(s.position, "not understood", bound, why="nesting that is too deep")
        except Exception as error:  # whatever goes wrong in one step costs that step
            self.record.internal(error, s.position, bound)
