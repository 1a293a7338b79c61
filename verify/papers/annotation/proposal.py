"""A copy of a paper with the comments that its sentences amount to, of which those are kept that are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from verify.papers.annotation.classes import classes
from verify.papers.annotation.conditions import ASSUMING, DEFINING, DEFINITION, conditions, flat
from verify.papers.annotation.inserting import Insertion, Places, copy, insertions, parts_of
from verify.papers.annotation.letters import needed
from verify.papers.annotation.prose import Item, Sentence, pieces, words
from verify.papers.annotation.scopes import Scopes
from verify.papers.document import Directive, Display, Document
from verify.papers.doubts import UNDEFINED
from verify.papers.edits import WEAKENED
from verify.papers.sources import Part
from verify.papers.step import CheckedStep
from verify.runtime.errors import BadInput

Check = Callable[[Document, bool], list[CheckedStep]]  # with or without the displays that have no comment
MOST_ROUNDS = 12  # in which comments that are not understood are left out; each leaves out all that it finds
MOST_LETTERS = 6
DECIDED = ("proved", "refuted")
_STEP = re.compile(r"\s*\\?[A-Za-z]+_(?:\{[^{}]*\}|[A-Za-z0-9])[^=]*=[^=]*\\nabla[^=]*", re.DOTALL)
_NEXT = re.compile(r"(?P<base>\\?[A-Za-z]+)_\{\s*(?P<index>[A-Za-z])\s*\+\s*1\s*\}")
_HYPOTHESIS = ASSUMING | {"that"}
_BESIDE = re.compile(r",?\s*\\q?quad(?![A-Za-z])")
_BOUND = re.compile(r"\\(?:le|ge|leq|geq|lt|gt|ne|neq|leqslant|geqslant)(?![A-Za-z])|[<>]")
_LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_NO_LETTERS = words(
    r"\frac \tfrac \dfrac \sqrt \left \right \bigl \bigr \Bigl \Bigr \lVert \rVert \lvert \rvert \cdot \langle \rangle "
    r"\nabla \overset \min \max \log \ln \exp \sum \mathbb \big \Big \bigg \Bigg \biggl \biggr"
)


@dataclass(frozen=True)
class Planned:
    """What is to stand before a display: comments, and which of all that is in force there it has from sentences."""

    comments: tuple[str, ...]
    in_force: frozenset[str]
    binding: str = ""  # derive or skip


@dataclass(frozen=True)
class Annotated:
    """A copy of a paper with comments, and what was found in it.

    ``text`` is that of the paper itself, ``inserted`` what is put into it and into the files that it reads.
    ``comments``: the file and the line of the copy and the comment; ``left_out``: the place in the paper and what was
    not understood. The paper itself has no name.
    """

    text: str
    inserted: Mapping[Part, Sequence[Insertion]]
    comments: tuple[tuple[str, int, str], ...]
    left_out: tuple[tuple[str, int, str], ...]
    steps: tuple[CheckedStep, ...]


@dataclass
class _Plan:
    shown: list[Display] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # which of all displays of the paper they are
    displays: list[Planned] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)  # of comments in the paper

    def inserted(self, document: Document) -> dict[Part, list[Insertion]]:
        """The comments that are put into each file, also where there are none."""
        planned = ([*p.comments, *([p.binding] if p.binding else [])] for p in self.displays)
        found = insertions(document, zip(self.shown, planned, strict=True))
        return {part: found.get(part, []) for part in {document.part(d.position): None for d in self.shown}}

    def copy(self, document: Document) -> tuple[Document, Places]:
        """The paper with the comments, and what stands at which of their lines."""
        return copy(document, self.inserted(document))

    def of(self, paper: Document) -> list[Display]:
        """The displays of a copy that are those of the plan: copies have no other displays than the paper."""
        all_ = [e for e in paper.events if isinstance(e, Display)]
        return [all_[k] for k in self.numbers]


def annotated(document: Document, check: Check, *, everywhere: bool = False) -> Annotated:
    """The copy that is proposed; ``everywhere``: of the files that the paper reads too.

    BadInput for a paper that has comments already.
    """
    if (first := next((e for e in document.events if isinstance(e, Directive)), None)) is not None:
        file = document.file(first.position) or document.name
        what = f"{file}:{document.line(first.position)} has a '% verify:' comment already"
        raise BadInput(what, "comments are proposed for a paper that has none; check this one, or use --all")
    plan = _plan(document, parts_of(document, everywhere=everywhere))
    dropped: set[str] = set()
    for _ in range(MOST_ROUNDS):
        paper, lines = plan.copy(document)
        found = check(paper, False)
        wrong = {lines[s.file, s.line] for s in found if s.status == "not understood" and (s.file, s.line) in lines}
        if not wrong:
            break
        dropped |= wrong
        plan.displays = [replace(p, comments=tuple(c for c in p.comments if c not in wrong)) for p in plan.displays]
    plan.displays = _bound(document, plan, dropped, check)
    for _ in range(MOST_ROUNDS):  # what is asked for is looked at more closely than what is not
        paper, lines = plan.copy(document)
        steps = check(paper, False)
        spoiled = [
            p.binding == "derive" and not _decided(s, doubtful=bool(p.in_force & dropped))
            for p, s in zip(plan.displays, _parted(plan.of(paper), paper, steps), strict=True)
        ]
        if not any(spoiled):
            break
        plan.displays = [replace(p, binding="") if w else p for p, w in zip(plan.displays, spoiled, strict=True)]
    left = sorted((*_place(document, plan.places[c]), c) for c in dropped if c in plan.places)
    comments = sorted((file, line, comment) for (file, line), comment in lines.items())
    return Annotated(paper.main, plan.inserted(document), tuple(comments), tuple(left), tuple(steps))


def _place(document: Document, position: int) -> tuple[str, int]:
    return document.file(position), document.line(position)


# ------------------------------------------------------------ what sentences say


def _plan(document: Document, parts: Collection[Part]) -> _Plan:
    plan, scopes, new = _Plan(), Scopes(), list[str]()
    numbers = {id(e): k for k, e in enumerate(e for e in document.events if isinstance(e, Display))}
    before: tuple[str, ...] = ()  # the words that stand before a display
    references: list[str] = []
    for piece in pieces(document, parts):
        if isinstance(piece, Item):
            scopes.structure(piece)
        elif isinstance(piece, Sentence):
            throughout = "throughout" in piece.words
            for place, comment in sorted((*conditions(piece), *classes(piece)), key=lambda x: x[0]):
                plan.places.setdefault(comment, place)
                if scopes.add(comment, throughout=throughout):
                    new.append(comment)
            before = piece.words if piece.before is not None else ()
            references = [i.text for i in piece.items if i.kind == "reference"] if piece.before is not None else []
        else:
            renewed = scopes.renewed()
            comments = [*renewed, *scopes.here] if renewed else new
            new = []
            force = frozenset((*scopes.everywhere, *scopes.here))
            used = [rf"using \eqref{{{label}}}" for label in dict.fromkeys(references)]
            planned = Planned((*comments, *used), force)
            for comment in _said(document, piece, before):
                plan.places.setdefault(comment, piece.position)
                scopes.add(comment, throughout=False)
                planned = replace(planned, binding="skip", comments=(*planned.comments, comment))
            before, references = (), []
            plan.shown.append(piece)
            plan.numbers.append(numbers[id(piece)])
            plan.displays.append(planned)
    return plan


def _said(document: Document, display: Display, before: Sequence[str]) -> Iterator[str]:
    """The comment that a display amounts to which is no claim: an iteration, a definition, or what is assumed.

    ``before``: the words of the sentence that the display ends.
    """
    body = flat(document.text[display.start : display.stop]).replace("&", "")
    if r"\\" in body:
        return
    body, *beside = (part.strip().rstrip(".,;").strip() for part in _BESIDE.split(body))
    if (step := _NEXT.match(body)) is not None and _STEP.fullmatch(body) is not None:
        yield f"vectors {step['base']}_{step['index']}; {body}"
    elif (defined := DEFINITION.fullmatch(body)) is not None and (
        ":=" in body or r"\coloneqq" in body or DEFINING & set(before[-3:])
    ):
        for also in (defined, *filter(None, map(DEFINITION.fullmatch, beside))):
            yield f"let {also['name'].strip()} = {also['value'].strip()}"
    elif before and before[-1] in _HYPOTHESIS and ASSUMING & set(before):
        yield f"assume {body}"


# ------------------------------------------------------------ what is asked to be derived


def _bound(document: Document, plan: _Plan, dropped: set[str], check: Check) -> list[Planned]:
    """The displays with ``derive`` where something in them is decided, once letters are declared that are numbers."""
    out = list(plan.displays)
    first = last = _by_display(document, plan, out, check)
    tried = list(out)
    sure = [True] * len(out)
    for _ in range(MOST_LETTERS):  # of a display: each step tells one letter at a time
        more = [needed(document.text, steps) for steps in last]
        new = [[c for c in m.comments if c not in p.comments] for m, p in zip(more, tried, strict=True)]
        if not any(new):
            break
        sure = [a and (b.sure or not c) for a, b, c in zip(sure, more, new, strict=True)]
        tried = [replace(p, comments=(*p.comments, *c)) for p, c in zip(tried, new, strict=True)]
        last = _by_display(document, plan, tried, check)
    for i, (steps, then) in enumerate(zip(first, last, strict=True)):
        if tried[i] != out[i] and _better(steps, then, sure=sure[i]):
            out[i], steps = tried[i], then
        if not out[i].binding and _decided(steps, doubtful=bool(out[i].in_force & dropped)):
            out[i] = replace(out[i], binding="derive")
    return out


def _by_display(document: Document, plan: _Plan, displays: Sequence[Planned], check: Check) -> list[list[CheckedStep]]:
    """The steps of each display, all of which are looked at."""
    paper, _ = replace(plan, displays=list(displays)).copy(document)
    return _parted(plan.of(paper), paper, check(paper, True))


def _parted(displays: Sequence[Display], paper: Document, steps: Sequence[CheckedStep]) -> list[list[CheckedStep]]:
    """Steps by the display in which they stand."""
    found = []
    for display in displays:
        file = paper.file(display.position)
        first, last = ((paper.line(at), paper.column(at)) for at in (display.position, display.stop))
        found.append([s for s in steps if s.file == file and first <= (s.line, s.column) <= last])
    return found


def _needs_words(step: CheckedStep) -> bool:
    """Whether a counterexample may fail by words that are not read.

    One to a bound may, or where a side is undefined, or to an equation of which one side has letters that the other has
    not: they may stand for something. But not where something is said of all letters, which are numbers, and a small
    edit makes the step follow from that. An edit that only makes a relation weak does not count, nor against a bound
    a point where a letter is 0, which is what is excluded in words most often.
    """
    if step.rhs.startswith(UNDEFINED):
        return True
    left, *right = (set(_LETTERS.findall(side)) - _NO_LETTERS for side in step.latex.split("="))
    bound = _BOUND.search(step.latex) is not None
    if not bound and all(side == left for side in right):
        return False
    zero = bound and any(value == "0" for _, value in step.witness)
    return bool(zero or step.numbers or step.lines or not step.suggestion or step.edit == WEAKENED)


def _better(before: Sequence[CheckedStep], after: Sequence[CheckedStep], *, sure: bool) -> bool:
    """Whether letters that are declared help: more is decided, and nothing refuted that may fail by words.

    Where they may be something else than they are declared to be, more has to be proved, and nothing refuted.
    """
    proved = [sum(s.status == "proved" for s in steps) for steps in (before, after)]
    refuted = [s for s in after if s.status == "refuted"]
    if not sure or not refuted:
        return proved[1] > proved[0] and not refuted
    return not any(map(_needs_words, refuted))


def _decided(steps: Sequence[CheckedStep], *, doubtful: bool) -> bool:
    """Whether a display is one to derive: something is decided, and no part may be a hypothesis or a definition.

    ``doubtful``: not all that was assumed was understood, so that a counterexample says nothing. Nor does one to a
    bound: what it needs may stand in words that are not read.
    """
    statuses = {s.status for s in steps}
    refuted = [s for s in steps if s.status == "refuted"]
    if statuses & {"unchecked", "definition", "assumed"} or (refuted and (doubtful or any(map(_needs_words, refuted)))):
        return False
    return bool(statuses & set(DECIDED))
