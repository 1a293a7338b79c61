"""Chains of relations between terms about vectors, and the assumptions about numbers in the same form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from verify.language.logic import App, Bool, Formula, Num, Rel, Term, Var
from verify.papers.cleaning import clean
from verify.papers.rows import split_top
from verify.papers.signs import RELATIONS, UNREAD, is_unread
from verify.papers.spatial_grammar import SpatialReader
from verify.papers.spatial_names import SpatialNames
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token, tokenize
from verify.spaces.reading.surface import Node


@dataclass(frozen=True)
class Raw:
    """A chain as it was read: names with an index are not settled yet, see ``spatial_settle``.

    ``doubtful`` are the faults of names that have to be members of families; ``where`` says where it stands.
    """

    terms: tuple[Node, ...]
    relations: tuple[str, ...]
    doubtful: Mapping[str, NotUnderstood] = field(default_factory=dict)
    where: str = ""

    def nodes(self) -> Iterator[Node]:
        """Every part of every term."""
        for term in self.terms:
            yield from term.walk()


def read_chain(tokens: Sequence[Token], names: SpatialNames, *, assuming: bool = False, where: str = "") -> Raw:
    """A chain a = b <= c, of which every member and every relation has to be read."""
    extra = frozenset(t.text for t in tokens if is_unread(t))
    parts = split_top(tokens, frozenset(RELATIONS) | UNREAD | extra)
    position = tokens[0].position if tokens else 0
    if len(parts) < 2:
        raise NotUnderstood("no relation", position, "compare two terms")
    for sign, part in parts:
        if sign is not None and sign.text not in RELATIONS:
            raise NotUnderstood(f"the relation {sign.text}", sign.position)
        if not part:
            raise NotUnderstood("nothing stands beside the relation", sign.position if sign is not None else position)
    terms: list[Node] = []
    doubtful: dict[str, NotUnderstood] = {}
    for _, part in parts:
        reader = SpatialReader(part, names, assuming=assuming)
        terms.append(reader.whole())
        doubtful |= reader.doubtful
    relations = tuple(RELATIONS[sign.text] for sign, _ in parts if sign is not None)
    return Raw(tuple(terms), relations, doubtful, where)


def expectations_of(tokens: Sequence[Token]) -> set[str]:
    r"""The letters t of \mathbb{E}_t in some tokens."""
    texts = [t.text for t in tokens if t.text != " "]
    found = set()
    for i, text in enumerate(texts):
        if text != r"\mathbb":
            continue
        rest = texts[i + 1 : i + 7]
        rest = rest[3:] if rest[:3] == ["{", "E", "}"] else rest[1:] if rest[:1] == ["E"] else []
        if rest[:1] == ["_"]:
            letter = rest[2] if rest[1:2] == ["{"] and rest[3:4] == ["}"] else rest[1] if len(rest) > 1 else ""
            found.add(letter)
    return {letter for letter in found if letter.lstrip("\\").isalpha()}


# ---------------------------------------------------------------- assumptions about numbers


def of_formula(formula: Formula, names: SpatialNames) -> list[Raw] | None:
    """The relations of a formula about numbers; None for what is no conjunction of them."""
    if isinstance(formula, Rel):
        return [Raw((of_term(formula.lhs, names), of_term(formula.rhs, names)), (formula.op,))]
    if isinstance(formula, Bool) and formula.op == "and":
        parts = [of_formula(f, names) for f in formula.args]
        return None if any(p is None for p in parts) else [r for p in parts if p is not None for r in p]
    return None


def of_term(term: Term, names: SpatialNames) -> Node:
    """A term about numbers as a tree, with the same variables."""
    if isinstance(term, Num):
        return Node("number", (term.value,))
    if isinstance(term, Var):
        return _of_variable(term.name, names)
    if not isinstance(term, App):
        raise NotUnderstood("this term", 0)
    parts = tuple(of_term(a, names) for a in term.args)
    if term.op in ("+", "*", "/", "^", "-"):
        return Node(term.op, parts)
    return Node("call", (term.op, *parts))


def _of_variable(name: str, names: SpatialNames) -> Node:
    """A variable with its index, where it has one, so that it may turn out to be a member of a family."""
    if name not in names.written:
        tokens = clean(tokenize(names.names.key_of_variable(name)))
        try:
            w, end = read_written(tokens, 0, names)
        except (NotUnderstood, IndexError):
            return Node("name", (name,))
        if end != len(tokens) or names.variable(w.key, w.source) != name:
            return Node("name", (name,))
        names.written[name] = w
    w = names.written[name]
    if w.index is None:
        return Node("name", (name,))
    return Node("at", (names.family(w.base, w.base_source), w.index, name))
