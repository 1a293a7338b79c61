"""Cubature: the claim's relation evaluated on quantities that are measured by running the definitions.

Every named quantity of the theory in a claim (a weight, an odds, a risk, a gain, a sign change) is replaced by its
measured value; what only the claim states (a bound, a threshold, the other side of an identity) is computed from its
formula in ball arithmetic. The formulas that define the claim's atoms are compared with the measured values too. The
points are fixed, exact in binary and reach d = 10^7 (2^37 for thresholds); an inequality is also asked where it is
tightest. Agreement is floating point: SUPPORTED at best, and a disagreement is reported as one, never as a refutation.
"""

from __future__ import annotations

import flint

from theory.maml_erm.measurements import matrices, measured_expressions
from theory.maml_erm.measurements.balls import PRECISION, Unmeasurable
from theory.maml_erm.measurements.checks import Check, Definitions, checks_of, measurable
from theory.maml_erm.measurements.comparison import Tally
from theory.maml_erm.measurements.dependencies import reads
from theory.maml_erm.measurements.point_choice import hypotheses_of, points_of
from theory.maml_erm.measurements.tightest_points import tightest
from verify.claims.claim import Claim
from verify.claims.statement import MatrixIdentity
from verify.evidence.results import Evidence
from verify.language.verdict import Verdict

__all__ = ["cubature", "reads"]

FEWEST = 3
ENOUGH = 3  # disagreements after which no further point is tried


def cubature(claim: Claim, *, stated: Definitions | None = None) -> Evidence | None:
    """Evidence from cubature of the definition; None for a claim in which nothing can be measured.

    ``stated``: other formulas for the atoms than the theory's, for tests that a wrong one is noticed.
    """
    if not claim.expected:
        return None
    with flint.ctx.workprec(PRECISION):
        tally = Tally()
        if isinstance(claim.statement, MatrixIdentity):
            if not matrices.compare(claim, tally):
                return None
        else:
            stated = {**measured_expressions.definitions(), **(stated or {})}
            try:
                checks, hypotheses = checks_of(claim, stated), hypotheses_of(claim)
            except (KeyError, TypeError):
                return None  # a symbol of a user's own, or a function, of which the definitions know nothing
            _compare(claim, checks, hypotheses, stated, tally)
            if not measurable(claim) and not tally.wrong:
                return None  # nothing of the definition is in it: that its formulas agree with each other is no support
    if not tally.points and not tally.wrong:
        return None  # it speaks of tasks that no point has: of features, of any number of tasks
    return _evidence(tally)


def _compare(claim: Claim, checks: list[Check], hypotheses: list[Check], stated: Definitions, tally: Tally) -> None:
    seen = set()
    for chosen, found in ((False, points_of(claim)), (True, tightest(claim, stated))):
        for point in found:
            if len(tally.wrong) >= ENOUGH:
                return
            ignored = Tally()
            try:
                inside = all(h(point, ignored) is True for h in hypotheses)
            except Unmeasurable:
                continue
            if inside and point not in seen:
                seen.add(point)
                d = int(point.table["d"])
                # Where an inequality is tightest, rounding may hide on which side it is: that counts for nothing.
                asked = [(lambda check=check, p=point: check(p, tally)) for check in checks]
                tally.judge(point, d, asked, optional=chosen)


def _evidence(tally: Tally) -> Evidence:
    clear = tally.points - tally.too_close
    details: dict[str, object] = {
        "points": clear,
        "too_close": tally.too_close,
        "largest_d": tally.largest_d,
        "largest_relative_deviation": _short(tally.deviation),
        "relative_error": _short(tally.error),
        "noticed": _short(tally.noticed),
        "noticed_in_atoms": _short(tally.noticed_in_atoms),
    }
    if tally.wrong:
        details["disagreement"] = tally.wrong[0]
        places = f"{len(tally.wrong)} of {tally.points} points tried"
        said = f"disagrees with the definition at {places}, first at {tally.wrong[0]}"
        return Evidence("cubature", Verdict.INCONCLUSIVE, said, details=details)
    if clear < max(FEWEST, tally.points / 3):
        said = f"{tally.points} points lie in the domain, and {tally.too_close} of them are too close to tell"
        return Evidence("cubature", Verdict.INCONCLUSIVE, said, details=details)
    close = f" ({tally.too_close} more are too close to tell)" if tally.too_close else ""
    said = (
        f"holds on the definition, evaluated by cubature, at {clear} points with d up to {tally.largest_d:,}{close}: "
        f"relative deviation at most {tally.deviation:.1e}, error {tally.error:.1e}; "
        f"a relative change of {min(tally.noticed, tally.noticed_in_atoms):.1e} would have been noticed"
    )
    return Evidence("cubature", Verdict.SUPPORTED, said, details=details)


def _short(x: float) -> float:
    return float(f"{x:.2g}")
