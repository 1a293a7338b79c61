"""Functions: those of the language, those that are read by their definitions, and what is said of all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import factorial
from typing import Any

from verify.language import circular, circular_laws, logic
from verify.language.arithmetic import Arithmetic
from verify.language.automaton import Token
from verify.language.defined import DEFINED, LITERAL, MAX_FACTORIAL, MAX_LOWER, UNREAD, falling, misspelt
from verify.language.logic import App, Num, Term, Var
from verify.language.names import FUNCTION_NAMES, Fault
from verify.language.nodes import Node, join, literal, number

_NO_FACTORIAL = "write it of a number, as in 5!; for a variable factorials are not supported"


def unknown_function(token: Token) -> Fault:
    """What is said of a function that has no meaning here: another name is offered for a slip of spelling alone."""
    if token in UNREAD:
        return Fault(f"unknown function '{token}'", UNREAD[token], token.start)
    guess = misspelt(token, [*FUNCTION_NAMES, *DEFINED, *LITERAL, *circular_laws.FUNCTIONS])
    functions = ", ".join([*logic.FUNCTIONS, *DEFINED, *LITERAL])
    hint = f"did you mean {guess}(...)?" if guess else f"the functions are {functions};"
    return Fault(f"unknown function '{token}'", f"{hint} a product is written {token}*(...)", token.start)


def _factorial(n: int, start: int) -> Node:
    if n > MAX_FACTORIAL:
        raise Fault(f"the factorial of a number above {MAX_FACTORIAL}", "rescale the statement", start)
    return number(Fraction(factorial(n)), start)


class Calls(Arithmetic):
    """Functions with their arguments; ``circular``: whether sin and cos are read."""

    circular = False

    def call(self, parts: list[Any]) -> Node:
        token, _, arguments, _ = parts
        op = FUNCTION_NAMES.get(token)
        if token in circular_laws.FUNCTIONS and self.circular:
            return self._circular(token, arguments)
        if op is None:
            return self._defined(token, arguments)
        if op == "log" and len(arguments) == 2:
            hint = "which is the base? write log(x)/log(b) for the logarithm of x to the base b"
            raise Fault("log does not take 2 arguments", hint, token.start)
        if len(arguments) < 2 if op in ("min", "max") else len(arguments) != 1:
            wanted = "at least two arguments" if op in ("min", "max") else "one argument"
            raise Fault(f"{op} does not take {len(arguments)} arguments", f"it takes {wanted}", token.start)
        return join(App(op, tuple(a.term() for a in arguments)), arguments, token.start)

    def _circular(self, token: Token, arguments: list[Node]) -> Node:
        if len(arguments) != 1:
            raise Fault(f"{token} does not take {len(arguments)} arguments", "it takes one argument", token.start)
        if not circular.has_value(arguments[0].term()):
            hint = f"give a name to what {token} is of, and say in an assumption what it is"
            raise Fault(f"the argument of {token} may have no value", hint, arguments[0].start)
        return join(App(str(token), (arguments[0].term(),)), arguments, token.start)

    def _defined(self, token: Token, arguments: list[Node]) -> Node:
        """A function by its definition; a fault for a name that is none."""
        if token in LITERAL:
            return self._literal(token, arguments)
        if token not in DEFINED:
            raise unknown_function(token)
        names, meaning = DEFINED[token]
        if len(arguments) != len(names):
            wanted = f"it is {token}({', '.join(names)})"
            raise Fault(f"{token} does not take {len(arguments)} arguments", wanted, token.start)
        return self._unfolded(meaning, dict(zip(names, arguments, strict=True)), token.start)

    def _unfolded(self, t: Term, given: Mapping[str, Node], start: int) -> Node:
        """A definition with its parameters replaced, as if it had been written out."""
        match t:
            case Var(name):
                return given[name]
            case Num(value):
                return number(value, start)
        parts = [self._unfolded(a, given, start) for a in t.args]
        match t.op:
            case "^":
                return self.power(parts)
            case "/":
                return self.product([parts[0], "/", parts[1]])
            case "-":
                return join(logic.neg(parts[0].term()), parts, start)
        return join(App(t.op, tuple(p.term() for p in parts)), parts, start)

    def _literal(self, token: Token, arguments: list[Node]) -> Node:
        """A function that is read where a number is written out."""
        wanted = 2 if token == "binomial" else 1
        if len(arguments) != wanted:
            hint = f"it takes {'two arguments' if wanted == 2 else 'one argument'}"
            raise Fault(f"{token} does not take {len(arguments)} arguments", hint, token.start)
        given = arguments[-1].term()
        value = given.value if isinstance(given, Num) else None
        if token == "cbrt":
            if value is None or value < 0:
                hint = "write x^(1/3), which is defined for x >= 0; for x < 0 it is -(-x)^(1/3)"
                raise Fault("'cbrt' is read of a number that is not negative", hint, token.start)
            return self.power([arguments[0], number(Fraction(1, 3), token.start)])
        whole = value is not None and value.denominator == 1 and value >= 0
        if token == "factorial":
            if value is None or not whole:
                raise Fault("a factorial is read of a whole number", _NO_FACTORIAL, arguments[0].start)
            return _factorial(value.numerator, token.start)
        if value is None or not whole or value > MAX_LOWER:
            hint = f"write binomial(n, 2), which is n*(n - 1)/2; the lower index is at most {MAX_LOWER}"
            raise Fault("the lower index of a binomial coefficient is a whole number", hint, arguments[1].start)
        upper, lower = arguments[0], value.numerator
        found = falling(upper.term(), lower)
        if isinstance(found, Num):
            return number(found.value, token.start)
        copies = [replace(upper, depth=upper.depth + 3)] * max(1, lower)  # a quotient of a product of differences
        return join(found, copies, token.start)

    def factorial(self, parts: list[Token]) -> Node:
        value = literal(parts[0], parts[0].start)
        if value.denominator != 1:
            raise Fault("a factorial is read of a whole number", _NO_FACTORIAL, parts[0].start)
        return _factorial(value.numerator, parts[0].start)
