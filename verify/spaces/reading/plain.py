"""Reads a statement about vectors, expectations, sums and functions, and its assumptions, as a user types them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from verify.language.names import Fault
from verify.language.nodes import ALPHABET, ASK_EULER
from verify.language.parser import MAX_TOTAL
from verify.runtime.errors import BadInput
from verify.spaces.reading.assumption_reader import AssumptionReader
from verify.spaces.reading.bounds import check_size, constant
from verify.spaces.reading.reason_reader import reason
from verify.spaces.reading.recognition import is_spatial
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Declaration, Declared, Independent, Node
from verify.spaces.reading.term_reader import TermReader

__all__ = ["claim", "is_spatial"]


def claim(statement: str, assumptions: Sequence[str] = (), using: Sequence[str] = ()) -> Claim:
    """What a statement and its assumptions say; every position is an offset into the text that its chain holds.

    ``using``: facts that are said to be used, as in ``smoothness at (x, y) times 2*c``.

    Raises BadInput at what cannot be read, with the text and the column, be it the statement or an assumption.

    >>> c = claim("||a - b||^2 >= 0", ["a, b vectors"])
    >>> c.goal.relations, [d.names for d in c.declarations]
    (('>=',), [('a',), ('b',)])
    """
    if sum(map(len, (*assumptions, *using))) + len(statement) > MAX_TOTAL:
        raise BadInput(f"the problem is longer than {MAX_TOTAL} characters", "split it into smaller problems")
    declarations: list[Declaration] = []
    chains: list[Chain] = []
    readers: list[TermReader] = []
    for text in assumptions:
        try:
            readers.append(reader := AssumptionReader(text))
            for item in reader.items():
                if isinstance(item, Chain):
                    _check(item)
                    chains.append(item)
                else:
                    declarations.append(item)
                    if isinstance(item, ClassOf) and item.parameter is not None:
                        check_size(item.parameter)
        except Fault as fault:
            raise _bad(fault, text) from None
    try:
        readers.append(last := TermReader(statement))
        goal = _statement(last)
    except Fault as fault:
        raise _bad(fault, statement) from None
    _weights(readers, declarations)
    read = Claim(goal, tuple(declarations), tuple(chains), tuple(map(reason, using)))
    for chain in (*chains, goal):
        try:
            _one_reading(chain, _random(declarations))
        except Fault as fault:
            raise _bad(fault, chain.text) from None
    _euler(read)
    return read


def _statement(reader: TermReader) -> Chain:
    chain = reader.chain()
    if reader.sees(","):
        hint = "one chain of relations is shown at a time; a multiple of an inner product is written 2*<u, v>"
        raise Fault("a comma stands in a statement", hint, reader.word.start)
    if reader.sees("for"):
        hint = "leave it out, and assume the limits, as in 0 <= t, t <= T: it is shown for all values of its names"
        raise Fault("a statement has no range", hint, reader.word.start)
    if reader.word.kind != "end":
        raise reader.unexpected()
    _check(chain)
    return chain


def _bad(fault: Fault, text: str) -> BadInput:
    what, hint, position = fault.args
    return BadInput(what, hint, text, position)


def _nodes(chain: Chain) -> Iterator[Node]:
    yield from chain.terms
    for r in chain.ranges:
        yield from (r.lower, r.upper)


def _check(chain: Chain) -> None:
    for t in _nodes(chain):
        check_size(t)


def _weights(readers: Sequence[TermReader], declarations: Sequence[Declaration]) -> None:
    """Refuses ``||u||_p`` where p is not declared an operator: it may be meant as another norm."""
    operators = {n for d in declarations if isinstance(d, Declared) and d.kind == "operator" for n in d.names}
    for reader in readers:
        for w in reader.weights:
            if w.text not in operators:
                hint = (
                    f"||u|| is the norm; declare '{w.text} symmetric operator' for ||u||_{w.text}^2 = <{w.text}*u, u>"
                )
                raise BadInput(f"the norm is weighted by '{w.text}', which is no operator", hint, reader.text, w.start)


def _random(declarations: Sequence[Declaration]) -> frozenset[str]:
    drawn = (d.names for d in declarations if isinstance(d, Independent) or (isinstance(d, Declared) and d.random))
    return frozenset(name for names in drawn for name in names)


def _one_reading(chain: Chain, random: frozenset[str]) -> None:
    """Refuses ``E X*Y``, which is E[X]*Y by the rules and E[X*Y] by custom, where Y is random."""
    for root in _nodes(chain):
        for t in root.walk():
            if t.op not in ("*", "/", "inner") or (t.op == "inner" and t.start < t.parts[0].start):
                continue
            for i, left in enumerate(t.parts):
                while left.op in ("*", "/", "-") and left.stop == left.parts[-1].stop:
                    left = left.parts[-1]
                if left.op != "E" or left.stop != left.parts[0].stop:
                    continue
                after = [p for right in t.parts[i + 1 :] for p in right.walk() if p.op in ("name", "at")]
                if any(p.args[0] in random for p in after):
                    said = chain.text[left.start : left.stop]
                    hint = f"write E[...] with brackets around all that is averaged, or ({said})"
                    raise Fault(f"'{said}' and what follows can be read in two ways", hint, left.start)


def _euler(read: Claim) -> None:
    """Asks whether Euler's number is meant by ``e``, as ``verify.language.parser`` does."""
    roots = [t for chain in (read.goal, *read.assumptions) for t in _nodes(chain)]
    roots += [d.parameter for d in read.declarations if isinstance(d, ClassOf) and d.parameter is not None]
    every = [t for root in roots for t in root.walk()]
    e = Node("name", ("e",))
    letters = {t.args[0] for t in every if t.op == "name"}
    declared = any(isinstance(d, Declared) and "e" in d.names for d in read.declarations)
    if e not in every or declared or letters >= ALPHABET:
        return
    powers = sum(t.op == "^" and t.args[0] == e for t in every)
    neighbours = [(s, t) for chain in read.assumptions for s, t in pairwise(chain.terms)]
    compared = any(s == e and constant(t) is not None for pair in neighbours for s, t in (pair, pair[::-1]))
    if powers == every.count(e) or not compared:
        raise BadInput(*ASK_EULER)
