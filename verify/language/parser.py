"""Reads statements, assumptions and bindings written in ordinary notation; refuses what it cannot read, in words.

Nothing is evaluated. Three things are read off at once: a quotient of two numbers is one rational number, a minus
sign before a number belongs to it, and a variable-free rational exponent is its value (``x^2^2`` is ``x^4``).
What is read prints (``str``) as a text that reads back as the same. Time and memory are bounded, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.language.automaton import END, Token, Unexpected, tables
from verify.language.builder import (
    ASK_EULER,
    EULER,
    MAX_DEPTH,
    Builder,
    Node,
    literal,
    nearest,
    number,
)
from verify.language.lexemes import CHARACTER_HINTS, NAME, NUMBER, SEQUENCE_HINTS, quote
from verify.language.logic import App, Bool, Formula, Kind, Num, Rel, Sequent, Term, Var, relations, subterms
from verify.language.names import FUNCTION_NAMES, KEYWORDS, Fault, check_name
from verify.runtime.errors import BadInput

MAX_LENGTH = 20_000  # characters of one text
MAX_TOTAL = 100_000  # characters of a problem

_LEXEME = re.compile(rf"{NAME}|{NUMBER}|\*\*|[<>=!]=|[-+*/^(),<>=≤≥≠·−]")
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
    items: list[tuple[Node, Kind | None, bool]] = _parse(text, "assumptions")
    try:
        kinds = _declarations(items)
    except Fault as fault:
        what, hint, position = fault.args
        raise BadInput(what, hint, text, position) from None
    formulas = tuple(f for node, _, _ in items if not isinstance(node.value, Var) for f in _conjuncts(node.value))
    names = dict.fromkeys(name for node, _, _ in items for name in _names(node.value))
    return Assumption(formulas, tuple(kinds.items()), tuple(names))


def parse_problem(statement: str, assumptions: Sequence[str] = ()) -> Sequent:
    """The sequent of a statement under assumptions; variables in order of appearance, assumptions first.

    >>> print(parse_problem("n^2 >= n", ["n integer"]))
    n integer |- n^2 >= n
    """
    if sum(map(len, assumptions)) + len(statement) > MAX_TOTAL:
        raise BadInput(f"the problem is longer than {MAX_TOTAL} characters", "split it into smaller problems")
    parsed = [parse_assumption(text) for text in assumptions]
    goal = parse_statement(statement)
    kinds: dict[str, Kind] = {}
    for name, kind in (pair for a in parsed for pair in a.declared):
        if kinds.setdefault(name, kind) != kind:
            raise BadInput(
                f"'{name}' is declared both integer and real", "an integer is real already: keep one of them"
            )
    names = dict.fromkeys([*(name for a in parsed for name in a.names), *_names(goal)])
    if "d" not in names and _euler(Bool("and", (goal, *(f for a in parsed for f in a.formulas)))):
        raise BadInput(*ASK_EULER)
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
        check_name(name, text.index(name))
    except Fault as fault:
        what, hint, position = fault.args
        raise BadInput(what, hint, text, position) from None
    return name, parse_rational(value)


def _euler(f: Formula) -> bool:
    """Whether ``e`` occurs, and only with whole exponents: it may be meant as the base of exp, as in 4/e^2.

    A problem with a variable ``d`` is taken to run through the alphabet.
    """
    terms = [t for r in relations(f) for side in (r.lhs, r.rhs) for t in subterms(side)]
    powers = sum(isinstance(t, App) and t.op == "^" and t.args[0] == EULER for t in terms)
    return 0 < powers == terms.count(EULER)


# ---------------------------------------------------------------- reading


def _parse(text: str, start: str) -> Any:
    try:
        return tables().parse(_words(text), start, Builder())
    except Fault as fault:
        what, hint, position = fault.args
    except Unexpected as error:
        position = len(text) if error.token.kind == END else error.token.start
        what, hint = _explain(text, error.token, position, start)
    raise BadInput(what, hint, text, position)


def _words(text: str) -> list[Token]:
    """The words of a text; refuses what is too long, too deep or not made of such words, before any parsing."""
    if len(text) > MAX_LENGTH:
        raise Fault(f"the text is longer than {MAX_LENGTH} characters", "split the statement", MAX_LENGTH)
    found, kind = list[Token](), tables().kind
    position, depth = 0, 0
    while position < len(text):
        c = text[position]
        match = _LEXEME.match(text, position)
        if c != " " and match is None:
            shown = repr(c) if c.isprintable() else f"U+{ord(c):04X}"
            hint = CHARACTER_HINTS.get(c, "names are made of ASCII letters, digits and _; operators are + - * / ^")
            raise Fault(f"the character {shown} is not part of the language", hint, position)
        depth += (c == "(") - (c == ")")
        if depth < 0:
            raise Fault("a parenthesis is closed that was never opened", "remove it, or open it before", position)
        if depth > MAX_DEPTH:
            raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement into smaller ones", position)
        if match is not None:
            found.append(Token(match[0], kind(match[0]), position))
        position = position + 1 if match is None else match.end()
    if not text.strip():
        raise Fault("there is nothing to read", "write a statement, as in x^2 + y^2 >= 2*x*y", 0)
    if depth:
        raise Fault("a parenthesis is never closed", "close it", text.rindex("("))
    return found


def _explain(text: str, token: Token, position: int, start: str) -> tuple[str, str]:
    """What is wrong at an unexpected token."""
    words = _LEXEME.findall(text, 0, position)
    before = words[-1] if words else ""
    operand = before == ")" or (before not in KEYWORDS and before[:1].isalnum()) or before[:1] == "."
    if token.kind == END:
        return f"the text stops after '{before}'", "something is missing at its end"
    word = str(token)
    if word in KEYWORDS:
        if word in ("integer", "real") and start == "statement":
            return f"'{word}' declares a variable inside a statement", "declare it in an assumption, as in 'n integer'"
        if word == "iff" and "iff" in words:
            return "'iff' is chained", "add parentheses: iff does not associate"
    elif token.kind in ("NAME", "NUMBER", "LPAR") and operand:
        meant = nearest(word, KEYWORDS) if token.kind == "NAME" else None
        meant = meant or (nearest(before, ("not", "integer", "real")) if before != ")" else None)
        if meant:
            return f"'{word}' cannot follow '{before}'", f"did you mean '{meant}'? a product is written with *"
        left, right = ("(...)" if before == ")" else before), ("(...)" if word == "(" else word)
        return f"there is no operator between '{before}' and '{word}'", f"write {left}*{right} for a product"
    for sequence, hint in SEQUENCE_HINTS.items():
        if text[: position + len(word)].replace(" ", "").endswith(sequence):
            return f"'{sequence}' is not an operator here", hint
    if word == "," and start == "statement":
        return "a comma stands in a statement", "join statements by 'and'; commas separate assumptions and arguments"
    if before in FUNCTION_NAMES:
        return f"'{before}' is a function without arguments", f"write {before}(...)"
    place = f"after '{before}'" if before else "at the beginning"
    expected = "an operator or the end" if operand else "a number, a variable or a parenthesis"
    return f"'{word}' cannot stand {place}", f"{expected} is expected"


# ---------------------------------------------------------------- collecting


def _declarations(items: list[tuple[Node, Kind | None, bool]]) -> dict[str, Kind]:
    """Kinds by name: a bare name shares the kind after it in ``n, m integer``, before it in ``integer n, m``."""
    kinds: dict[str, Kind] = {}
    waiting: list[Node] = []
    prefix: Kind | None = None

    def declare(node: Node, kind: Kind) -> None:
        if kinds.setdefault(node.value.name, kind) != kind:
            raise Fault(f"'{node.value}' is declared both integer and real", "keep one of them", node.start)

    for node, kind, before in items:
        bare = kind is None and isinstance(node.value, Var)
        if bare and prefix is not None:
            declare(node, prefix)
        elif bare:
            waiting.append(node)
        elif kind is not None and not before:
            if prefix is not None:
                hint = "write the declarations as separate assumptions"
                raise Fault(f"'{node.value}' stands between two declarations", hint, node.start)
            for name in [*waiting, node]:
                declare(name, kind)
            waiting = []
        else:
            if waiting:
                break
            prefix = kind
            if kind is None:
                node.formula()
            else:
                declare(node, kind)
    if waiting:
        hint = "compare it with something, as in x > 0, or declare it, as in 'x integer'"
        raise Fault(f"nothing is assumed about '{waiting[0].value}'", hint, waiting[0].start)
    return kinds


def _conjuncts(f: Formula) -> Iterator[Formula]:
    if isinstance(f, Bool) and f.op == "and":
        for a in f.args:
            yield from _conjuncts(a)
    else:
        yield f


def _names(x: Term | Formula) -> Iterator[str]:
    if isinstance(x, Var):
        yield x.name
    elif not isinstance(x, Num):
        for part in (x.lhs, x.rhs) if isinstance(x, Rel) else x.args:
            yield from _names(part)
