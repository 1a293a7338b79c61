"""The rule ``residues``: an equation between integers without a solution modulo m (``Residues.v``)."""

from fractions import Fraction
from math import lcm

from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.congruences import Printer, congruence, impossible
from verify.coq.reals.integers import integer
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.json_form import read_number
from verify.kernel.reals.terms import Term, minus


def rule_residues(work: Work, scope: Scope, step: Step) -> Rest:
    """The goal, since a known equation has no solution in integers."""
    state, script = step.state, work.script
    algebra = Arithmetic(work.run, script, scope, state)
    f, m = state.formula(step.node["equation"]), int(read_number(step.node["modulus"]))
    gap = minus(f[1], f[2])
    numerator = work.run.algebra.quotient(gap)[0]
    scale = lcm(*(Fraction(c).denominator for c in numerator.values()))
    found = congruence({tuple(work.run.algebra.exponents(k)): int(c * scale) for k, c in numerator.items()}, m)
    same = algebra.equal(found.whole(), ("*", scale, gap))
    vanishes = f"(eq_trans {same} (cof {scale} {algebra.text(f[1])} {algebra.text(f[2])} {algebra.must(f)}))"

    def whole_atom(t: Term) -> str:
        return integer(work, scope, state, t)

    def proof(t: Term) -> str:
        return whole_atom(t) if t in found.atoms else integer_proof(t, whole_atom)

    script.line(f"destruct {impossible(found, algebra.text, proof, vanishes)}.")
    return None


def integer_proof(t: Term, atom: Printer) -> str:
    """A proof that a sum of products of whole powers of atoms is an integer."""
    if isinstance(t, int):
        return f"(int_lit ({t}))"
    if not isinstance(t, tuple) or t[0] not in ("+", "*", "^") or (t[0] == "^" and not isinstance(t[2], int)):
        return atom(t)
    out = integer_proof(t[1], atom)
    if t[0] == "^":
        return f"(int_pow _ {t[2]} {out})"
    for part in t[2:]:
        out = f"(int_{'add' if t[0] == '+' else 'mul'} _ _ {out} {integer_proof(part, atom)})"
    return out
