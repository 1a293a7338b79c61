"""z3 as a finder of candidate points, if it is installed; nothing it says is believed without evaluation.

Source: de Moura and Bjorner, Z3, TACAS 2008; polynomials by Jovanovic and de Moura, IJCAR 2012.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

from verify.language import logic
from verify.language.definedness import defined, integer_constant
from verify.language.logic import App, Formula, Num, Rel, Sequent, Term, Var
from verify.runtime.budget import Braked, braked, spend, until_brake
from verify.runtime.distribution import with_extra

LARGEST_POWER = 40  # written out as a product
MOST_MODELS = 3  # of one formula
DIGITS = 20  # after the point, of an algebraic number
# What z3 counts for one model, for questions of degree 2 and of a higher one. Beyond 2 its count misses most of what it
# does: 60,000 were a minute, and never counted further, for a^3*b + b^3*c + c^3*a <= 27/256. Of the corpora every false
# statement that it knows a model for has the first one within 20,000.
WORK, WORK_OF_HIGHER = 500_000, 25_000
# Seconds on the clock, or until the brake of the budget strikes: z3 does not count what it does with polynomials of
# high degree. It took minutes for 4 of 130 questions about the theory; answers came within 2 s where they came at all.
BRAKE = 600.0
MISSING = f"z3 is not installed and was not asked for a counterexample: {with_extra('smt')}"


def models(sequent: Sequent, extra: Formula) -> Iterator[dict[str, Fraction]]:
    """Rational points that satisfy the hypotheses and ``extra`` according to z3; ``Braked`` where a clock ended it."""
    try:
        import z3
    except ImportError:
        return
    context = z3.Context()
    names = {n: (z3.Int(n, context) if k == "integer" else z3.Real(n, context)) for n, k in sequent.variables}
    solver = z3.Solver(ctx=context)
    work = WORK if degree((*sequent.hypotheses, extra)) <= 2 else WORK_OF_HIGHER
    solver.set("rlimit", work)  # a count, so that the answer does not depend on the machine
    brake = max(1.0, min(BRAKE, until_brake()))
    solver.set("timeout", int(1000 * brake))
    solver.set("random_seed", 0)
    try:
        for h in sequent.hypotheses:
            solver.add(formula(z3, context, names, logic.conj(defined(h, sequent.integers), h)))
        solver.add(formula(z3, context, names, extra))
        for _ in range(MOST_MODELS):
            found = solver.check()
            spend(max(1, solver.statistics().get_key_value("rlimit count")))
            if found != z3.sat:
                if solver.reason_unknown() == "timeout":
                    raise Braked(braked(brake))
                return
            model = solver.model()
            values: dict[str, Fraction] = {}
            for n, v in names.items():
                value = model.eval(v, model_completion=True)
                if z3.is_algebraic_value(value):
                    value = value.approx(DIGITS)
                whole = z3.is_int_value(value)
                bottom = 1 if whole else value.denominator_as_long()
                values[n] = Fraction(value.as_long() if whole else value.numerator_as_long(), bottom)
            yield values
            if not names:
                return
            solver.add(z3.Or(*[v != _number(z3, context, values[n]) for n, v in names.items()]))
    except (z3.Z3Exception, NotImplementedError, AttributeError):
        return


def unasked(sequent: Sequent) -> tuple[str, ...]:
    """What an open verdict says where z3 is missing and could have been asked: one sentence, or none."""
    formulas = (*sequent.hypotheses, sequent.goal)
    terms = (t for f in formulas for r in logic.relations(f) for side in (r.lhs, r.rhs) for t in logic.subterms(side))
    return (MISSING,) if find_spec("z3") is None and all(map(_arithmetic, terms)) else ()


def _arithmetic(t: Term) -> bool:
    """Whether the outermost operator is one that ``term`` translates."""
    if not isinstance(t, App):
        return True
    return t.op in ("+", "*", "-", "/", "abs", "min", "max") or (t.op == "^" and _small_power(t) is not None)


def degree(formulas: Iterable[Formula]) -> int:
    """The largest degree that a side of a relation has once its fractions are brought over one denominator.

    >>> x, y = Var("x"), Var("y")
    >>> one = logic.num(1)
    >>> degree([Rel("<", App("+", (App("/", (one, x)), App("/", (one, App("^", (y, logic.num(2))))))), one)])
    3
    """
    sides = (side for f in formulas for r in logic.relations(f) for side in (r.lhs, r.rhs))
    return max((max(_degrees(side)) for side in sides), default=0)


def _degrees(t: Term) -> tuple[int, int]:
    """Of the numerator and of the denominator."""
    if not isinstance(t, App):
        return int(isinstance(t, Var)), 0
    if t.op == "^":
        n = _small_power(t) or 1
        above, below = (abs(n) * d for d in _degrees(t.args[0]))
        return (above, below) if n > 0 else (below, above)
    parts = list(map(_degrees, t.args))
    if t.op == "/":
        return parts[0][0] + parts[1][1], parts[0][1] + parts[1][0]
    bottom = sum(below for _, below in parts)
    if t.op == "*":
        return sum(above for above, _ in parts), bottom
    return max((above + bottom - below for above, below in parts), default=0), bottom


def _small_power(t: App) -> int | None:
    """The exponent of a power that is written out as a product."""
    n = integer_constant(t.args[1])
    return n if n is not None and abs(n) <= LARGEST_POWER else None


def _number(z3: Any, context: Any, value: Fraction) -> Any:
    return z3.Q(value.numerator, value.denominator, context)


def term(z3: Any, context: Any, names: dict[str, Any], t: Term) -> Any:
    """A term for z3; ``NotImplementedError`` for functions and powers that z3 is not asked about."""
    if isinstance(t, Var):
        return names[t.name] if names[t.name].is_real() else z3.ToReal(names[t.name])
    if isinstance(t, Num):
        return _number(z3, context, t.value)
    args = [term(z3, context, names, a) for a in t.args]
    match t.op:
        case "+":
            return z3.Sum(args)
        case "*":
            return z3.Product(args)
        case "-":
            return -args[0]
        case "/":
            return args[0] / args[1]
        case "^" if (n := _small_power(t)) is not None:
            product = z3.Product([args[0]] * abs(n)) if n else _number(z3, context, Fraction(1))
            return product if n >= 0 else 1 / product
        case "abs":
            return z3.If(args[0] >= 0, args[0], -args[0])
        case "min" | "max":
            best = args[0]
            for a in args[1:]:
                best = z3.If(a < best if t.op == "min" else a > best, a, best)
            return best
    raise NotImplementedError(t.op)


def formula(z3: Any, context: Any, names: dict[str, Any], f: Formula) -> Any:
    """A formula for z3."""
    if isinstance(f, Rel):
        a, b = term(z3, context, names, f.lhs), term(z3, context, names, f.rhs)
        return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[f.op]
    args = [formula(z3, context, names, a) for a in f.args]
    match f.op:
        case "and":
            return z3.And(*args) if args else z3.BoolVal(True, context)
        case "or":
            return z3.Or(*args) if args else z3.BoolVal(False, context)
        case "not":
            return z3.Not(args[0])
        case "implies":
            return z3.Implies(*args)
    return args[0] == args[1]
