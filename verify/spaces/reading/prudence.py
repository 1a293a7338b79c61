"""What has a meaning and yet is hardly what was meant, or would need more care than this language takes: refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from verify.runtime.errors import BadInput
from verify.spaces.reading.constancy import refuse_forced
from verify.spaces.reading.sorts import SHOWN, Sorts
from verify.spaces.reading.subscripts import refuse_single_index, refuse_subscripts
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Declared, Independent, Node
from verify.spaces.reading.text import term_text
from verify.spaces.reading.uses import chains


def refuse(claim: Claim, sorts: Sorts) -> None:
    """BadInput at the first thing that would be read otherwise than a reader takes it."""
    declared = {name for d in claim.declarations if not isinstance(d, ClassOf) for name in d.names}
    for chain in chains(claim):
        for t in (t for root in chain.terms for t in root.walk() if t.op in ("E", "Var")):
            over(chain, t, sorts)
    for d in claim.declarations:
        if isinstance(d, Independent) or (isinstance(d, Declared) and d.random):
            not_random(d, sorts)
    for d in claim.declarations:
        if isinstance(d, Independent) and len(set(d.names)) < len(d.names):
            hint = "write two names, or leave one out"
            raise BadInput("a name is declared independent of itself", hint, d.text, d.start)
    for name, classes in sorts.classes.items():
        doubled = [what for what, n in Counter(c.what for c in classes).items() if n > 1]
        if doubled:
            text, start = classes[-1].text, classes[-1].start
            raise BadInput(f"'{name}' is declared {doubled[0]} twice", "keep one of the constants", text, start)
    for chain in chains(claim):
        for root in chain.terms:
            for t in root.walk():
                if t.op in ("E", "Var"):
                    expectation(chain, t, sorts, declared)
        if chain is not claim.goal:
            constant_mean(chain, sorts, declared)
        for root in chain.terms:
            for t in root.walk():
                if t.op == "+":
                    lone_average(chain, t, sorts)
    refuse_forced(claim, sorts, declared)
    refuse_subscripts(claim)
    refuse_single_index(claim)


def not_random(d: Declared | Independent, sorts: Sorts) -> None:
    """Only numbers, vectors and families of them are random here."""
    for name in d.names:
        kind = sorts.kinds.get(name, "real")
        if kind == "integer":
            raise BadInput("random integers are not supported", "declare it random, not an integer", d.text, d.start)
        if kind in ("function", "operator"):
            hint = "name its value: a random number for f(x), a random vector for grad f(x) or A*u"
            raise BadInput(f"'{name}' is {SHOWN[kind]}, and declared random", hint, d.text, d.start)


def over(chain: Chain, t: Node, sorts: Sorts) -> None:
    """``E_X`` of something random is an average over X by custom, and given the history up to X as it is read."""
    name = next((g[1:] for g in t.args[1:] if isinstance(g, str) and g[:1] == "_" and g[1:] in sorts.random), None)
    if name is not None:
        hint = f"write E[...], or E[... | w] with what is known when {name} is drawn"
        raise BadInput(f"'E_{name}' is over something random", hint, chain.text, t.start)


def expectation(chain: Chain, t: Node, sorts: Sorts, declared: set[str]) -> None:
    """An expectation is of something random, or of what is declared; what is given are names."""
    if any(isinstance(g, Node) for g in t.args[1:]):
        hint = "give the member a name, as in E[g | w] with w == x[t]: a family is known as a whole or not at all"
        raise BadInput(f"'{term_text(t)}' is given a member of a family", hint, chain.text, t.start)
    used = {str(n.args[0]) for n in t.parts[0].walk() if n.op in ("name", "at")}
    if used and not used & sorts.random and not used <= declared and not history(t):
        what = f"nothing in '{term_text(t)}' is declared random"
        raise BadInput(what, "declare it, as in 'X random' or 'g random vector'", chain.text, t.start)


def lone_average(chain: Chain, total: Node, sorts: Sorts) -> None:
    """``E X + Y``, which is E[X] + Y by the rules, and E[X + Y] where Y is random and nobody averages it."""
    last: Node | None = None
    for p in total.parts:
        if last is not None and any(n in sorts.random for n in outside(p)):
            said = chain.text[last.start : last.stop]
            hint = f"write E[...] with brackets around all that is averaged, or ({said})"
            raise BadInput(f"'{said}' and what follows can be read in two ways", hint, chain.text, last.start)
        while p.op in ("*", "/", "-") and p.stop == p.parts[-1].stop:
            p = p.parts[-1]
        if chain.text and p.op == "E" and not history(p) and p.stop == p.parts[0].stop:
            last = p


def constant_mean(chain: Chain, sorts: Sorts, declared: set[str]) -> None:
    """A name that a conditional expectation equals has to be declared: it may be constant, or random."""
    if chain.relations != ("==",):
        return
    for side, other in (chain.terms, chain.terms[::-1]):
        if side.op == "E" and len(side.args) > 1 and other.op == "name" and other.args[0] not in declared:
            what = f"'{other.args[0]}' equals a conditional expectation, and may be constant or random"
            kind = "vector" if sorts.of(side) == "vector" else "real"
            hint = f"declare it: '{other.args[0]} {kind}', or '{other.args[0]} random'"
            raise BadInput(what, hint, chain.text, other.start)


def history(t: Node) -> bool:
    """Whether an expectation is given the history."""
    return any(isinstance(g, str) and g.startswith("_") for g in t.args[1:])


def drawn(claim: Claim) -> frozenset[str]:
    """What is not known with the history: what some assumption takes the ``E_t`` of on its own, and what it defines.

    Refused: families beside ``E_t``, where a member is known and the next one is not; no name on its own; an ``E_t`` of
    what is known; an equation about something drawn that defines no name.
    """
    nodes = [(chain, t) for chain in chains(claim) for root in chain.terms for t in root.walk()]
    member = next(((chain, t) for chain, t in nodes if t.op == "at"), None)
    if member is not None:
        hint = "name the members, as x0 for x[t], x1 for x[t+1] and g for g[t]"
        raise BadInput(f"'{term_text(member[1])}' beside E_t", hint, member[0].text, member[1].start)
    means = [(chain, t) for chain, t in nodes if t.op == "E" and history(t) and chain is not claim.goal]
    found = {str(t.parts[0].args[0]) for _, t in means if t.parts[0].op == "name"}
    if not found:
        chain, t = next((chain, t) for chain, t in nodes if t.op in ("E", "Var") and history(t))
        hint = "assume E_t[g] == ... of a name g, or write E[... | w] with what is known"
        raise BadInput("what is drawn at time t is not said", hint, chain.text, t.start)
    changed = True
    while changed:
        changed = False
        for chain in claim.assumptions:
            for op, a, b in zip(chain.relations, chain.terms, chain.terms[1:], strict=False):
                new = defined(chain, op, a, b, found)
                if new is not None:
                    found.add(new)
                    changed = True
    for chain, t in means:
        if not {str(n.args[0]) for n in t.parts[0].walk() if n.op == "name"} & found:
            raise BadInput(f"all of '{term_text(t)}' is known at time t", "leave E_t out", chain.text, t.start)
        late = next((n for side in chain.terms for n in outside(side) if n in found), None)
        if late is not None and not any(side.op == "name" and side.args[0] in found for side in chain.terms):
            what = f"'{term_text(t)}' is known at time t, and '{late}' beside it is drawn then"
            hint = f"take the expectation of what {late} stands in, or name one time after the other"
            raise BadInput(what, hint, chain.text, t.start)
    return frozenset(found)


def defined(chain: Chain, op: str, a: Node, b: Node, found: set[str]) -> str | None:
    """The name that an equation about something drawn defines, which is drawn too."""
    left, right = (set(outside(t)) & found for t in (a, b))
    if op != "==" or not (left or right):
        return None
    for side, other in ((a, right), (b, left)):
        if side.op == "name" and other and side.args[0] not in found:
            return str(side.args[0])
    names = {n for t in (a, b) for n in outside(t)}
    bare = any(t.op == "name" and t.args[0] in found for t in (a, b))
    if names <= found or (bare and left and right):
        return None
    if bare:  # a drawn name in terms of known ones: then it is known
        what = "something drawn at time t equals something known"
    else:
        what = "an equation about something drawn at time t that defines no name"
    raise BadInput(what, "write it as name == term, with a name that is used nowhere else", chain.text, a.start)


def outside(t: Node) -> Iterator[str]:
    """The names outside of expectations."""
    if t.op in ("E", "Var"):
        return
    if t.op == "name":
        yield str(t.args[0])
    for p in t.parts:
        yield from outside(p)
