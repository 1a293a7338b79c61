"""The steps of a proof as text: what is shown inside another step is indented, the rest is in ``steps``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verify.reports.certificates.steps import STEPS, by, introduced
from verify.reports.certificates.trace import Step
from verify.reports.certificates.writing import Writing
from verify.reports.displays import listed
from verify.typesetting.text import escaped

DEEPEST = 4  # levels of indentation: LaTeX allows six lists in each other


def proof_lines(step: Step, w: Writing, depth: int = 0) -> Iterator[str]:
    """The lines of a proof from this step on."""
    if step.rule in ("lemma", "cite"):
        yield from _citing(step, w, depth)
        return
    if step.rule in _BRANCHES:
        yield from _BRANCHES[step.rule](step, w, depth)
        return
    writer = STEPS.get(step.rule, introduced)
    yield from writer(step, w)
    for rest in step.rest:
        if not (rest.rule == "known" and rest.goal in step.new):  # it has just been said
            yield from proof_lines(rest, w, depth)


def _inside(lead: str, step: Step, w: Writing, depth: int) -> Iterator[str]:
    """One branch, indented; on one line where it is among the facts."""
    if step.rule == "known":
        yield rf"\case{{{lead} This is known{by(step, w)}.}}{{{w.rule('known')}}}"
        return
    yield rf"\case{{{lead}}}{{}}"
    if depth < DEEPEST:
        yield r"\begin{inner}"
    yield from proof_lines(step, w, depth + 1)
    if depth < DEEPEST:
        yield r"\end{inner}"


def _citing(step: Step, w: Writing, depth: int) -> Iterator[str]:
    """A run of citations as one sentence."""
    sources: dict[str, None] = {}
    facts: dict[str, None] = {}
    last = step
    while last.rule in ("lemma", "cite"):
        name = last.node["theorem"]
        if last.new:
            sources[w.named.get(name, rf"theorem \texttt{{{escaped(name)}}}")] = None
            facts |= dict.fromkeys(map(w.fact, last.new))
        step, last = last, last.rest[0]
    if facts:
        yield rf"\case{{By {listed(list(sources))}, {listed(list(facts))}.}}{{{w.rule(step.rule)}}}"
    if not (last.rule == "known" and last.goal in step.new):
        yield from proof_lines(last, w, depth)


# ---------------------------------------------------------------- steps with several parts


def _split(step: Step, w: Writing, depth: int) -> Iterator[str]:
    if len(step.rest) == 1:
        yield from proof_lines(step.rest[0], w, depth)
        return
    duties = [s for s in step.rest[:-1] if s.rule == "known"]
    if duties:
        facts = listed(list(dict.fromkeys(w.fact(s.goal) for s in duties)))
        yield rf"\case{{It is known that {facts}.}}{{{w.rule('known')}}}"
    others = [s for s in step.rest if s not in duties]
    if len(others) == 1:
        yield rf"\case{{It remains that {w.fact(others[0].goal)}.}}{{{w.rule('split')}}}"
        yield from proof_lines(others[0], w, depth)
        return
    w.rule("split")
    for i, part in enumerate(others, start=1):
        yield from _inside(f"({i}) {w.fact(part.goal)}.", part, w, depth)


def _have(step: Step, w: Writing, depth: int) -> Iterator[str]:
    claimed, then = step.rest
    while claimed.rule == "have" and claimed.rest[0].goal == claimed.goal:
        claimed = claimed.rest[0]  # what is shown first there is all that there is to show
    yield from _inside(f"First, {w.fact(claimed.goal)}.", claimed, w, depth)
    w.rule("have")
    yield from proof_lines(then, w, depth)


def _cases(step: Step, w: Writing, depth: int) -> Iterator[str]:
    w.rule("cases")
    for part in step.rest:
        new = [f for f in part.facts if f not in step.facts]
        if part.rule == "known" and any(other.rule != "known" for other in step.rest):
            continue  # the case in which there is nothing to show
        lead = listed([w.fact(f) for f in new]) if new else "the other case"
        yield from _inside(f"Suppose {lead}.", part, w, depth)


def _induction(step: Step, w: Writing, depth: int) -> Iterator[str]:
    base, following = step.rest
    w.rule(step.rule)
    yield from _inside(f"Induction, the start: {w.fact(base.goal)}.", base, w, depth)
    yield from _inside(f"The step: {w.fact(following.goal)}.", following, w, depth)


def _slope(step: Step, w: Writing, depth: int) -> Iterator[str]:
    t = w.terms
    at = f"${t.term(step.node['variable'])}={t.term(step.node['point'])}$"
    yield rf"\case{{The difference of the two sides falls before {at} and rises after it.}}{{{w.rule('slope')}}}"
    for lead, part in zip(("At this point:", "To the right:", "To the left:"), step.rest, strict=False):
        yield from _inside(f"{lead} {w.fact(part.goal)}.", part, w, depth)


def _termwise(step: Step, w: Writing, depth: int) -> Iterator[str]:
    term, then = step.rest
    yield from _inside(f"For every term, {w.fact(term.goal)}.", term, w, depth)
    yield from introduced(step, w)
    yield from proof_lines(then, w, depth)


def _expect(step: Step, w: Writing, depth: int) -> Iterator[str]:
    inside, then = step.rest
    yield from _inside(f"At every outcome, {w.fact(inside.goal)}.", inside, w, depth)
    yield from introduced(step, w)
    yield from proof_lines(then, w, depth)


def _others(step: Step, w: Writing, depth: int) -> Iterator[str]:
    """Rules that leave goals of their own: each is said and shown."""
    w.rule(step.rule)
    for part in step.rest:
        yield from _inside(f"It is enough that {w.fact(part.goal)}.", part, w, depth)


_BRANCHES: dict[str, Callable[[Step, Writing, int], Iterator[str]]] = {
    "split": _split,
    "have": _have,
    "cases": _cases,
    "either": _cases,
    "induction": _induction,
    "slope": _slope,
    "termwise": _termwise,
    "expect": _expect,
    "general": _others,
    "limit": _others,
    "compose": _others,
}
