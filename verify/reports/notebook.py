"""How notebooks show what the public interface gives: claims, domains, results, proofs, counterexamples, closed forms.

Each function makes HTML of one object: formulas in the delimiters of MathJax, everything else escaped, and out of its
reach. ``register`` tells IPython of them by the names of the classes, so that none is imported before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.quantities import Quantity
from verify.claims.setting import NO_SETTING, NamedExpression
from verify.claims.statement import Spatial
from verify.counterexamples.witness import Witness
from verify.derivations.derivation import Derivation
from verify.evidence.results import ClaimResult, Evidence
from verify.language.verdict import Verdict
from verify.prover.outcome import Outcome
from verify.reports.latex_evidence import verdict_in_lock
from verify.spaces.decide import Outcome as SpatialOutcome
from verify.spaces.models.witness import Witness as SpatialWitness
from verify.spaces.models.witness import lines
from verify.typesetting.domains import domain_latex
from verify.typesetting.formulas import formula_latex
from verify.typesetting.line_breaks import broken
from verify.typesetting.spatial import hypotheses_words
from verify.typesetting.statements import claim_latex, expression_latex, hypotheses_latex
from verify.typesetting.typesetter import Typesetter, typesetter

# A sign beside the word: a colour alone would tell some readers nothing.
SIGNS = {"proved": "✓", "enclosed": "✓", "supported": "≈", "inconclusive": "?", "unavailable": "?", "refuted": "✗"}
LONGEST = 12  # values of a counterexample that are shown


def claim_html(claim: Claim) -> str:
    """Title, statement, hypotheses, and the verdict that the theory's lock has for this very statement."""
    verdict = verdict_in_lock(claim)
    known = f"{_badge(verdict)}, when the theory was last accepted" if verdict else ""
    hypotheses = f"{_text('for')} {'; '.join(map(_math, hypotheses_latex(claim)))}" if hypotheses_latex(claim) else ""
    if isinstance(claim.statement, Spatial):
        hypotheses = " ".join(["let", escape("; ".join(hypotheses_words(claim.statement)))])
    what = "" if claim.expected else _text(" (a false statement, to be refuted)")
    parts = [
        f"<b>{_text(claim.id)}</b>: {_text(claim.title)}{what}",
        _display(claim_latex(claim)),
        hypotheses,
        _small(_text(claim.note)) if claim.note else "",
        _small(known) if known else "",
    ]
    return _block(parts)


def domain_html(domain: Domain) -> str:
    """The hypotheses. A domain does not know whose it is, so its symbols are written by their names."""
    shown = domain_latex(domain, typesetter(NO_SETTING))
    return _block(["; ".join(map(_math, shown)) or _text("no restriction")])


def result_html(result: ClaimResult) -> str:
    """The verdict, the evidence, and what the claim rests on where that is weaker than proved."""
    expected = {True: "", False: " (not as expected)", None: " (open)"}[result.as_expected]
    wanted = "" if result.expected else " false statement, to be refuted;"
    weaker = [f"{name} {v.key}" for name, v in result.rests_on.items() if v is not Verdict.PROVED]
    below = f"rests on {len(result.rests_on)} claims" + (
        f", of these {', '.join(weaker)}" if weaker else ", all proved"
    )
    parts = [
        f"<b>{_text(result.id)}</b>: {_text(result.title)}",
        _text(wanted) + _badge(result.verdict.key) + _text(expected),
        _evidence_table(result.evidence),
        _small(_text(below)) if result.rests_on else "",
        _small(_text(f"proved once more by {result.kernel}")) if result.kernel else "",
    ]
    return _block(parts)


def results_html(results: Sequence[ClaimResult]) -> str:
    """What ``verify.check`` gives: a row for each claim."""
    rows = [
        (
            f"<b>{_text(r.id)}</b>",
            _text(r.title),
            _badge(r.verdict.key),
            _text(", ".join(e.route for e in r.evidence if e.verdict.strength >= Verdict.SUPPORTED.strength)),
        )
        for r in results
    ]
    return _table(("claim", "", "verdict", "evidence"), rows)


def evidence_html(evidence: Evidence) -> str:
    return _evidence_table([evidence])


def outcome_html(outcome: Outcome | SpatialOutcome) -> str:
    """The verdict and what it means; the counterexample, or what the certificate is, or why nothing was found."""
    witness = outcome.witness
    shown = ""
    if isinstance(witness, SpatialWitness):
        shown = spatial_witness_html(witness)
    elif witness is not None and not outcome.why:  # which say it too
        shown = _values({name: str(value) for name, value in witness.items()})
    parts = [
        f"{_badge(outcome.verdict.key)}: {_text(outcome.verdict.value)}",
        shown,
        _certificate(outcome.certificate) if outcome.certificate is not None else "",
        *(_small(_text(line)) for line in outcome.why),
    ]
    return _block(parts)


