"""Checks a paper: goes through its displays, and proves or refutes every step that is bound or derived.

What cannot be read or goes wrong costs the step that it belongs to, never the run.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression
from verify.papers.assumptions import Context
from verify.papers.compare import compare
from verify.papers.decide import decide
from verify.papers.derive import Derivations
from verify.papers.document import Directive, Display, Document, Fault, Other
from verify.papers.lexicon import lexicon_of
from verify.papers.remarks import word_in
from verify.papers.rows import Statement, statements
from verify.papers.spelling import bare_names
from verify.papers.step import CheckedStep, Record
from verify.papers.targets import BOUND, Targets
from verify.papers.tokens import NotUnderstood, Token, expand, tokenize
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.papers.memory import Memory

VERBS = (*BOUND, "derive", "assume", "let", "forget", "skip")
BINDING = (*BOUND, "derive", "skip")


def check(
    document: Document,
    *,
    everything: bool = False,
    seconds: float = 10,
    targets: Targets | None = None,
    memory: Memory | None = None,
) -> list[CheckedStep]:
    """Every step in order; displays without a binding are derivations with ``everything``, else unchecked.

    ``targets``: what comments can name, by default the claims and expressions of the theory in force. ``memory``
    supplies what is known of the steps already, and keeps what is found.
    """
    record = Record(document, seconds, decide if memory is None else memory.decide)
    return _Run(document, record, everything, targets or Targets()).run()


class _Run:
    def __init__(self, document: Document, record: Record, everything: bool, targets: Targets) -> None:
        self.document, self.record, self.everything, self.targets = document, record, everything, targets
        self.context = Context()
        self.derivations = Derivations(record, self.context)
        self.pending: Directive | None = None
        self.consumed = False  # a comment that is wrong was meant for the next display
        bound = [(e.verb, e.rest) for e in document.events if isinstance(e, Directive) and e.verb in BOUND]
        with contextlib.suppress(Exception):  # what goes wrong here is said at the comment
            for setting in targets.settings(bound):
                self.context.names.lexicon |= lexicon_of(setting)
        self.context.names.bare = bare_names(document)

    def run(self) -> list[CheckedStep]:
        for event in self.document.events:
            if isinstance(event, Directive):
                self._directive(event)
            elif isinstance(event, Fault):
                self.record.add(event.position, "not understood", "", why=event.what, hint=event.hint)
            elif isinstance(event, Other):
                self._missed(event.what)
                self.consumed = False
            else:
                consumed, self.consumed = self.consumed, False
                if not consumed:
                    self._display(event)
                self.pending = None
        self._missed("the end of the file")
        return self.record.steps

    def _missed(self, what: str) -> None:
        """A comment behind which no display comes but something else."""
        if self.pending is not None:
            where = f"on line {self.document.line(self.pending.position)}"
            why = f"no display follows this comment {where}, but {what}"
            hint = "put the comment right before \\[, $$, or an environment such as equation, align, gather or multline"
            self.record.add(self.pending.position, "not understood", "", why=why, hint=hint)
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
            why = f"'% verify: {d.verb}': {fault.what}"
            self.record.add(fault.position, "not understood", "", why=why, hint=fault.hint)
        except Exception as error:  # whatever goes wrong in one comment costs that comment
            self.context.lose(d.verb, f"the comment on line {self.document.line(d.position)}")
            self.record.internal(error, d.position, "")

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
            if d.verb in BOUND:
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

    def _bound(self, d: Directive) -> Claim | NamedExpression:
        """The claim or expression that a comment names; not understood, with a near name, where there is none."""
        try:
            return self.targets.find(d.verb, d.rest)
        except BadInput as error:
            raise NotUnderstood(error.what, d.start, error.hint) from error

    # ------------------------------------------------------------ displays

    def _display(self, display: Display) -> None:
        d = self.pending
        if d is not None and d.verb == "skip":
            return
        if d is None and not self.everything:
            self.record.add(display.position, "unchecked", "", why="no '% verify:' comment before it")
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
            self.record.fault(fault, bound)
            return
        except Exception as error:  # whatever goes wrong in one display costs that display
            self.record.internal(error, display.position, bound)
            return
        if not found:
            self.record.add(display.position, "not understood", bound, why="an empty display")
        if d is None or d.verb == "derive":
            for s in found:
                self._guard(s, bound, lambda s: self.derivations.statement(s, asked=d is not None))
        elif found:
            self._guard(_joined(found), bound, lambda s: compare(self.record, s, bound, self._bound(d)))

    def _guard(self, s: Statement, bound: str, check: Callable[[Statement], None]) -> None:
        """Check a statement, or report what in it is not read."""
        try:
            if s.problem is not None:
                raise s.problem
            check(s)
        except NotUnderstood as fault:
            self.record.fault(fault, bound)
        except RecursionError:
            self.record.add(s.position, "not understood", bound, why="nesting that is too deep")
        except Exception as error:  # whatever goes wrong in one step costs that step
            self.record.internal(error, s.position, bound)


def _joined(found: Sequence[Statement]) -> Statement:
    """The statements of a bound display as one, joined by "and"."""
    tokens = list(found[0].tokens)
    for s in found[1:]:
        tokens += [Token(r"\and", s.position), *s.tokens]
    return Statement(tokens, next((s.problem for s in found if s.problem is not None), None))
