r"""Lines of a paper that later derivations use: ``\label`` names them, ``% verify: using \eqref{...}`` uses them.

A line that was shown may be used, together with those before it in its chain. One that was not is an assumption with a
name, and whatever uses it rests on it; one that was refuted is never used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from verify.papers.cleaning import clean
from verify.papers.rows import split_top
from verify.papers.signs import RELATIONS
from verify.papers.spatial_chains import Raw, read_chain
from verify.papers.spatial_comments import pieces
from verify.papers.spatial_context import Spatial
from verify.papers.spatial_grammar import SpatialReader
from verify.papers.tokens import NotUnderstood, Token, argument, plain
from verify.spaces.meaning.reasons import WORDS
from verify.spaces.reading.surface import Reason

_ROWS = frozenset({"align", "alignat", "flalign", "gather", "eqnarray", "IEEEeqnarray"})
REFERENCES = (r"\eqref", r"\ref", r"\cref", r"\Cref", r"\autoref")
_REFERENCE = re.compile(r"\s*(?:\\(?:eqref|ref|cref|Cref|autoref)|\()\s*\{?(?P<label>[^{}()]+)[})]\s*")
_FACT = re.compile(r"\s*(?P<what>[A-Za-z][A-Za-z' -]*?)\s+at\s+\((?P<points>.*)\)(?:\s+times\s+(?P<factor>.+?))?\s*")


@dataclass(frozen=True)
class Span:
    """Where in a file the row or the display stands that a label names."""

    label: str
    start: int
    stop: int


@dataclass
class Line:
    """A chain up to a row with a label: its tokens, what was said of its steps, and on what they rest.

    ``state`` is that of the assumptions under which it was shown.
    """

    label: str
    number: int
    tokens: list[Token]
    statuses: list[str] = field(default_factory=list)
    rests: tuple[str, ...] = ()
    state: int = 0

    @property
    def shown(self) -> bool:
        return bool(self.statuses) and set(self.statuses) == {"proved"}


@dataclass
class Lines:
    """The lines with labels so far, and what the next derivation uses."""

    spatial: Spatial
    known: dict[str, Line] = field(default_factory=dict)
    used: list[tuple[str, int]] = field(default_factory=list)
    hints: list[Reason] = field(default_factory=list)
    trusted: dict[str, int] = field(default_factory=dict)  # labels used unshown, with the place of the first use

    def using(self, text: str, start: int, tokens: Callable[[str, int], list[Token]]) -> None:
        """Follow a comment ``using ...``; raises ``NotUnderstood`` where it names no line and no fact."""
        for part, place in (p for s, i in pieces(text, start, ";") for p in pieces(s, i, ",")):
            if not part.strip():
                continue
            if (found := _REFERENCE.fullmatch(part)) is not None:
                self.line(found["label"].strip(), place)
                self.used.append((found["label"].strip(), place))
            elif (fact := _FACT.fullmatch(part)) is not None:
                names = self.spatial.names
                points = tuple(
                    SpatialReader(clean(tokens(p, i)), names, assuming=True).whole()
                    for p, i in pieces(fact["points"], place + fact.start("points"), ",")
                )
                factor = None
                if fact["factor"] is not None:
                    shown = clean(tokens(fact["factor"], place + fact.start("factor")))
                    factor = SpatialReader(shown, names, assuming=True).whole()
                reason = Reason(fact["what"], points, factor, place + fact.start("what"))
                if reason.what not in WORDS:
                    hint = f"known are: {', '.join(WORDS)}"
                    raise NotUnderstood(f"no fact is called '{reason.what}'", reason.start, hint)
                self.hints.append(reason)
            else:
                hint = r"write \eqref{label}, or a fact as in: smoothness at (w_t, w_{t+1}) times 2\eta"
                raise NotUnderstood(f"'{part.strip()[:40]}'", place, hint)

    def line(self, label: str, position: int) -> Line:
        """The line that a label names, if it may be used."""
        found = self.known.get(label)
        if found is None:
            raise NotUnderstood(f"no line before this one has the label {label}", position, "put it behind that line")
        if "refuted" in found.statuses:
            raise NotUnderstood(f"the line {label} is refuted (line {found.number})", position)
        if "not understood" in found.statuses:
            raise NotUnderstood(f"the line {label} is not understood (line {found.number})", position)
        return found

    def taken(self, sign: Token) -> tuple[list[Raw], list[str]]:
        """What a step may use, and on what it then rests; the reason over its sign may name lines too."""
        raws, rests = [], list[str]()
        for label, position in self._named(sign):
            line = self.line(label, position)
            raws.append(usable(read_chain(line.tokens, self.spatial.names, where=f"line {line.number}")))
            rests += self._rests(line, position)
        return raws, list(dict.fromkeys(rests))

    def _named(self, sign: Token) -> list[tuple[str, int]]:
        """The labels that a comment names, and those that stand over the sign and are known."""
        over = [label for label in references(sign.inner) if label in self.known]
        return list(
            {label: (label, place) for label, place in [*self.used, *((x, sign.position) for x in over)]}.values()
        )

    def _rests(self, line: Line, position: int) -> list[str]:
        """On what a step at a place of the file rests that uses a line."""
        if not line.shown:
            self.trusted.setdefault(line.label, position)
            return [f"{line.label} (line {line.number}), which is assumed and not shown", *line.rests]
        if line.state != self.spatial.state:
            return [f"{line.label} (line {line.number}), which was shown under other assumptions", *line.rests]
        return list(line.rests)

    def about_numbers(self, sign: Token) -> tuple[list[list[Token]], list[str]]:
        """Like ``taken``, for a step about numbers: the lines about vectors are left out."""
        lines = [self.line(label, place) for label, place in self._named(sign)]
        kept = [line for line in lines if not self.spatial.concerns(line.tokens)]
        rests = dict.fromkeys(r for line in kept for r in self._rests(line, sign.position))
        return [line.tokens for line in kept], list(rests)

    def classes(self) -> list[str]:
        """Which properties of functions the author says are used."""
        return list(dict.fromkeys(kind for h in self.hints for kind in WORDS[h.what]))

    def done(self) -> None:
        """The derivation is over for which something was said."""
        self.used, self.hints = [], []

    def keep(
        self,
        spans: Sequence[Span],
        tokens: Sequence[Token],
        found: Sequence[tuple[int, str, tuple[str, ...]]],
        line: Callable[[int], int],
    ) -> None:
        """Keep the lines of a statement that have labels; ``found`` are its signs' places, statuses and supports."""
        for span in spans:
            inside = [i for i, (place, _, _) in enumerate(found) if span.start <= place < span.stop]
            if not inside:
                continue
            last = inside[-1]
            upto = found[last + 1][0] if last + 1 < len(found) else None
            part = _before(tokens, upto)
            rests = tuple(dict.fromkeys(r for _, _, rest in found[: last + 1] for r in rest))
            statuses = [status for _, status, _ in found[: last + 1]]
            number = line(found[last][0])
            self.known[span.label] = Line(span.label, number, part, statuses, rests, self.spatial.state)


