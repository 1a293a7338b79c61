"""What displays say besides their steps: conditions of a statement, and definitions that hold from there on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from verify.language import logic
from verify.language.logic import Bool, Formula, Kind, Rel, Var
from verify.papers.assumptions import Context
from verify.papers.conditions import names_bound, parts_of
from verify.papers.formulas import Cases, alternatives, covered, overlaps
from verify.papers.grammar import Reader
from verify.papers.keys import canonical, read_name, source_of, starts_name
from verify.papers.signs import is_sign
from verify.papers.statement import Condition
from verify.papers.tokens import NotUnderstood, Token

MAX_CASES = 6  # of which each pair is compared
Holds = Callable[[Formula], bool]


@contextmanager
def given(
    context: Context, conditions: Sequence[Condition], free: Callable[[Sequence[Token]], bool] | None = None
) -> Iterator[None]:
    """Assume what a display says of itself, for as long as its steps are read and decided.

    ``free`` tells of a name whether it is a vector of which nothing is assumed: such may lie in R^d.
    Not understood where it is said for all of a name of which more is assumed: both would hold.
    """
    if not conditions:
        yield
        return
    conditions = [c if free is None else without_vectors(c, free) for c in conditions]
    names = context.names
    formulas, kinds = list(context.formulas), dict(names.kinds)
    sets = [names.declared, names.numbers, names.functions, names.from_zero, names.strange]
    kept = [set(s) for s in sets]
    try:
        for c in conditions:
            if any(is_sign(t) for t in c.tokens):
                context.assume(c.tokens)
        new = context.formulas[len(formulas) :]
        for c in conditions:
            for name in names_bound(c) if c.bound else ():
                _check_bound(context, name, formulas, kinds, new)
        yield
    finally:
        context.formulas, names.kinds = formulas, kinds
        for s, old in zip(sets, kept, strict=True):
            s.clear()
            s.update(old)


def without_vectors(condition: Condition, free: Callable[[Sequence[Token]], bool]) -> Condition:
    """A condition without the parts that only say of vectors that they are vectors."""
    kept: list[list[Token]] = []
    pending: list[list[Token]] = []
    for part in parts_of(condition.tokens):
        at = next((i for i, t in enumerate(part) if t.text == r"\in"), None)
        pending.append(part)
        if at is None and not any(is_sign(t) for t in part):
            continue
        space = at is not None and canonical(part[at + 1 :]).startswith(r"\mathbb{R}^")
        names = [*pending[:-1], part[:at]]
        if not (space and condition.bound and all(name and free(name) for name in names)):
            kept += pending
        pending = []
    tokens = [t for k, part in enumerate([*kept, *pending]) for t in ([Token(",", part[0].position)] * (k > 0) + part)]
    return replace(condition, tokens=tuple(tokens))


def _check_bound(
    context: Context,
    tokens: Sequence[Token],
    before: Sequence[Formula],
    kinds: Mapping[str, Kind],
    new: Sequence[Formula],
) -> None:
    name, names = context.declare(tokens), context.names
    more = [f for f in before if name in logic.variables_of(f) and f not in new]
    if more or name in context.definitions or (kinds.get(name) == "integer" and names.kinds[name] != "integer"):
        what = f"'for all' of {source_of(tokens)}, of which more is assumed"
        raise NotUnderstood(what, tokens[0].position, "take another letter, or forget what is assumed")


def define(context: Context, name: Sequence[Token], value: Sequence[Token], where: str, holds: Holds) -> bool:
    """A display defines a name: from here on it stands for its value. False where that is not read.

    The names in the value are not declared by it: a capital letter in it has to be known as a number. ``holds`` tells
    whether a formula follows from what is assumed.
    """
    try:
        if not value:
            raise NotUnderstood("a value that is not read", name[0].position if name else 0)
        if len(value) == 1 and value[0].kind == "cases":
            _by_cases(context, name, value[0], holds)
            return True
        reader = Reader(value, context.names)
        found = reader.whole()
        if reader.doubtful:
            raise NotUnderstood("a letter that may be no number", value[0].position)
        context.put(_fresh(context, name), found, name[0].position)
    except NotUnderstood:
        _lost(context, name, where)
        return False
    return True


def _fresh(context: Context, tokens: Sequence[Token]) -> str:
    """The variable of a name that is being defined; not understood where it is none, or may be no real number."""
    key, end = read_name(tokens, 0) if tokens and starts_name(tokens[0]) else ("", -1)
    variable = context.names.variable_of_key(key)
    whole = context.names.kinds.get(variable) == "integer"
    if key in context.names.strange or whole or end < 0 or (end < len(tokens) and tokens[end].text not in ("(", "^")):
        raise NotUnderstood(f"'{source_of(tokens)[:40]}' is not a name", tokens[0].position)
    return context.declare(tokens)


def check_overlaps(cases: Cases, holds: Holds, position: int) -> None:
    """Not understood where two cases may apply whose values differ."""
    if len(cases) > MAX_CASES:
        raise NotUnderstood(f"more than {MAX_CASES} cases", position)
    if not all(map(holds, overlaps(cases))):
        hint = "let the conditions exclude each other, or write 'otherwise' in the last case"
        raise NotUnderstood("cases that may apply together, with different values", position, hint)


def _by_cases(context: Context, name: Sequence[Token], value: Token, holds: Holds) -> None:
    """A definition by cases that agree where several apply; of a name of which nothing is known yet.

    Where none applies the name has no value, so that nothing is refuted there.
    """
    found = alternatives(value, lambda tokens: Reader(tokens, context.names))
    variable = _fresh(context, name)
    used = [Rel("==", term, term) for term, _ in found] + [condition for _, condition in found] + context.formulas
    if variable in context.definitions or any(variable in logic.variables_of(f) for f in used):
        raise NotUnderstood("a second definition by cases, or one by itself", name[0].position)
    check_overlaps(found, holds, value.position)
    before: list[Formula] = []
    for term, condition in found:
        case = logic.conj(*(logic.negate(c) for c in before), condition)
        context.formulas.append(Bool("implies", (case, Rel("==", Var(variable), term))))
        before.append(condition)
    context.covered[variable] = covered(found)


def _lost(context: Context, tokens: Sequence[Token], where: str) -> None:
    """A name was defined by what is not read: nothing is refuted with it, and what it was before is not known."""
    if not tokens or not starts_name(tokens[0]):
        return
    try:
        key, end = read_name(tokens, 0)
    except NotUnderstood:
        return
    variable = context.names.resolve(key, source_of(tokens[:end]))
    if variable in context.definitions:
        context.drop(variable)
    context.names.defined[variable] = where
