"""Where a term is continuous, and its derivative, as Coq proofs (``Continuity.v``, ``Slopes.v``).

A derivative is built here from the inside out, one lemma for each operation, as a pair of Coq texts: a proof of
``derivable_pt_lim (fun s => T) w D``, and D. It differs from that of ``derivatives.py`` by the laws of a ring alone, in
which inverses, powers and functions are atoms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.coq.reals.integers import integer
from verify.coq.reals.knowledge import assume, conjunction, must
from verify.coq.reals.notation import formula, term
from verify.coq.reals.script import Scope, Work
from verify.kernel.reading import need
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Compound, Formula, Term, names_in
from verify.kernel.reals.whole import whole_when

BY_ORDER = "ltac:(clear; lra)"  # of literals
BOUND = "s_"  # the variable of functions: no identifier of a theorem ends so


@dataclass(frozen=True)
class Place:
    """A variable of the checker and the point that stands for it, with what is known there."""

    work: Work
    scope: Scope  # where the variable has the name of the point
    state: State  # where the variable is declared
    names: Mapping[str, str]  # without the variable
    variable: str
    point: str

    def value(self, t: Term) -> str:
        """The term at the point."""
        return term(t, {**self.names, self.variable: self.point})

    def function(self, t: Term) -> str:
        """The term as a function of the variable."""
        return f"(fun {BOUND} : R => {term(t, {**self.names, self.variable: BOUND})})"

    def known(self, f: Formula) -> str:
        """A proof of a condition at the point."""
        return must(self.work.script, self.scope, normal(f))

    def integer(self, t: Term) -> str:
        """A proof that a term is an integer."""
        return integer(self.work, self.scope, self.state, t)

    def moves(self, t: Term) -> bool:
        """Whether the term changes with the variable."""
        return self.variable in names_in(t)


def sums(t: Compound) -> list[tuple[str, Term, Term]]:
    """A sum or a product as steps of two: the lemma, the term so far, and the next one.

    A sum is printed with ``-`` where a part is an opposite, and so it is differentiated.
    """
    out: list[tuple[str, Term, Term]] = []
    op, total, *parts = t
    for i, part in enumerate(parts, 3):
        if op == "+" and isinstance(part, tuple) and part[0] == "-":
            out.append(("minus", total, part[1]))
        else:
            out.append(("plus" if op == "+" else "mult", total, part))
        total = t[:i]
    return out


def continuity(at: Place, t: Term) -> str:
    """A proof that the term is continuous at the point, from the conditions under which it is defined there."""
    if not at.moves(t):
        return f"(ct_const {at.value(t)} {at.point})"
    if not isinstance(t, tuple):
        return f"(ct_id {at.point})"
    op, a, b, w = t[0], t[1], t[-1], at.point
    need(op in ("+", "*", "-", "/", "^", "exp", "log", "sqrt"), f"{op} is not differentiated")
    if op in ("+", "*"):
        proof = continuity(at, a)
        for lemma, left, right in sums(t):
            functions = f"{at.function(left)} {at.function(right)}"
            proof = f"(ct_{lemma} {functions} {w} {proof} {continuity(at, right)})"
        return proof
    f, inner = at.function(a), continuity(at, a)
    if op == "-":
        return f"(ct_opp {f} {w} {inner})"
    if op == "/":
        return f"(ct_div {f} {at.function(b)} {w} {inner} {continuity(at, b)} {at.known(('!=', b, 0))})"
    if op == "exp":
        return f"(ct_exp {f} {w} {inner})"
    if op == "log":
        return f"(ct_ln {f} {w} {inner} {at.known(('<', 0, a))})"
    if op == "sqrt":
        return f"(ct_sqrt {f} {w} {inner} {at.known(('<=', 0, a))})"
    if isinstance(b, int):
        power = f"(ct_pow {f} {abs(b)} {w} {inner})"
        if b >= 0:
            return power
        nonzero = f"(pow_nonzero _ {-b} {at.known(('!=', a, 0))})"
        return f"(ct_inv {at.function(('^', a, -b))} {w} {power} {nonzero})"
    if isinstance(b, Fraction) and b > 0:
        return f"(ct_pw_root {f} {at.value(b)} {w} {inner} {BY_ORDER} {at.known(('<=', 0, a))})"
    if (conditions := whole_when(b, at.state.kinds)) is not None:
        if conditions:
            return f"(ct_pw_either {f} {at.value(b)} {w} {inner} {either(at, a, b, b, conditions)})"
        return f"(ct_pw_whole {f} {at.value(b)} {w} {inner} {at.integer(b)} {at.known(whole_condition(a, b))})"
    return f"(ct_pw {f} {at.function(b)} {w} {inner} {continuity(at, b)} {at.known(('<', 0, a))})"


def whole_condition(a: Term, n: Term) -> Formula:
    """When a whole power is defined."""
    return ("or", ("!=", a, 0), ("<=", 0, n))


def either(at: Place, a: Term, n: Term, exponent: Term, conditions: list[Formula]) -> str:
    """The name of a proof that a is positive, or n is an integer and a may be taken to the power ``exponent``.

    That a power is defined whose exponent is whole under conditions is known as such an alternative; see
    ``verify/kernel/reals/definedness.py``.
    """
    script, defined = at.work.script, whole_condition(a, exponent)
    positive: Formula = ("<", 0, a)
    whole = normal(("and", *conditions, defined))
    known = at.known(("or", positive, whole))
    name, first, second = (script.fresh() for _ in range(3))
    printed = [formula(f, at.scope.names) for f in (positive, defined)]
    script.line(f"assert ({name} : {printed[0]} \\/ (is_int {at.value(n)} /\\ {printed[1]})).")
    script.line(f"{{ destruct {known} as [{first}|{second}]; [left; exact {first} | right].")
    inner = at.scope.copy()
    assume(script, inner, whole, second)
    proofs = [integer(at.work, inner, at.state, n), must(script, inner, defined)]
    script.line(f"exact {conjunction(proofs)}. }}")
    return name


def slope(at: Place, t: Term) -> tuple[str, str]:
    """A proof of the derivative at the point, and the derivative as a text."""
    if not at.moves(t):
        return f"(dl_const {at.value(t)} {at.point})", "0"
    if not isinstance(t, tuple):
        return f"(dl_id {at.point})", "1"
    op, a, w = t[0], t[1], at.point
    need(op in ("+", "*", "-", "/", "^", "exp", "log", "sqrt"), f"{op} is not differentiated")
    if op in ("+", "*"):
        proof, d = slope(at, a)
        for lemma, left, right in sums(t):
            other, e = slope(at, right)
            proof = f"(dl_{lemma} {at.function(left)} {at.function(right)} {w} {d} {e} {proof} {other})"
            d = (
                f"({d} * {at.value(right)} + {at.value(left)} * {e})"
                if op == "*"
                else (f"({d} {'-' if lemma == 'minus' else '+'} {e})")
            )
        return proof, d
    if op == "^":
        return power_slope(at, a, t[2])
    f, (inner, d) = at.function(a), slope(at, a)
    if op == "-":
        return f"(dl_opp {f} {w} {d} {inner})", f"(Ropp {d})"
    if op == "/" and not at.moves(t[2]):
        return f"(dl_over {f} {at.value(t[2])} {w} {d} {inner})", f"({d} / {at.value(t[2])})"
    if op == "/":
        b = t[2]
        other, e = slope(at, b)
        proof = f"(dl_div {f} {at.function(b)} {w} {d} {e} {inner} {other} {at.known(('!=', b, 0))})"
        return proof, f"(({d} * {at.value(b)} - {at.value(a)} * {e}) / ({at.value(b)} ^ 2))"
    if op == "exp":
        return f"(dl_exp {f} {w} {d} {inner})", f"({at.value(t)} * {d})"
    if op == "log":
        return f"(dl_ln {f} {w} {d} {inner} {at.known(('<', 0, a))})", f"({d} / {at.value(a)})"
    positive = f"(root_positive _ {at.known(('<=', 0, a))} {at.known(('!=', ('*', 2, t), 0))})"
    return f"(dl_sqrt {f} {w} {d} {inner} {positive})", f"({d} / (2 * {at.value(t)}))"


def power_slope(at: Place, a: Term, b: Term) -> tuple[str, str]:
    """The derivative of a^b: by the kind of the exponent."""
    f, w, (inner, d), base = at.function(a), at.point, slope(at, a), at.value(a)
    if at.moves(b):
        other, e = slope(at, b)
        proof = f"(dl_pw {f} {at.function(b)} {w} {d} {e} {inner} {other} {at.known(('<', 0, a))})"
        return proof, f"({at.value(('^', a, b))} * ({e} * ln {base} + {at.value(b)} * ({d} / {base})))"
    if b == 0:
        return f"(dl_const 1 {w})", "0"
    if isinstance(b, int) and b > 0:
        return f"(dl_pow {f} {b - 1} {w} {d} {inner})", f"({b} * {at.value(('^', a, b - 1))} * {d})"
    lower: Term = b - 1 if isinstance(b, (int, Fraction)) else ("+", b, -1)
    text = f"({at.value(b)} * {at.value(('^', a, lower))} * {d})"
    if isinstance(b, int):
        return f"(dl_inv_pow {f} {-b - 1} {w} {d} {inner} {at.known(('!=', a, 0))})", text
    numbers = f"{f} {at.value(b)} {at.value(lower)} {w} {d} {inner}"
    if isinstance(b, Fraction):
        if b > 1:
            return f"(dl_pw_root {numbers} {BY_ORDER} {BY_ORDER} {at.known(('<=', 0, a))})", text
        return f"(dl_pw_real {numbers} {BY_ORDER} {at.known(('<', 0, a))})", text
    whole = whole_when(b, at.state.kinds)
    if whole is None:
        return f"(dl_pw_real {numbers} eq_refl {at.known(('<', 0, a))})", text
    if whole:
        here, below = either(at, a, b, b, whole), either(at, a, b, lower, whole)
        return f"(dl_pw_either {f} {at.value(b)} {w} {d} {inner} {here} {below})", text
    conditions = f"{at.known(whole_condition(a, b))} {at.known(whole_condition(a, lower))}"
    return f"(dl_pw_whole {f} {at.value(b)} {w} {d} {inner} {at.integer(b)} {conditions})", text
