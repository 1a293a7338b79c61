"""What a display that nobody asked to check is good for: it defines names, and a derivation may use its lines."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from verify.papers.asides import DEFINING
from verify.papers.cleaning import clean
from verify.papers.derive import Derivations
from verify.papers.document import Aside, Display, Document
from verify.papers.elsewhere import Elsewhere, Place
from verify.papers.keys import canonical, read_name, starts_name
from verify.papers.rows import split_top, statements
from verify.papers.signs import from_right, is_definition, is_sign
from verify.papers.spatial_lines import spans
from verify.papers.spatial_steps import steps_of
from verify.papers.step import Record
from verify.papers.tokens import NotUnderstood, Token


def keep(display: Display, document: Document, derivations: Derivations, held: dict[str, int] | None) -> None:
    """Take up what a display defines, and its lines; nothing in it is decided.

    ``held`` are the labels of such displays with the places of their steps; None where nothing uses lines.
    """
    if not display.ended or display.doubt:
        return
    spatial = derivations.spatial
    with contextlib.suppress(NotUnderstood):
        tokens = document.tokens(display)
        named = spans(tokens, display.environment) if spatial is not None and held is not None else []
        if not named and not any(t.text in DEFINING for t in tokens):
            return
        for s in statements(tokens, display.environment):
            if s.problem is not None:
                derivations.lose(s)
                continue
            derivations.define(s)
            if named and spatial is not None and held is not None and not s.conditions:
                held.update({span.label: len(derivations.record.steps) for span in named})
                found = [(step.sign.position, "unchecked", ()) for step in steps_of(s.tokens)]
                spatial.lines.keep(named, s.tokens, found, document.line)


def trusted(record: Record, used: Mapping[str, int], held: Mapping[str, int]) -> None:
    """A display that nobody asked to check and that a step uses is a hypothesis of that step.

    ``used``: labels with the place where they are used; ``held`` as in ``keep``.
    """
    for label, position in used.items():
        if label in held and record.steps[held[label]].status == "unchecked":
            why = f"line {record.document.line(position)} uses it, and no comment asks to derive it"
            record.steps[held[label]] = replace(record.steps[held[label]], status="assumed", why=why)


def elsewhere(document: Document) -> Elsewhere:
    """All places of a paper where a name is defined, by a sign or in a sentence; what is not read is left out."""
    places: list[Place] = []
    displays = 0
    for number, event in enumerate(document.events):
        displays += isinstance(event, Display)
        if not isinstance(event, Display | Aside):
            continue
        with contextlib.suppress(NotUnderstood):
            tokens = document.tokens(event.formula if isinstance(event, Aside) else event)
            if isinstance(event, Aside) or any(t.text in DEFINING for t in tokens):
                where = document.place(event.position)
                for key, plain in _defined(tokens, plain=isinstance(event, Aside)):
                    places.append(Place(key, where, displays, number, plain))
    return Elsewhere(tuple(places))


def _defined(tokens: Sequence[Token], *, plain: bool) -> Iterator[tuple[str, bool]]:
    """The keys of the names that a formula defines; ``plain``: an equation with a name on its left does so too.

    Each comes with whether it is such an equation.
    """
    cleaned = [t for t in clean(tokens) if t.kind in ("token", "definition", "unread", "row", "mark", "cases")]
    shown: list[Token] = []
    for t, following in itertools.zip_longest(cleaned, cleaned[1:]):
        if t.kind == "row" or (t.kind == "mark" and not (following is not None and is_sign(following))):
            shown.append(Token(",", t.position))
        elif t.kind != "mark":
            shown.append(t)
    for _, part in split_top(shown, frozenset({",", ";"})):
        for i, step in enumerate(steps_of(part)):
            sign = is_definition(step.sign)
            if sign or (plain and i == 0 and step.sign.text == "="):
                name = step.right if from_right(step.sign) else step.left
                if name and starts_name(name[0]):
                    yield _key(name), not sign


def _key(name: Sequence[Token]) -> str:
    """The key of a name that is defined, with its argument or the index above it."""
    key, end = read_name(name, 0)
    return key + canonical(name[end:])
