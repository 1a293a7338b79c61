"""Laws for one power with an exponent that is not a literal integer.

Steps: bases 0 and 1; numbers and sums as exponents; powers of powers, exponentials, products and quotients. Whole
exponents go to ``whole_powers`` first. Stops where a base is not shown to be positive and the exponent is not whole.
Source: the laws of exponents.
"""

from __future__ import annotations

from verify.kernel.reals.whole import integer_valued
from verify.language.raw_terms import canonical, is_number
from verify.prover.derived_equations import rewritten
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import ProofSearch, ValueLaw
from verify.prover.tactics import whole_powers
from verify.prover.term import Term


def power(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """What a^b is rewritten to; None where no law applies."""
    _, a, b = t
    if a == 1:
        builder.axiom("power one", b)
        return 1
    if a == 0 and search.ensure(builder, ("<", 0, b)):
        builder.axiom("power zero", b)
        return 0
    if (isinstance(b, (str, tuple)) or b > 0) and isinstance(a, (str, tuple)) and builder.state.knows(("<=", a, 0)):
        if not search.ensure(builder, ("<=", 0, a)):
            return None
        builder.axiom("equal", a, 0)
        return rewritten(builder, t, ("^", 0, b))
    if isinstance(b, tuple):
        plain = canonical(b)
        if is_number(plain):
            return rewritten(builder, t, ("^", a, plain))
        if plain is not None and plain != b and not integer_valued(b, builder.state.kinds):
            return rewritten(builder, t, ("^", a, plain))
    if not is_number(b) and builder.state.whole(b):
        value = whole_powers.power(search, builder, t) if search.uses(whole_powers.NAME) else None
        if value is not None:
            return value
    if isinstance(b, tuple) and b[0] == "+" and len(b) == 3:
        return split_power(search, builder, t)
    if isinstance(a, tuple) and a[0] == "^" and search.ensure(builder, ("<", 0, a[1])):
        builder.axiom("power power", a[1], a[2], b)
        return ("^", a[1], ("*", a[2], b))
    if isinstance(a, tuple) and a[0] == "exp":
        builder.axiom("exp positive", a[1])
        builder.axiom("power exp", a, b)
        builder.axiom("log exp", a[1])
        builder.rewrite(("log", a), a[1])
        return ("exp", ("*", b, a[1]))
    product = isinstance(a, tuple) and a[0] in ("*", "/") and len(a) == 3
    if product and not integer_valued(b, builder.state.kinds):
        if not all(search.ensure(builder, ("<", 0, u)) for u in a[1:]):
            return None
        builder.axiom("power product" if a[0] == "*" else "power quotient", a[1], a[2], b)
        return (a[0], ("^", a[1], b), ("^", a[2], b))
    return None


def split_power(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """a^(b + c) as a product, where the base allows it."""
    _, a, (_, b, c) = t
    is_whole = builder.state.whole(b) and builder.state.whole(c)
    if search.checker.nonzero(builder.state, a) and is_whole:
        if not builder.state.knows(("!=", a, 0)):
            builder.have(("!=", 0, a), {"rule": "sign", "factors": [[dump(a), "1"]]})
        builder.axiom("power integer sum", a, b, c)
    elif is_whole and search.ensure(builder, ("<=", 0, b)) and search.ensure(builder, ("<=", 0, c)):
        builder.axiom("power natural sum", a, b, c)
    elif search.ensure(builder, ("<", 0, a)):
        builder.axiom("power sum", a, b, c)
    else:
        return None
    return ("*", ("^", a, b), ("^", a, c))


LAW = ValueLaw("power_laws", "^", power)
