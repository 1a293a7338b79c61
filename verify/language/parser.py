"""Reads statements, assumptions and bindings written in ordinary notation; refuses what it cannot read, in words.

Nothing is evaluated. Three things are read off at once: a quotient of two numbers is one rational number, a minus
sign before a number belongs to it, and a variable-free rational exponent is its value (``x^2^2`` is ``x^4``).
What is read prints (``str``) as a text that reads back as the same. Time and memory are bounded, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.language.automaton import END, Unexpected, tables
from verify.language.builder import Builder
from verify.language.circular import Circular, meant
from verify.language.circular_laws import PI
from verify.language.declarations import Declarations, halved, names_of
from verify.language.explanation import MAX_LENGTH, explain, scan
from verify.language.lexemes import NAME, NUMBER, quote, spelled
from verify.language.logic import App, Formula, Kind, Sequent, Var, relations, subterms
from verify.language.names import Fault, check_name
from verify.language.neighbours import told_apart
from verify.language.nodes import ALPHABET, ASK_EULER, EULER, literal, number
from verify.runtime.errors import BadInput

MAX_TOTAL = 100_000  # characters of a problem

_RATIONAL = re.compile(rf" *([+-]?) *({NUMBER}) *(?:/ *({NUMBER}) *)?")


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption text: its formulas, the kinds it declares, and its names in order of first appearance."""

    formulas: tuple[Formula, ...]
    declared: tuple[tuple[str, Kind], ...]
    names: tuple[str, ...]

    @property
    def integers(self) -> tuple[str, ...]:
        return tuple(name for name, kind in self.declared if kind == "integer")


# ---------------------------------------------------------------- public


def parse_statement(text: str) -> Formula:
    """The formula that ``text`` states.

    >>> str(parse_statement("0 < x < 1 implies x^2 < x"))
    '(0 < x and x < 1) implies x^2 < x'
    """
    formula: Formula = _parse(text, "statement")
    return formula


def parse_assumption(text: str) -> Assumption:
    """Comma-separated formulas and declarations; conjunctions and chains are taken apart.

    >>> a = parse_assumption("0 < x < y, n, m integer")
    >>> [str(f) for f in a.formulas], a.integers
    (['0 < x', 'x < y'], ('n', 'm'))
    """
    read = _declarations(text)
    return _assumption(read, {*read.names})


def parse_problem(statement: str, assumptions: Sequence[str] = ()) -> Sequent:
    """The sequent of a statement under assumptions; variables in order of appearance, assumptions first.

    >>> print(parse_problem("n^2 >= n", ["n integer"]))
    n integer |- n^2 >= n
    """
    return _problem(statement, assumptions, circular=False)


def parse_circular(statement: str, assumptions: Sequence[str] = ()) -> Sequent | Circular:
    """The same, where pi, sin and cos may occur: then what they stand for is told apart.

    >>> found = parse_circular("sin(x)^2 <= 1")
    >>> print(found.sequent.goal, "with", *found.stand)
    sin_1^2 <= 1 with sin(x)
    >>> print(parse_circular("x^2 >= 0"))
     |- x^2 >= 0
    """
    read = _problem(statement, assumptions, circular=True)
    if (PI, "integer") in read.variables:
        raise BadInput("'pi' is declared an integer", "it is the number 3.14...; use another name for a variable")
    return meant(read) or read


def _problem(statement: str, assumptions: Sequence[str], *, circular: bool) -> Sequent:
    if sum(map(len, assumptions)) + len(statement) > MAX_TOTAL:
        raise BadInput(f"the problem is longer than {MAX_TOTAL} characters", "split it into smaller problems")
    read = [_declarations(text, circular=circular) for text in assumptions]
    goal: Formula = _parse(statement, "statement", circular=circular)
    taken = {*names_of(goal), *(name for r in read for name in r.names)}
    parsed = [_assumption(r, taken) for r in read]
    kinds: dict[str, Kind] = {}
    for name, kind in (pair for a in parsed for pair in a.declared):
        if kinds.setdefault(name, kind) != kind:
            raise BadInput(
                f"'{name}' is declared both integer and real", "an integer is real already: keep one of them"
            )
    names = dict.fromkeys([*(name for a in parsed for name in a.names), *names_of(goal)])
    if EULER.name in names and not names.keys() >= ALPHABET and EULER.name not in kinds:
        _ask_euler(goal, [f for a in parsed for f in a.formulas])
    variables = tuple((name, kinds.get(name, "real")) for name in names)
    return Sequent(variables, tuple(f for a in parsed for f in a.formulas), goal)