def witness_html(witness: Witness) -> str:
    """The point, and both sides of what fails there."""
    return _block([_values(witness.shown), _sides(witness.lhs, witness.rhs)])


def spatial_witness_html(witness: SpatialWitness) -> str:
    """The space, the functions and the vectors, as lines that can be checked by hand."""
    return f"<pre>{_text(chr(10).join(lines(witness)))}</pre>"


def expression_html(e: NamedExpression) -> str:
    """The closed form with its meaning, unit and parameters, and the claim that defines it."""
    facts = [f"unit {e.unit}", f"depends on {', '.join(e.parameters)}" if e.parameters else ""]
    facts += [f"defined by {e.defined_by}"] if e.defined_by else []
    return _block([
        f"<b>{_text(e.name)}</b>: {_text(e.meaning)}",
        _display(expression_latex(e)),
        _small(_text("; ".join(fact for fact in facts if fact))),
    ])  # fmt: skip


def quantity_html(q: Quantity) -> str:
    return _block([f"{_math(q.latex)}: {_text(q.meaning)}", _small(_text(f"{q.name}, {q.domain}, unit {q.unit}"))])


def derivation_html(d: Derivation) -> str:
    """Where it starts, and every step with its rule and reason. Its symbols are written by their names."""
    t = typesetter(NO_SETTING)
    parts = [f"<b>{_text(d.title)}</b>", _text(f"start: {d.reason}"), _display(broken(t.any(d.start)))]
    for i, step in enumerate(d.steps, start=1):
        parts.append(_text(f"{i}. {step.rule.replace('_', ' ')}: {step.reason}") + _provided(step.conditions, t))
        parts.append(_display(broken(f"={t.any(step.after)}")))
    return _block(parts)


# ---------------------------------------------------------------- parts


def _text(text: str) -> str:
    """Text that neither the browser nor MathJax takes for anything else."""
    return f'<span class="tex2jax_ignore mathjax_ignore no-mathematics">{escape(text)}</span>' if text else ""


def _math(latex: str) -> str:
    return rf"\({escape(latex)}\)"


def _display(latex: str) -> str:
    return rf'<div style="overflow-x: auto">\[{escape(latex)}\]</div>'


def _small(html: str) -> str:
    return f'<small style="opacity: 0.75">{html}</small>'


def _block(parts: Iterable[str]) -> str:
    return "<div>" + "".join(f"<div>{part}</div>" for part in parts if part) + "</div>"


def _badge(verdict: str) -> str:
    return f"<b>{SIGNS.get(verdict, '?')} {_text(verdict)}</b>"


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    left = 'style="text-align: left"'
    head = "".join(f"<th {left}>{_text(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td {left}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div style="overflow-x: auto">{table}</div>'


def _evidence_table(evidence: Iterable[Evidence]) -> str:
    rows = [(_text(e.route), _badge(e.verdict.key), _text(e.summary)) for e in evidence]
    return _table(("evidence", "verdict", "what was found"), rows)


def _values(values: Mapping[str, str]) -> str:
    shown = [f"{name} = {value}" for name, value in values.items()]
    more = [f"and {len(shown) - LONGEST} more"] if len(shown) > LONGEST else []
    return f"<code>{_text(', '.join([*shown[:LONGEST], *more]))}</code>"


def _sides(left: str, right: str) -> str:
    return _text(f"{left} {right}" if right.startswith("is ") else f"left side {left}, right side {right}")


def _provided(conditions: Sequence[Any], t: Typesetter) -> str:
    return "".join(f"{_text(', provided ')}{_math(formula_latex(c, t))}" for c in conditions)


def _certificate(certificate: Mapping[str, Any]) -> str:
    theorems = certificate.get("theorems")
    count = len(theorems) if isinstance(theorems, list) else 1
    said = f"certificate of {count} theorem{'' if count == 1 else 's'}, accepted by the checker"
    return _small(_text(said))


# ---------------------------------------------------------------- IPython

SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Claim, claim_html),
    (Domain, domain_html),
    (ClaimResult, result_html),
    (Evidence, evidence_html),
    (Outcome, outcome_html),
    (SpatialOutcome, outcome_html),
    (Witness, witness_html),
    (SpatialWitness, spatial_witness_html),
    (NamedExpression, expression_html),
    (Quantity, quantity_html),
    (Derivation, derivation_html),
)


def html(shown: object) -> str | None:
    """An object of the public interface as HTML; None for anything else."""
    if isinstance(shown, list) and shown and all(isinstance(each, ClaimResult) for each in shown):
        return results_html(shown)
    return next((write(shown) for kind, write in SHOWN if type(shown) is kind), None)
