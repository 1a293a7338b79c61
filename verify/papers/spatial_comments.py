r"""Reads the comments that declare vectors, functions and indices, and what ``% verify: assume`` says of them.

    vectors w_t, g_t, w^*; f is L-smooth and \mu-strongly convex; w_{t+1} = w_t - \eta g_t
    random vectors g_t given w_t    random X    functions f, h    operators A    families a, D
    index t = 0, \dots, T-1         using \eqref{eq:descent}, smoothness at (w_t, w_{t+1}) times 2\eta

What follows the first semicolon is another declaration, or is read like an assumption.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from verify.papers.assumptions import commas
from verify.papers.keys import starts_name
from verify.papers.remarks import word_in
from verify.papers.rows import clean, split_top
from verify.papers.signs import RELATIONS
from verify.papers.spatial_context import Spatial
from verify.papers.spatial_grammar import SpatialReader
from verify.papers.spatial_names import Said, Written
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token
from verify.spaces.reading.surface import ClassOf, Independent, Kind

KINDS: dict[str, Kind] = {
    "vector": "vector", "vectors": "vector", "function": "function", "functions": "function",
    "operator": "operator", "operators": "operator", "family": "reals", "families": "reals",
}  # fmt: skip
VERBS = (*KINDS, "random", "index")
Part = tuple[str, int]  # a piece of a comment, and where it starts in the file
Tokens = Callable[[str, int], list[Token]]

_IS = re.compile(r"(?<![A-Za-z\\{])(?:is|are)(?![A-Za-z}])")
_WITH_PARAMETER = "smooth|strongly convex|Lipschitz|PL|strongly monotone|cocoercive"
_PARAMETER = re.compile(rf"(?P<p>.+?)\s*-{{1,2}}\s*(?P<what>{_WITH_PARAMETER})")
_PLAIN = re.compile(
    r"(?:an?\s+)?(?:(?P<class>convex|quadratic|monotone)|(?P<operator>(?:symmetric |linear )*operators?)"
    r"|(?P<independent>independent)|(?P<kind>vectors?|functions?))"
)
_VERB = re.compile(rf"\s*(?P<verb>{'|'.join(VERBS)})(?=\s)")
_RANDOM = re.compile(r"(?P<kind>vectors?|variables?|numbers?|scalars?)(?![A-Za-z])")
_AND = re.compile(r"(?<![A-Za-z\\])and(?![A-Za-z])")
_GIVEN = re.compile(r"(?<![A-Za-z\\])given(?![A-Za-z])")
_HOW_CLASS = r"write 'f is L-smooth', 'f is \mu-strongly convex', 'f is convex', 'A is a symmetric operator'"


def pieces(text: str, start: int, separators: str) -> Iterator[Part]:
    """The parts of a comment between separators that stand outside all brackets."""
    depth, begin = 0, 0
    for i, c in enumerate(text):
        depth += (c in "({[") - (c in ")}]")
        if c in separators and depth <= 0:
            yield text[begin:i], start + begin
            begin = i + 1
    yield text[begin:], start + begin


class Comments:
    """Follows one comment; ``tokens`` gives the tokens of a part of it, with macros expanded."""

    def __init__(self, spatial: Spatial, tokens: Tokens, where: str) -> None:
        self.spatial, self.tokens, self.where = spatial, tokens, where
        self.names = spatial.names

    def takes(self, text: str, tokens: Sequence[Token]) -> bool:
        """Whether an assumption says anything of vectors, norms or functions."""
        if _IS.search(text) is not None or self.spatial.concerns(tokens):
            return True
        return self.spatial.has_norms(tokens)

    def declare(self, verb: str, text: str, start: int) -> list[Token]:
        """A declaration; what in it are assumptions about numbers is given back as tokens."""
        first, *rest = pieces(text.replace("$", " "), start, ";")
        self._declare(verb, *first)
        return self.assume(";".join(t for t, _ in rest), rest[0][1]) if rest else []

    def _declare(self, verb: str, text: str, start: int) -> None:
        if verb == "index":
            self._index(text, start)
        elif verb == "random":
            self._random(text, start)
        else:
            self._say(self._names(text, start), Said(KINDS[verb]))

    def assume(self, text: str, start: int) -> list[Token]:
        """What an assumption says of vectors and functions is added; the tokens of all other parts are given back."""
        left: list[Token] = []
        for piece, at in pieces(text.replace("$", " "), start, ";"):
            if (verb := _VERB.match(piece)) is not None:
                self._declare(verb["verb"], piece[verb.end() :], at + verb.end())
                continue
            open_phrase: list[Written] | None = None
            formulas: list[Part] = []
            for part, place in pieces(piece, at, ","):
                if (found := _IS.search(part)) is not None:
                    subject = [w for p, q in self._subjects(formulas) for w in self._names(p, q)]
                    formulas = []
                    open_phrase = [*subject, *self._names(part[: found.start()], place)]
                    self._phrase(open_phrase, part[found.end() :], place + found.end())
                elif open_phrase is not None and self._is_class(part):
                    self._phrase(open_phrase, part, place)
                else:
                    formulas.append((part, place))
            for group in self._groups(formulas):
                left += [*([Token(",", group[0].position)] if left else []), *group]
        return left

    def _subjects(self, parts: Sequence[Part]) -> list[Part]:
        """The names before the last comma of 'f, h are convex'."""
        if any(re.search(r"[=<>]|\\(le|ge|in|ne)", p) for p, _ in parts):
            raise NotUnderstood(
                "a formula and words without a semicolon between them", parts[0][1], "write a semicolon"
            )
        return [p for p in parts if p[0].strip()]

    def _groups(self, parts: Sequence[Part]) -> Iterator[list[Token]]:
        """The formulas of an assumption that are about numbers; those about vectors are added."""
        pending: list[Token] = []
        for part, place in parts:
            if not part.strip():
                continue
            if word := word_in(part):
                raise NotUnderstood(f"the word '{word}'", place, r"write \text{and} or a comma, and only formulas")
            tokens = commas(clean(self.tokens(part, place)))
            pending += [*([Token(",", place)] if pending else []), *tokens]
            if any(t.text in RELATIONS or t.text == r"\in" for t in tokens):
                yield from self.group(pending)
                pending = []
        if pending:
            yield from self.group(pending)

    def group(self, tokens: Sequence[Token]) -> Iterator[list[Token]]:
        """One formula, or several with their relation behind the last, as in a, b > 0."""
        numbers = not self.names.said and not any(
            t.text in (r"\langle", r"\nabla", r"\sum", r"\mathbb") for t in tokens
        )
        norms = self.spatial.has_norms(tokens)
        if any(t.text == r"\in" for t in tokens) or not (self.spatial.concerns(tokens) or (numbers and norms)):
            yield list(tokens)
            return
        parts = [part for _, part in split_top(tokens, frozenset({",", ";"})) if part]
        relation = next((i for i, t in enumerate(parts[-1]) if t.text in RELATIONS), None)
        try:
            if relation is None:
                raise NotUnderstood("no assumption", tokens[0].position, "compare it with something")
            for part in parts[:-1]:
                own = any(t.text in RELATIONS for t in part)
                self.spatial.assume(part if own else [*part, *parts[-1][relation:]], self.where)
            self.spatial.assume(parts[-1], self.where)
        except NotUnderstood:
            if not numbers:
                raise
            self.spatial.unread.append(self.where)
        if numbers:
            yield list(tokens)  # norms alone may be meant as numbers

    # ------------------------------------------------------------ declarations

    def _names(self, text: str, start: int) -> list[Written]:
        """A list of names and nothing else."""
        tokens: list[Token] = []
        at = 0
        for joint in [*_AND.finditer(text), None]:
            end = joint.start() if joint is not None else len(text)
            tokens += [Token(",", start + at), *commas(clean(self.tokens(text[at:end], start + at)))]
            at = joint.end() if joint is not None else end
        found = []
        for _, part in split_top(tokens, frozenset({","})):
            if not part:
                continue
            if not starts_name(part[0]):
                raise NotUnderstood(f"'{part[0].text[:30]}' is not a name", part[0].position)
            w, end = read_written(part, 0, self.names)
            if end != len(part):
                raise NotUnderstood(
                    f"'{part[end].text[:30]}' behind a name", part[end].position, "put commas between names"
                )
            self.names.written.setdefault(self.names.variable(w.key, w.source), w)
            found.append(w)
        if not found:
            raise NotUnderstood("a declaration without names", start)
        return found

    def _say(self, names: Sequence[Written], said: Said) -> None:
        for w in names:
            key = w.base if said.kind != "function" else w.key
            before = self.names.said.get(key)
            if before is not None and before.kind != said.kind:
                raise NotUnderstood(f"{w.source} was declared before as another kind", w.start, "use another letter")
            if self.names.names.is_number(key) or self.names.names.is_number(w.key):
                raise NotUnderstood(f"{w.source} was declared to be a number", w.start, "use another letter")
            self.names.said[key] = replace(said, random=said.random or (before is not None and before.random))

    def _random(self, text: str, start: int) -> None:
        """random vectors g_t given w_t, random X."""
        given = _GIVEN.search(text)
        names = text[: given.start()] if given is not None else text
        kind = _RANDOM.match(names.lstrip())
        offset = len(names) - len(names.lstrip())
        if kind is not None:
            offset += kind.end()
        found = self._names(names[offset:], start + offset)
        for w in found:
            said = self.names.of(w)
            if kind is not None:
                self._say([w], Said("vector" if kind["kind"].startswith("vector") else "real", True))
            else:
                self._say([w], Said("real" if said is None else said.kind, True))
        if given is not None:
            letters = {
                x for w in found if w.index is not None for n in w.index.walk() if n.op == "name" for x in n.args
            }
            if len(letters) != 1:
                raise NotUnderstood("'given' behind names without one index", start, r"write \mathbb{E}[g \mid w]")
            (letter,) = (str(x) for x in letters)
            self.names.stages.add(self.names.names.key_of_variable(letter))
            self.names.drawn |= {self.names.variable(w.key, w.source) for w in found}
            for w in self._names(text[given.end() :], start + given.end()):
                self.names.given.setdefault(letter, []).append(self.names.variable(w.key, w.source))

    def _index(self, text: str, start: int) -> None:
        r"""index t = 0, \dots, T-1: every number of the range; without one, every number."""
        tokens = [t for t in clean(self.tokens(text, start)) if t.text not in (r"\{", r"\}")]
        if not tokens or not starts_name(tokens[0]):
            raise NotUnderstood("an index without its letter", start, r"write '% verify: index t = 0, \dots, T-1'")
        if len(tokens) == 1:
            self.names.running[tokens[0].text] = None
            return
        parts = [part for _, part in split_top(tokens[2:], frozenset({","}))]
        dots = [i for i, p in enumerate(parts) if [t.text for t in p] in ([r"\dots"], [r"\ldots"], [r"\cdots"])]
        if tokens[1].text not in ("=", r"\in") or len(dots) != 1 or dots[0] not in (1, 2) or len(parts) != dots[0] + 2:
            raise NotUnderstood("the range of an index", tokens[0].position, r"write 'index t = 0, \dots, T-1'")
        first, last = tuple(parts[0]), tuple(parts[-1])
        for end in (first, last):
            SpatialReader(end, self.names, assuming=True).whole()
        self.names.running[tokens[0].text] = first, last

    # ------------------------------------------------------------ classes

    def _is_class(self, text: str) -> bool:
        shown = text.strip()
        return _PARAMETER.fullmatch(shown) is not None or _PLAIN.fullmatch(shown) is not None

    def _phrase(self, names: Sequence[Written], text: str, start: int) -> None:
        """What names are: 'L-smooth and convex'."""
        at = 0
        for joint in [*_AND.finditer(text), None]:
            end = joint.start() if joint is not None else len(text)
            part = text[at:end]
            self._class(names, part.strip(" .,"), start + at + len(part) - len(part.lstrip()))
            at = joint.end() if joint is not None else end

    def _class(self, names: Sequence[Written], text: str, start: int) -> None:
        if (found := _PARAMETER.fullmatch(text)) is not None:
            tokens = clean(self.tokens(found["p"], start))
            parameter = SpatialReader(tokens, self.names, assuming=True).whole()
            what = found["what"]
        elif (plain := _PLAIN.fullmatch(text)) is not None:
            parameter, what = None, plain["class"] or ""
            if plain["independent"]:
                variables = tuple(self.names.variable(w.key, w.source) for w in names)
                self.spatial.independent.append(Independent(variables, names[0].start))
                return
            if not what:
                self._say(names, Said("operator" if plain["operator"] else KINDS[plain["kind"]]))
                return
        else:
            raise NotUnderstood(f"'{text[:40]}'", start, _HOW_CLASS)
        for w in names:
            said = self.names.said.get(w.key)
            if said is None:
                self._say([w], Said("function"))
            elif said.kind == "operator" and what == "Lipschitz":
                what = "Lipschitz operator"
            self.spatial.classes.append(ClassOf(self.names.variable(w.key, w.source), what, parameter, w.start))