def usable(raw: Raw) -> Raw:
    """What a chain says of its two ends, if its relations point one way; else the chain."""
    strict = {r for r in raw.relations if r != "=="}
    if len(raw.relations) < 2 or not (strict <= {"<=", "<"} or strict <= {">=", ">"}):
        return raw
    relation = "==" if not strict else next((r for r in ("<", ">") if r in strict), min(strict))
    return Raw((raw.terms[0], raw.terms[-1]), (relation,), raw.doubtful, raw.where)


def references(tokens: Sequence[Token]) -> list[str]:
    r"""The labels that a reason such as \eqref{eq:descent} over a relation names."""
    out, i = [], 0
    while i < len(tokens):
        if tokens[i].text in REFERENCES:
            inside, i = argument(tokens, i + 1, tokens[i].position)
            out.append(plain(inside).strip())
        else:
            i += 1
    return out


def spans(tokens: Sequence[Token], environment: str) -> list[Span]:
    """The labels of a display, each with the row that it names, or the whole display."""
    out: list[Span] = []
    labels: list[str] = []
    start = tokens[0].position if tokens else 0
    depth, i = 0, 0
    while i < len(tokens):
        t = tokens[i]
        i += 1
        if t.text == r"\label":
            inside, i = argument(tokens, i, t.position)
            labels.append(plain(inside).strip())
        depth += (t.text == r"\begin") - (t.text == r"\end")
        if t.text == r"\\" and depth == 0 and environment in _ROWS:
            out += [Span(label, start, t.position) for label in labels]
            labels, start = [], t.position
    stop = tokens[-1].position + 1 if tokens else 0
    return [*out, *(Span(label, start, stop) for label in labels)]


def _before(tokens: Sequence[Token], place: int | None) -> list[Token]:
    """The tokens of a chain before the relation at a place."""
    if place is None:
        return list(tokens)
    kept: list[Token] = []
    for sign, part in split_top(tokens, frozenset(RELATIONS)):
        if sign is not None and sign.position >= place:
            break
        kept += [*([sign] if sign is not None else []), *part]
    return kept