def parse_rational(text: str) -> Fraction:
    """An exact rational number: an integer, a decimal, or a quotient of two.

    >>> parse_rational("-0.25"), parse_rational("1/3"), parse_rational("1e-3")
    (Fraction(-1, 4), Fraction(1, 3), Fraction(1, 1000))
    """
    match = _RATIONAL.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise BadInput(f"{quote(text)} is not a rational number", "write it as 2, -3/7, 0.25 or 1e-3")
    sign, above, below = match.groups()
    try:
        value = literal(above, match.start(2))
        if below is not None:
            divisor = literal(below, match.start(3))
            if not divisor:
                raise Fault("division by zero", "the denominator is a non-zero number", match.start(3))
            value = value / divisor
        number(value, match.start(2))
    except Fault as fault:
        what, hint, position = fault.args
        raise BadInput(what, hint, text, position) from None
    return -value if sign == "-" else value


def parse_assignment(text: str) -> tuple[str, Fraction]:
    """A variable and its value.

    >>> parse_assignment("rho_E=2")
    ('rho_E', Fraction(2, 1))
    """
    name, equals, value = text.partition("=")
    name = name.strip(" ")
    if not equals or not re.fullmatch(NAME, name):
        raise BadInput(f"{quote(text)} does not assign a value to a variable", "write it as name=value: rho_E=2, p=1/3")
    try:
        check_name(spelled(name), text.index(name))
    except Fault as fault:
        what, hint, position = fault.args
        raise BadInput(what, hint, text, position) from None
    return spelled(name), parse_rational(value)


def _ask_euler(goal: Formula, assumed: Sequence[Formula]) -> None:
    """Asks whether Euler's number is meant by ``e``, unless it is a variable for certain.

    It is one where an assumption compares it with a number, as in ``0 < e``, and something else than a whole power of
    it occurs.
    """
    every = [r for f in (goal, *assumed) for r in relations(f)]
    terms = [t for r in every for side in (r.lhs, r.rhs) for t in subterms(side)]
    powers = sum(isinstance(t, App) and t.op == "^" and t.args[0] == EULER for t in terms)
    sides = [side for f in assumed for r in relations(f) for side in ((r.lhs, r.rhs), (r.rhs, r.lhs))]
    compared = any(one == EULER and not any(isinstance(t, Var) for t in subterms(other)) for one, other in sides)
    if powers == terms.count(EULER) or not compared:
        raise BadInput(*ASK_EULER)


def _declarations(text: str, *, circular: bool = False) -> Declarations:
    items = _parse(text, "assumptions", circular=circular)
    try:
        return Declarations(items)
    except Fault as fault:
        what, hint, position = fault.args
        raise BadInput(what, hint, text, position) from None


def _assumption(read: Declarations, taken: set[str]) -> Assumption:
    """What was read, where an even or odd number is twice a number that ``taken`` has not."""
    formulas, kinds, names = [*read.formulas], dict(read.kinds), dict(read.names)
    for name, odd in read.halves.items():
        half, formula = halved(name, odd, taken)
        taken.add(half)
        kinds[half], names[half] = "integer", None
        formulas.append(formula)
    return Assumption(tuple(formulas), tuple(kinds.items()), tuple(names))


# ---------------------------------------------------------------- reading


def _parse(text: str, start: str, *, circular: bool = False) -> Any:
    try:
        return tables().parse(told_apart(scan(text)), start, Builder(circular=circular))
    except Fault as fault:
        what, hint, position = fault.args
    except Unexpected as error:
        position = len(text) if error.token.kind == END else error.token.start
        what, hint = explain(text, error.token, position, start)
    raise BadInput(what, hint, text, position)
