"""Claims, domains and derivations as plain text."""

from __future__ import annotations

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.domain import Bound
from verify.claims.sequents import formula, term
from verify.claims.setting import NamedExpression
from verify.claims.statement import Identity, Limit, LoewnerOrder, MatrixIdentity, Minimiser, Monotone, Spatial
from verify.derivations.derivation import Derivation, sources_of
from verify.derivations.relations import Connective, Formula, Relation, sides_of
from verify.derivations.trace_polynomials import TracePolynomial
from verify.language.logic import show
from verify.runtime.errors import Impossible
from verify.typesetting.folding import Folding
from verify.typesetting.typesetter import typesetter


def kind_of(claim: Claim) -> str:
    """The kind of statement, in words."""
    name = type(claim.statement).__name__
    if isinstance(claim.statement, LoewnerOrder) and claim.statement.averaged:
        return "Loewner order of averages"
    return {
        "MatrixIdentity": "identity of matrices",
        "LoewnerOrder": "Loewner order",
        "Holds": "statement",
        "Monotone": "monotonicity",
        "Spatial": "statement about vectors",
    }.get(name, name.lower())


def statement_text(claim: Claim) -> str:
    """The statement on one line."""
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        return f"{s.name} == {s.rhs}"
    if isinstance(s, Spatial):
        return s.statement
    if isinstance(s, Limit):
        to = {sp.oo: "infinity", sp.Integer(0): "0 from above"}[s.to]
        return f"{_term(claim, s.expression)} -> {_term(claim, s.value)} as {s.variable} -> {to}"
    if isinstance(s, Monotone):
        strictly = "strictly " if s.strict else ""
        return f"{_term(claim, s.expression)} is {strictly}{s.direction} in {s.variable}"
    if isinstance(s, Minimiser):
        unique = "" if s.unique_if is None else f", uniquely if {formula(s.unique_if)}"
        value = "" if s.value is None else f", where it is {_term(claim, s.value)}"
        at = _term(claim, s.argmin)
        return f"{_term(claim, s.objective)} is minimal over {s.variable} at {s.variable} = {at}{value}{unique}"
    if claim.formula is None:
        raise Impossible(f"{type(s).__name__} has neither a text nor a formula")
    if isinstance(s, Identity) and _term(claim, s.rhs) == _term(claim, s.lhs):
        return f"{computed(claim)} == {show(term(s.rhs.xreplace(claim.fixed)))}"
    return str(formula(_by_name(claim, claim.formula)))


def computed(claim: Claim) -> str:
    """What the left-hand side of an identity is, in words, where the two sides read alike."""
    return claim.derivations[-1].title if claim.derivations else "left-hand side, computed"


def _term(claim: Claim, expression: sp.Expr) -> str:
    return show(term(_folding(claim).as_text(expression.xreplace(claim.fixed))))


def _by_name(claim: Claim, f: Formula) -> Formula:
    """A formula with its wide parts by name."""
    if isinstance(f, Relation):
        return Relation(_folding(claim).as_text(f.lhs), f.op, _folding(claim).as_text(f.rhs))
    return Connective(f.op, tuple(_by_name(claim, a) for a in f.args))


def _folding(claim: Claim) -> Folding:
    return typesetter(claim.setting).folding


def domain_lines(claim: Claim) -> list[str]:
    """The hypotheses, one chain of bounds a line, integers marked."""
    if isinstance(claim.statement, MatrixIdentity):
        return ["every dimension d >= 1, every n >= 1, every choice of the matrices"]
    if isinstance(claim.statement, Spatial):
        return list(claim.statement.assumptions)
    domain = claim.relevant_domain
    lines = [_bound(b) for b in domain.bounds]
    return [line for line in lines if line] + [str(formula(f)) for f in domain.extra]


def _bound(b: Bound) -> str:
    name = f"{b.symbol}" + (" integer" if b.symbol.is_integer else "")
    left = "" if b.lower is None else f"{show(term(b.lower))} {'<=' if b.lower_closed else '<'} "
    right = "" if b.upper is None else f" {'<=' if b.upper_closed else '<'} {show(term(b.upper))}"
    return (
        f"{left}{b.symbol}{right}" + (f", {name}" if b.symbol.is_integer else "") if left or right else f"{name} real"
    )


def definition_lines(claim: Claim) -> list[str]:
    """The named quantities that the statement uses, with their definitions."""
    if isinstance(claim.statement, (MatrixIdentity, Spatial)):
        return []
    used = [e for e in claim.used_atoms if e.symbol is not None]
    named = [claim.setting.named[name] for name in _names(claim)]
    return [
        f"{e.symbol or e.name} = {show(term(e.value.xreplace(claim.fixed)))}    ({e.meaning})"
        for e in (*used, *(e for e in named if e not in used))
    ]


def _names(claim: Claim) -> list[str]:
    """The named expressions whose closed forms the statement has by name."""
    s = claim.statement
    if isinstance(s, Limit | Monotone | Minimiser):
        sides = [getattr(s, name) for name in ("expression", "value", "objective", "argmin") if hasattr(s, name)]
        expressions = [e for e in sides if e is not None]
    else:
        expressions = [] if claim.formula is None else list(sides_of(claim.formula))
    return sorted(set().union(*(_folding(claim).names(e.xreplace(claim.fixed)) for e in expressions)))


def derivation_lines(derivation: Derivation) -> list[str]:
    """A derivation with numbered steps: the rule, why it applies, what it gives, under which condition.

    A start or a step that takes something from other derivations names them.
    """
    lines = [f"{derivation.title}:", f"  start: {_any(derivation.start)}", f"         [{derivation.reason}]"]
    lines += _uses(derivation.given)
    for i, step in enumerate(derivation.steps, start=1):
        lines.append(f"  {i:>3}. {_any(step.after)}")
        lines.append(f"         [{step.rule}: {step.reason}]")
        lines += _uses(step.params)
        lines += [f"         provided {formula(c)}" for c in step.conditions]
    return lines


def _uses(given: object) -> list[str]:
    titles = dict.fromkeys(d.title for d in sources_of(given))
    return [f"         from: {'; '.join(titles)}"] if titles else []


def _any(expression: sp.Expr | TracePolynomial) -> str:
    return str(expression) if isinstance(expression, TracePolynomial) else show(term(expression))


def expression_line(e: NamedExpression) -> str:
    """The value on one line."""
    return show(term(e.value))
