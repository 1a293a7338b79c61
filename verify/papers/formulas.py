r"""Reads relations: chains a = b <= c, formulas with "and" and "or", and arrows between them.

chain    term (relation term)*
formula  chain (\land chain)*  (\lor ...)*
step     formula (\iff | \implies) formula

A member of a chain that is not read spoils the two links beside it and no other, and nothing is concluded across it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from verify.language import logic
from verify.language.logic import Bool, Formula, Rel, Term
from verify.papers.ambiguity import settle
from verify.papers.grammar import Reader
from verify.papers.remarks import words_of
from verify.papers.rows import split_top
from verify.papers.signs import ARROWS, RELATIONS, UNREAD, is_definition, is_unread
from verify.papers.tokens import NotUnderstood, Token
from verify.runtime.errors import Impossible

_OR = frozenset({r"\lor", r"\vee", r"\or"})
_BOTH = {r"\pm": ("+", "-"), r"\mp": ("-", "+"), "±": ("+", "-"), "∓": ("-", "+")}
_AND = frozenset({r"\land", r"\wedge", r"\and", ","})

JOINTS = _OR | frozenset({r"\land", r"\wedge", r"\and"})
Read = Callable[[Sequence[Token]], Reader]
Cases = tuple[tuple[Term, Formula], ...]  # values with their conditions


@dataclass(frozen=True)
class Link:
    """A link of a chain: its sign with what it says, or why that is not read; ``cases`` are those beside it."""

    sign: Token
    formula: Formula | None = None
    problem: NotUnderstood | None = None
    definition: bool = False
    cases: Cases = ()

    @property
    def covered(self) -> list[Formula]:
        """What has to hold where the link says something: that one of its cases applies."""
        return [covered(self.cases)] if self.cases else []


@dataclass
class _Member:
    """A member of a chain: a term, or the alternatives of a cases environment with their conditions."""

    term: Term | None = None
    cases: Cases = ()
    problem: NotUnderstood | None = None
    doubtful: dict[str, tuple[str, Token]] = field(default_factory=dict)


def links(tokens: Sequence[Token], read: Read) -> list[Link]:
    r"""The links of a chain a = b <= c; with \pm in it, each is said of the upper signs and of the lower ones."""
    if not any(t.text in _BOTH for t in tokens):
        return _links(tokens, read)
    upper, lower = (_links([_signed(t, side) for t in tokens], read) for side in (0, 1))
    extra = frozenset(t.text for t in tokens if is_unread(t))
    parts = [part for _, part in split_top(tokens, frozenset(RELATIONS) | UNREAD | extra)]
    return [_of_both(a, b, parts[k : k + 2]) for k, (a, b) in enumerate(zip(upper, lower, strict=True))]


def _signed(t: Token, side: int) -> Token:
    return replace(t, text=_BOTH[t.text][side]) if t.text in _BOTH else t


def _of_both(upper: Link, lower: Link, members: Sequence[Sequence[Token]]) -> Link:
    """A link for both signs. Where only one side of an equation has them, one of two values may be meant."""
    if upper.problem is not None or lower.problem is not None:
        return upper if upper.problem is not None else lower
    sides = [any(t.text in _BOTH for t in member) for member in members]
    if upper.formula is None or lower.formula is None or (upper.sign.text == "=" and sides[0] != sides[1]):
        hint = "write one statement for each sign"
        what = r"\pm on one side of an equation: one of two values, or both"
        return Link(upper.sign, problem=NotUnderstood(what, upper.sign.position, hint))
    if upper.formula == lower.formula:
        return upper
    if upper.cases or lower.cases:
        return Link(upper.sign, problem=NotUnderstood(r"\pm beside cases", upper.sign.position))
    return Link(upper.sign, logic.conj(upper.formula, lower.formula))


def _links(tokens: Sequence[Token], read: Read) -> list[Link]:
    extra = frozenset(t.text for t in tokens if is_unread(t))
    parts = split_top(tokens, frozenset(RELATIONS) | UNREAD | extra)
    if len(parts) < 2:
        position = tokens[0].position if tokens else 0
        member = _member(tokens, read) if tokens else _Member()
        if member.problem is not None:
            raise member.problem
        raise NotUnderstood("no relation in this line", position, "a line of a derivation compares two terms")
    if not parts[0][1]:
        raise NotUnderstood("nothing stands before the relation", parts[1][0].position if parts[1][0] else 0)
    for sign, part in parts:
        if not part:
            raise NotUnderstood("nothing stands after the relation", sign.position if sign else 0)
    members = [_member(part, read) for _, part in parts]
    signs = [sign for sign, _ in parts[1:] if sign is not None]
    names = read(tokens).names
    while True:
        found = [_link(sign, a, b) for sign, a, b in zip(signs, members[:-1], members[1:], strict=True)]
        doubtful = {k: v for m in members if m.problem is None for k, v in m.doubtful.items()}
        try:
            settle(
                [r for link in found if link.formula is not None for r in logic.relations(link.formula)],
                doubtful,
                names,
            )
        except NotUnderstood as fault:
            spoilt = next(name for name, (_, t) in doubtful.items() if t.position == fault.position)
            for m in members:
                if spoilt in m.doubtful:
                    m.problem = NotUnderstood(fault.what, m.doubtful[spoilt][1].position, fault.hint)
            continue
        return _reported_once(found)


def _reported_once(found: list[Link]) -> list[Link]:
    """A member that is not read is the problem of the first link beside it; the next one refers to it."""
    out: list[Link] = []
    for link in found:
        before = out[-1].problem if out else None
        if link.problem is not None and link.problem is before:
            what = f"it goes on from what is not understood: {link.problem.what}"
            link = Link(link.sign, None, NotUnderstood(what, link.sign.position))
        out.append(link)
    return out


def _member(tokens: Sequence[Token], read: Read) -> _Member:
    try:
        if len(tokens) == 1 and tokens[0].kind == "cases":
            return _cases(tokens[0], read)
        reader = read(tokens)
        return _Member(reader.whole(), doubtful=reader.doubtful)
    except NotUnderstood as fault:
        return _Member(problem=fault)


def alternatives(t: Token, read: Read) -> Cases:
    """The values of a cases environment with their conditions; none of their names may be doubtful."""
    found = _cases(t, read)
    if found.doubtful:
        raise NotUnderstood("a letter that may be no number", t.position)
    return found.cases


def _cases(t: Token, read: Read) -> _Member:
    """The alternatives of a cases environment; "otherwise" is what the other conditions leave."""
    rows: list[list[list[Token]]] = [[[]]]
    for x in t.inner:
        if x.kind == "row":
            rows.append([[]])
        elif x.kind == "mark":
            rows[-1].append([])
        else:
            rows[-1][-1].append(x)
    found: list[tuple[Term, Formula]] = []
    doubtful: dict[str, tuple[str, Token]] = {}
    for cells in (r for r in rows if any(r)):
        if len(cells) != 2 or not cells[0]:
            raise NotUnderstood("a case without its condition", t.position)
        value = [x for i, x in enumerate(cells[0]) if not (x.text == "," and i == len(cells[0]) - 1)]
        reader = read(value)
        term = reader.whole()
        doubtful |= reader.doubtful
        condition = [x for x in cells[1] if not (x.kind == "token" and x.text in (",", ".", ";"))]
        words = [words_of(x).strip(" .,;").lower() for x in condition if x.kind == "text"]
        rest = [x for x in condition if x.kind != "text"]
        if words in (["otherwise"], ["else"]) and not rest:
            if not found:
                raise NotUnderstood("'otherwise' in the first case", t.position)
            found.append((term, logic.conj(*(logic.negate(c) for _, c in found))))
        elif all(w in ("if", "for", "when") for w in words) and len(words) <= 1 and rest:
            found.append((term, formula(rest, read)))
        else:
            raise NotUnderstood(f"the condition '{' '.join(words)[:40]}' of a case", t.position)
    if not found:
        raise NotUnderstood("an empty list of cases", t.position)
    return _Member(cases=tuple(found), doubtful=doubtful)


def covered(cases: Cases) -> Formula:
    """That one of some cases applies."""
    conditions = [c for _, c in cases]
    return Bool("or", tuple(conditions)) if len(conditions) > 1 else conditions[0]


def overlaps(cases: Cases) -> Iterator[Formula]:
    """What has to hold for cases to be no contradiction: where two of them apply, their values are the same."""
    for (one, first), (other, second) in itertools.combinations(cases, 2):
        apart = second == logic.negate(first) or (isinstance(second, Bool) and logic.negate(first) in second.args)
        if not apart and one != other:
            yield Bool("implies", (logic.conj(first, second), Rel("==", one, other)))


def _link(sign: Token, a: _Member, b: _Member) -> Link:
    if is_definition(sign):
        return Link(sign, definition=True)
    if is_unread(sign):
        return Link(sign, problem=NotUnderstood(f"the relation {sign.text}", sign.position))
    problem = a.problem or b.problem
    if problem is not None:
        return Link(sign, problem=problem)
    op = RELATIONS[sign.text]
    if a.term is not None and b.term is not None:
        return Link(sign, Rel(op, a.term, b.term))
    if a.term is None and b.term is None:
        return Link(sign, problem=NotUnderstood("cases on both sides", sign.position))
    # The relation has to hold in every case, and there has to be a case for every point.
    alternatives = a.cases or b.cases
    other = a.term if b.cases else b.term
    if other is None:
        raise Impossible("cases on neither side")
    steps: list[Formula] = []
    for value, condition in alternatives:
        rel = Rel(op, value, other) if a.cases else Rel(op, other, value)
        steps.append(Bool("implies", (condition, rel)))
    return Link(sign, logic.conj(*steps, covered(alternatives)), cases=alternatives)


def chain(tokens: Sequence[Token], read: Read) -> list[tuple[Rel, Token]]:
    """The relations of a chain, each with the token of its sign; all of them have to be read."""
    out = []
    for link in links(tokens, read):
        if link.problem is not None:
            raise link.problem
        if not isinstance(link.formula, Rel):
            raise NotUnderstood(f"the relation {link.sign.text}", link.sign.position)
        out.append((link.formula, link.sign))
    return out


def formula(tokens: Sequence[Token], read: Read) -> Formula:
    r"""A formula: chains joined by \land, \lor, "and", "or", and arrows inside brackets."""
    tokens = _stripped(tokens)
    alternatives = [part for _, part in split_top(tokens, _OR)]
    if len(alternatives) > 1:
        return Bool("or", tuple(formula(part, read) for part in alternatives))
    parts = [part for _, part in split_top(tokens, _AND)]
    if len(parts) > 1:
        return logic.conj(*(formula(part, read) for part in parts))
    if any(t.text in ARROWS for t in tokens):
        return logic.conj(*(step for step, _ in steps_of_arrows(tokens, read)))
    return logic.conj(*(rel for rel, _ in chain(tokens, read)))


def _stripped(tokens: Sequence[Token]) -> list[Token]:
    """Without brackets around the whole, where a relation stands inside them."""
    tokens = list(tokens)
    if len(tokens) > 2 and tokens[0].text in ("(", "["):
        depth = 0
        for j, t in enumerate(tokens):
            depth += (t.text in ("(", "[")) - (t.text in (")", "]"))
            if depth == 0:
                if j == len(tokens) - 1 and any(t.text in RELATIONS for t in tokens):
                    return tokens[1:-1]
                break
    return tokens


def steps_of_arrows(tokens: Sequence[Token], read: Read) -> list[tuple[Formula, Token]]:
    """The steps of A iff B iff C: each arrow with what stands on its two sides."""
    parts = split_top(tokens, frozenset(ARROWS))
    formulas = []
    for sign, part in parts:
        if not part:
            raise NotUnderstood("nothing stands beside the arrow", sign.position if sign else tokens[0].position)
        formulas.append(formula(part, read))
    signs = [sign for sign, _ in parts[1:] if sign is not None]
    return [
        (Bool(ARROWS[sign.text], (a, b)), sign) for sign, a, b in zip(signs, formulas[:-1], formulas[1:], strict=True)
    ]
