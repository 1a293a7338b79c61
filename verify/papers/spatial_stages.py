r"""What is known where a paper takes \mathbb{E}_t: everything with the index t but what is drawn then.

What is drawn is said by an assumption, as g_t by \mathbb{E}_t g_t = \nabla f(w_t). Known is what stands beside such an
expectation; whatever has a next member w_{t+1} in the update; and what has an earlier index. A name with the index t of
which none of this tells is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from verify.papers.spatial_chains import Raw
from verify.papers.spatial_names import SpatialNames, letters_of
from verify.papers.spatial_operators import STAGE
from verify.papers.tokens import NotUnderstood
from verify.spaces.reading.surface import Node


def ahead(raw: Raw, stage: str, names: SpatialNames) -> None:
    r"""Raises ``NotUnderstood`` where a later member, as w_{t+1}, is assumed to be known beside \mathbb{E}_t."""
    if not any(is_stage(n, stage) for n in raw.nodes()):
        return
    for node in members(raw, stage, inside=False):
        if (shift(node.parts[0], stage) or 0) > 0:
            what = f"{names.names.latex[str(node.args[2])]} beside the expectation, which is not known there"
            raise NotUnderstood(what, node.start, "take the expectation of it, or name what it is given")


def known(stage: str, assumptions: Sequence[Raw], raws: Sequence[Raw], names: SpatialNames) -> list[str]:
    """The variables that are known at a stage, among those of a claim and of what is assumed.

    ``raws``: all that the claim has. Raises ``NotUnderstood`` for a random name of which it is not said.
    """
    said = list(names.given.get(stage, ()))
    taken = [raw for raw in assumptions if any(is_stage(n, stage) for n in raw.nodes())]
    drawn = {
        str(n.parts[0].args[2])
        for raw in taken
        for n in raw.nodes()
        if is_stage(n, stage) and is_member(n.parts[0]) and n.parts[0] not in raw.terms  # E_t w_t = w_t: it is known
    }
    drawn |= names.drawn
    beside = [n for raw in taken for n in members(raw, stage, inside=False)]
    found = [*said, *(v for n in beside if (v := str(n.args[2])) not in drawn)]
    if not any(is_stage(n, stage) for raw in raws for n in raw.nodes()):
        return list(dict.fromkeys(found))
    every = [n for raw in raws for n in members(raw, stage, inside=True)]
    next_ones = {str(n.args[0]) for n in every if (shift(n.parts[0], stage) or 0) > 0}
    defined = {str(t.args[2]) for raw in raws if raw.relations == ("==",) for t in raw.terms if is_member(t)}
    for node in every:
        variable, offset = str(node.args[2]), shift(node.parts[0], stage)
        if variable in (*found, *drawn, *defined) or offset is None or offset > 0:
            continue
        if not names.is_random(names.written[variable]):
            continue
        if not found:  # then nothing says what the expectation is given
            break
        if said or (offset == 0 and str(node.args[0]) not in next_ones):
            printed = names.names.latex[variable]
            given = ", ".join(names.names.latex[v] for v in dict.fromkeys((*found, variable)))
            hint = rf"say all that is known, as in '% verify: random vectors g_{stage} given {given}'"
            raise NotUnderstood(f"whether {printed} is known where the expectation is taken", node.start, hint)
        found.append(variable)
    return list(dict.fromkeys(found))


def members(raw: Raw, stage: str, *, inside: bool) -> Iterator[Node]:
    """The names whose index has the letter of a stage; ``inside``: also in its expectations."""

    def visit(node: Node) -> Iterator[Node]:
        if is_stage(node, stage) and not inside:
            return
        if is_member(node) and stage in letters_of(node.parts[0]):
            yield node
            return
        for part in node.parts:
            yield from visit(part)

    for term in raw.terms:
        yield from visit(term)


def is_stage(node: Node, stage: str) -> bool:
    return node.op in ("E", "Var") and STAGE + stage in node.args


def is_member(node: Node) -> bool:
    return node.op == "at"


def shift(index: Node, stage: str) -> Fraction | None:
    """k of an index t + k; None for another form."""
    if index.op == "name":
        return Fraction(0) if index.args == (stage,) else None
    if index.op != "+" or len(index.parts) != 2:
        return None
    for one, other in (index.parts, index.parts[::-1]):
        sign = 1
        if other.op == "-":
            sign, other = -1, other.parts[0]
        if one.op == "name" and one.args == (stage,) and other.op == "number" and isinstance(other.args[0], Fraction):
            return sign * other.args[0]
    return None
