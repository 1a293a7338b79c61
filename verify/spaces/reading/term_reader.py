"""Reads terms and chains of relations: precedence climbing over the words of one text.

Loosest first: + and -, the point of ``u . v``, * and /, ^ (to the right). A minus before a product belongs to the
whole product, as in ``verify.language``. Where a term has to begin, ``<`` and ``||`` open; after a term they compare
and close: that is all that tells them apart.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verify.language.defined import DEFINED, misspelt
from verify.language.names import FUNCTION_NAMES, KEYWORDS, Fault
from verify.language.nodes import ASK_EULER, MAX_DEPTH, literal, number
from verify.spaces.reading.bounds import check_exponent, constant
from verify.spaces.reading.surface import Chain, Node, Range
from verify.spaces.reading.tokens import RELATIONS, Token
from verify.spaces.reading.word_reader import WordReader

SUM, DOT, PRODUCT, POWER = 1, 2, 3, 4
_MEANS = {"E": "expectation", "Var": "variance"}
# A function of the statement may be any function of its class: these names mean one that is not read here.
_ELSEWHERE = "sin cos tan cot arcsin arccos arctan sinh cosh tanh erf sign sgn floor ceil det tr trace rank dim diag"
_ELSEWHERE += " prox proj argmin argmax inf sup lim Pr Prob Cov Corr"
_LEVEL = {"+": SUM, "-": SUM, ".": DOT, "*": PRODUCT, "/": PRODUCT, "^": POWER}


class TermReader(WordReader):
    """Reads terms and chains where the position is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.weights: list[Token] = []  # the operators of norms ||u||_A, which have to be declared
        self._depth = 0

    # ------------------------------------------------------------ chains

    def chain(self) -> Chain:
        """Terms with relations between them."""
        terms, relations = [self.term()], []
        while self.sees(*RELATIONS):
            relations.append(self.take().text)
            terms.append(self.term())
        if not relations:
            if self.word.kind != "end" and not self.sees(",", "and", "for"):
                raise self.unexpected()
            hint = "compare it with something, as in ... >= 0; the relations are == != < <= > >="
            raise Fault("a term stands where a statement is expected: a relation is missing", hint, terms[0].start)
        return Chain(tuple(terms), tuple(relations), (), self.text)

    def ranges(self) -> tuple[Range, ...]:
        """``for t in 0..T-1``, ``for all i, j in 1..n``; several after each other."""
        found: list[Range] = []
        while self.sees("for"):
            self.take()
            if self.sees("all", "every") and self.words[self.i + 1].kind == "name":
                self.take()
            names = [self.name().text]
            while self.sees(","):
                self.take()
                names.append(self.name().text)
            self.expect("in")
            lower = self.term()
            self.expect("..")
            upper = self.term()
            found += [Range(name, lower, upper) for name in names]
        return tuple(found)

    # ------------------------------------------------------------ terms

    def term(self, level: int = SUM) -> Node:
        """A term whose operators bind at least as tightly as ``level``."""
        self._depth += 1
        if self._depth > 2 * MAX_DEPTH:
            raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement", self.word.start)
        left = self._signed(level) if self.sees("+", "-") else self._operand()
        open_op, nested = "", 0  # the sum or product that is being read, to which further parts are added
        while self.word.kind == "op" and (tight := _LEVEL.get(self.word.text, 0)) >= level:
            sign = self.take()
            op = {"-": "+", ".": "inner"}.get(sign.text, sign.text)
            right = self.term(POWER if op == "^" else min(tight + 1, POWER))
            if sign.text == "-":
                right = Node("-", (right,), sign.start, right.stop)
            if op == "^":
                left = self._power(left, right)
            elif op == open_op:
                left = Node(op, (*left.args, right), left.start, right.stop)
            else:
                left = Node(op, (left, right), left.start, right.stop)
            open_op = op if op in ("+", "*") else ""
            nested += not open_op
            if nested > MAX_DEPTH:
                raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement", sign.start)
        self._depth -= 1
        return left

    def _signed(self, level: int) -> Node:
        sign = self.take()
        inner = self.term(DOT if level in (SUM, DOT) else POWER)
        return inner if sign.text == "+" else Node("-", (inner,), sign.start, inner.stop)

    def _power(self, base: Node, exponent: Node) -> Node:
        check_exponent(exponent)
        if base == Node("name", ("e",)):
            value = constant(exponent)
            if value is None or value < 0 or value.denominator != 1:
                raise Fault(*ASK_EULER, base.start)
        if base.op == "norm" and len(base.args) == 2:  # ||u||_A
            u, operator = base.parts
            inner = Node("inner", (Node("*", (operator, u), u.start, u.stop), u), base.start, base.stop)
            if exponent == Node("number", (Fraction(2),)):
                return replace(inner, stop=exponent.stop)
            base = Node("call", ("sqrt", inner), base.start, base.stop)
        return Node("^", (base, exponent), base.start, exponent.stop)

    def _operand(self) -> Node:
        w = self.word
        if w.kind == "number":
            self.take()
            value = literal(w.text, w.start)
            number(value, w.start)  # refuses what is too long
            return Node("number", (value,), w.start, w.stop)
        if w.kind == "name":
            self._depth += 1  # a call nests more deeply than a parenthesis
            named = self._named()
            self._depth -= 1
            return named
        if w.text == "(":
            self.take()
            inner = self.term()
            return replace(inner, start=w.start, stop=self.expect(")", w).stop)
        if w.text == "||":
            return self._norm()
        if w.text == "<":
            self.take()
            u = self.term()
            self.expect(",", w)
            v = self.term()
            return Node("inner", (u, v), w.start, self.expect(">", w).stop)
        if w.text == "_":
            raise Fault("'_' cannot stand here", "a name starts with a letter, as in rho_E", w.start)
        raise self.unexpected()

    def _norm(self) -> Node:
        w = self.take()
        u = self.term()
        stop = self.expect("||", w).stop
        if not self.sees("_"):
            return Node("norm", (u,), w.start, stop)
        self.take()
        if self.word.kind != "name":
            hint = "||u|| is the norm of the inner product, and the only one; <A*u, u> is ||u||_A^2"
            raise Fault("a norm with an index that is no operator", hint, self.word.start)
        a = self.name()
        self.weights.append(a)
        operator = Node("name", (a.text,), a.start, a.stop)
        if self.sees("^"):
            return Node("norm", (u, operator), w.start, a.stop)  # until the exponent is read
        inner = Node("inner", (Node("*", (operator, u), u.start, u.stop), u), w.start, a.stop)
        return Node("call", ("sqrt", inner), w.start, a.stop)

    def _named(self) -> Node:
        w = self.word
        if w.text in ("E", "Var") or w.text.startswith("E_"):
            return self._expectation()
        if w.text == "grad":
            return self._gradient()
        if w.text == "sum" and self.sees("(", ahead=1):
            return self._sum()
        if w.text in FUNCTION_NAMES and self.sees("(", ahead=1):
            self.take()
            arguments, stop = self._arguments()
            op = FUNCTION_NAMES[w.text]
            several = op in ("min", "max")
            if len(arguments) < 2 if several else len(arguments) != 1:
                wanted = "at least two arguments" if several else "one argument"
                raise Fault(f"{op} does not take {len(arguments)} arguments", f"it takes {wanted}", w.start)
            return Node("call", (op, *arguments), w.start, stop)
        if self.sees("[", ahead=1) and (w.text.startswith("Var_") or w.text in _ELSEWHERE.split()):
            hint = "write E[...] and Var[... | w]; Cov[X, Y] is E[X*Y] - E[X]*E[Y]; other names can be families"
            raise Fault(f"'{w.text}[...]' is not supported", hint, w.start)
        if w.text in DEFINED and self.sees("(", ahead=1):
            names, meaning = DEFINED[w.text]
            hint = f"write {w.text}({', '.join(names)}) as {meaning}"
            raise Fault(f"'{w.text}' is read in statements about numbers only", hint, w.start)
        self.name()
        if self.sees("("):
            return self._application(w)
        if self.sees("[") and self.word.start == w.stop:
            return self._member(w)
        return Node("name", (w.text,), w.start, w.stop)

    def _member(self, w: Token) -> Node:
        opened = self.take()
        index = self.term()
        if self.sees(","):
            raise Fault("a member has one index", "write x[t]; give each family a name of its own", self.word.start)
        stop = self.expect("]", opened).stop
        if self.sees("[", "("):
            hint = "a member of a family is a number or a vector: write f1(x), f2(x) for several functions"
            raise Fault(f"'{self.word.text}' cannot follow '{self.text[w.start : stop]}'", hint, self.word.start)
        return Node("at", (w.text, index), w.start, stop)

    def _arguments(self) -> tuple[list[Node], int]:
        opened = self.take()
        found = [] if self.sees(")") else [self.term()]
        while found and self.sees(","):
            self.take()
            found.append(self.term())
        return found, self.expect(")", opened).stop

    def _application(self, w: Token) -> Node:
        guess = misspelt(w.text, FUNCTION_NAMES)
        if guess is not None:
            raise Fault(f"unknown function '{w.text}'", f"did you mean {guess}(...)?", w.start)
        self._any_function(w)
        arguments, stop = self._arguments()
        if len(arguments) != 1:
            hint = f"a function has one point, as in f(x); a product is written {w.text}*(...)"
            raise Fault(f"'{w.text}' does not take {len(arguments)} arguments", hint, w.start)
        return Node("call", (w.text, arguments[0]), w.start, stop)

    def _any_function(self, w: Token) -> None:
        if w.text in _ELSEWHERE.split():
            hint = "the functions with a meaning are sqrt, exp, log, abs, min and max; another can be any function"
            raise Fault(f"the function '{w.text}' is not supported", hint, w.start)

    def _gradient(self) -> Node:
        w = self.take()
        if self.word.kind != "name" or not self.sees("(", ahead=1):
            raise Fault("'grad' stands without a function and a point", "write grad f(x)", w.start)
        f = self.name()
        self._any_function(f)
        arguments, stop = self._arguments()
        if len(arguments) != 1:
            raise Fault(f"grad {f.text} does not take {len(arguments)} points", "write grad f(x)", f.start)
        return Node("grad", (f.text, arguments[0]), w.start, stop)

    def _sum(self) -> Node:
        w, opened = self.take(), self.take()
        body = self.term()
        if not self.sees("for"):
            raise Fault("a sum says over what it runs", "write sum(a[t] for t in 1..T)", self.word.start)
        ranges = self.ranges()
        stop = self.expect(")", opened).stop
        for r in reversed(ranges):
            body = Node("sum", (body, r.name, r.lower, r.upper), w.start, stop)
        return body

    # ------------------------------------------------------------ expectations

    def _expectation(self) -> Node:
        """``E`` and ``E_t``, of what stands in brackets or of the next factor; ``Var``, of what stands in brackets."""
        w, after = self.take(), self.word
        op, _, history = w.text.partition("_")
        given: tuple[Node | str, ...] = (f"_{history}",) if history else ()
        if after.text in ("[", "("):
            opened = self.take()
            body = self.term()
            if self.sees("|"):
                self.take()
                given += tuple(self._given())
            stop = self.expect("]" if opened.text == "[" else ")", opened).stop
            if opened.text == "(" and op == "E" and self.sees("^"):
                hint = "write E[X]^2 or E[X^2]"
                raise Fault("the power after E(...) can be read in two ways", hint, self.word.start)
            return Node(op, (body, *given), w.start, stop)
        begins = after.kind == "name" and after.text not in (*KEYWORDS, "for", "in")
        if op == "E" and (begins or after.text in ("||", "<")):
            body = self.term(POWER)
            return Node(op, (body, *given), w.start, body.stop)
        hint = f"write {w.text}[X], or give the variable another name"
        raise Fault(f"'{w.text}' cannot be a variable here: it is the {_MEANS[op]}", hint, w.start)

    def _given(self) -> list[Node | str]:
        found: list[Node | str] = []
        while True:
            w = self.name()
            found.append(self._member(w) if self.sees("[") and self.word.start == w.stop else w.text)
            if not self.sees(","):
                return found
            self.take()
