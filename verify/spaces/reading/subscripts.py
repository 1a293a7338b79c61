"""Indices that a reader takes for running where they do not: the i of ``f_i``, which is part of a name, and the t of
``a[t+1] <= q*a[t]`` without a range, which is one number."""

from __future__ import annotations

from collections.abc import Iterator

from verify.runtime.errors import BadInput
from verify.spaces.reading.surface import Chain, Claim, Node
from verify.spaces.reading.uses import chains, is_function, scoped, walk

_FOR = "say for which, as in 'for {0} in 0..T-1'; of one step, name the members, as x0 for x[{0}] and x1 for x[{0}+1]"


def refuse_subscripts(claim: Claim) -> None:
    """BadInput at a name whose subscript is an index of a sum or a range that it stands in, and at E_t in a sum over t.

    Also where the family x has a member x[t] and a name x_t stands beside it.
    """
    members = {
        f"{t.args[0]}_{t.parts[0].args[0]}" for _, t, _ in _nodes(claim) if t.op == "at" and _is_name(t.parts[0])
    }
    for chain, t, bound in _nodes(claim):
        if t.op in ("name", "at", "grad") or is_function(t):
            name = str(t.args[0])
            stem, *below = name.split("_")
            runs = next((i for i in below if i in bound), None)
            if runs is not None and name not in bound:
                what = f"'{name}' is one name, the same for every '{runs}'"
                if t.op in ("name", "at"):
                    hint = f"write a family with its index in brackets, as in {stem}[{runs}]"
                else:
                    hint = f"name the values: a family of numbers F[{runs}] for {name}(x), of vectors for its gradient"
                raise BadInput(what, hint, chain.text, t.start)
            if t.op == "name" and name in members:
                member = f"{stem}[{below[-1]}]"
                what = f"'{name}' and '{member}' are two things"
                raise BadInput(what, f"write '{member}' everywhere, or another name", chain.text, t.start)
        if t.op in ("E", "Var"):
            runs = next((g[1:] for g in t.args[1:] if isinstance(g, str) and g[:1] == "_" and g[1:] in bound), None)
            if runs is not None:
                what = f"'E_{runs}' stands where '{runs}' runs"
                hint = "show the step for one index first, and assume what it gives for all of them"
                raise BadInput(what, hint, chain.text, t.start)


def refuse_single_index(claim: Claim) -> None:
    """BadInput where an assumption about a member x[t], for one t, is likely meant for all t.

    It is where t is no end of a range and no capital letter, which by custom is one number, and the family has members
    elsewhere whose index has no such t.
    """
    ends = {n for chain, r in _ranges(claim) for n in _names(r)}
    every = [(chain, t, _names(t.parts[0]) - bound) for chain, t, bound in _nodes(claim) if t.op == "at"]
    for chain, t, free in every:
        if chain is claim.goal:
            continue
        for index in sorted(n for n in free - ends if n[0].islower()):
            if any(u.args[0] == t.args[0] and index not in others for _, u, others in every):
                what = f"'{t.args[0]}[...]' is assumed for one '{index}' only, and used for others"
                raise BadInput(what, _FOR.format(index), chain.text, t.start)


def _nodes(claim: Claim) -> Iterator[tuple[Chain, Node, frozenset[str]]]:
    """Every part of a claim with the indices that are bound there."""
    for chain in chains(claim):
        for root, outside in scoped(chain):
            for t, bound in walk(root, outside):
                yield chain, t, bound


def _ranges(claim: Claim) -> Iterator[tuple[Chain, Node]]:
    """The ends of all sums and ranges."""
    for chain in chains(claim):
        for r in chain.ranges:
            yield from ((chain, r.lower), (chain, r.upper))
    for chain, t, _ in _nodes(claim):
        if t.op == "sum":
            yield from ((chain, end) for end in t.parts[1:])


def _names(t: Node) -> frozenset[str]:
    return frozenset(str(p.args[0]) for p in t.walk() if p.op == "name")


def _is_name(t: Node) -> bool:
    return t.op == "name"
