"""Results on a terminal: a table of claims, the corpus of false statements apart, a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from verify.evidence.results import ClaimResult
from verify.language.verdict import Verdict
from verify.reports.findings import compared
from verify.reports.tables import Column, print_table
from verify.reports.wrapping import say

COLOURS = {
    "proved": "green",
    "enclosed": "green",
    "supported": "cyan",
    "inconclusive": "yellow",
    "unavailable": "yellow",
    "refuted": "red",
}


def print_claims(results: Sequence[ClaimResult], title: str) -> None:
    """The table of some claims."""
    kernel = any(r.kernel for r in results)
    columns = [Column("claim"), Column("verdict"), Column("evidence", wraps=True)]
    columns += [*([Column("kernel")] if kernel else []), Column("s", justify="right")]
    rows = list[list[str | Text]]()
    for r in results:
        colour = COLOURS[r.verdict.key] if r.expected else ("green" if r.verdict is Verdict.REFUTED else "red")
        seconds = f"{r.seconds:.2f}"
        rows.append([r.id, Text(r.verdict.key, colour), evidence_text(r), *([r.kernel] if kernel else []), seconds])
    print_table(columns, rows, title)


def evidence_text(r: ClaimResult) -> str:
    """The routes that speak for the verdict; for an open claim, why it is open; for a false one, its witness."""
    if r.contradiction:
        return "CONTRADICTION: proved and refuted at once; this is a defect of the verifier"
    if r.verdict is Verdict.REFUTED:
        return next(e.summary for e in r.evidence if e.verdict is Verdict.REFUTED)
    good = [e.route for e in r.evidence if e.verdict.strength >= Verdict.SUPPORTED.strength]
    if r.own is not r.verdict:
        weak = [name for name, v in r.rests_on.items() if v.strength <= r.verdict.strength]
        return f"{', '.join(good) or 'nothing'}; rests on {', '.join(weak)}"
    if good:
        return ", ".join(good)
    return "; ".join(e.summary for e in r.evidence if e.route in ("units", "proof", "refutation")) or "no route applies"


def print_results(
    results: Sequence[ClaimResult], seconds: float, origin: Mapping[str, str] | None = None, *, reasons: bool = False
) -> None:
    """Tables, what failed, and the last line; ``origin`` names the files of claims of one's own.

    With ``reasons`` all that each route found is said too.
    """
    true = [r for r in results if r.expected]
    false = [r for r in results if not r.expected]
    if true:
        print_claims(true, "Claims")
    if false:
        say("")
        print_claims(false, "False statements, to be refuted")
    say("")
    if reasons:
        say("\n".join(line for r in results for line in reasons_of(r)) + "\n")
    for r in results:
        if (r.expected and r.verdict is Verdict.REFUTED) or r.contradiction:
            say(failure_text(r, origin))
        for e in r.evidence:
            if "defect" in e.details:
                say(f"{r.id} ({r.title}): the {e.route} was {e.summary}")
        for e in r.disagreements if r.expected else ():
            say(f"{r.id} ({r.title}): the {e.route} {e.summary}")
    say(summary_line(results, seconds))
    simulated = statistics(results)
    if simulated["checks"]:
        say(statistics_line(simulated))


def reasons_of(r: ClaimResult) -> list[str]:
    """What every route found about a claim, and the verdicts of what it rests on."""
    lines = [f"{r.id}: {r.verdict.key}"]
    lines += [f"  {e.route}: {e.verdict.key}: {e.summary}" for e in r.evidence]
    if r.rests_on:
        lines.append("  rests on: " + ", ".join(f"{name} ({verdict.key})" for name, verdict in r.rests_on.items()))
    return lines


def failure_text(r: ClaimResult, origin: Mapping[str, str] | None = None) -> str:
    """What went wrong with one claim: the witness, both sides, the command that shows it again."""
    lines = [f"{r.id} ({r.title}) fails:"]
    witness = r.witness or {}
    values = witness.get("witness")
    if isinstance(values, dict):
        lines.append("  at " + ", ".join(f"{k} = {v}" for k, v in values.items()))
        lines.append(f"  {compared(witness.get('lhs'), witness.get('rhs'))}")
    elif isinstance(values, list):  # a model of vectors says both sides itself
        lines += [f"  {line}" for line in values]
    file = (origin or {}).get(r.id)  # a claim of somebody's own file is found by that file only
    lines.append(f"  again: verify check {r.id if file is None else f'{file}::{r.id}'}")
    return "\n".join(lines)


def summary(results: Sequence[ClaimResult]) -> dict[str, int]:
    """How many of the claims have each verdict; false statements are not counted among them."""
    counts = {v.key: 0 for v in Verdict}
    for r in results:
        if r.expected:
            counts[r.verdict.key] += 1
    return counts


def summary_line(results: Sequence[ClaimResult], seconds: float) -> str:
    parts = [f"{n} {key}" for key, n in summary(results).items() if n]
    false = [r for r in results if not r.expected]
    expected = sum(r.expected for r in results)
    text = f"{expected} claim{'s' * (expected != 1)}: {', '.join(parts) or 'none'}"
    if false:
        text += f"; false statements: {sum(r.verdict is Verdict.REFUTED for r in false)} of {len(false)} refuted"
    for by in sorted({r.kernel for r in results if r.kernel}):
        text += f"; {sum(r.kernel == by for r in results)} re-proved by {by}"
    return f"{text}; {seconds:.1f} s"


def data_of(results: Sequence[ClaimResult]) -> dict[str, Any]:
    """What `verify check --json` writes: the same for the same findings, however they were come by."""
    summed = {**summary(results), "statistics": statistics(results)}
    return {"schema": 1, "claims": [r.to_json() for r in results], "summary": summed}


def statistics(results: Sequence[ClaimResult]) -> dict[str, Any]:
    """The simulated checks of these claims: which, how likely any of them fails by chance, what each would notice."""
    found = {r.id: e.details for r in results for e in r.evidence if "false_alarm" in e.details}
    return {
        "checks": list(found),
        "false_alarm": float(f"{sum(x['false_alarm'] for x in found.values()):.3g}"),
        "power": {name: x["power"] for name, x in found.items()},
    }


def statistics_line(simulated: dict[str, Any]) -> str:
    checks, power = ", ".join(simulated["checks"]), max(simulated["power"].values())
    return (
        f"simulated: {checks}; probability of any false alarm at most {simulated['false_alarm']:g}; "
        f"a relative error of {power:.2g} would have been noticed with probability 0.999"
    )
