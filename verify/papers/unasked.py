"""What a display that nobody asked to check is good for: it defines names, and a derivation may use its lines."""

from __future__ import annotations

import contextlib

from verify.papers.derive import Derivations
from verify.papers.document import Display, Document
from verify.papers.rows import DEFINITIONS, statements
from verify.papers.spatial_lines import spans
from verify.papers.spatial_steps import steps_of
from verify.papers.tokens import NotUnderstood

_DEFINING = DEFINITIONS | {":", r"\overset", r"\stackrel", r"\vcentcolon"}  # what a definition may be written with


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
        if not named and not any(t.text in _DEFINING for t in tokens):
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
