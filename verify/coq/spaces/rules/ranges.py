"""Rules about ranges of integers: termwise, general, induction, instance."""

from __future__ import annotations

from verify.coq.spaces.integers import integer
from verify.coq.spaces.knowledge import Knowledge
from verify.coq.spaces.literals import stated_as
from verify.coq.spaces.notation import OUTCOME, Notation
from verify.coq.spaces.place import Lines, Place, Scope, Work, assume, pointwise, random, shown
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules.logic import notation
from verify.coq.spaces.rules.rest import Rest
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.terms import closed


def member(work: Work, scope: Scope, step: Step, name: str, bounds: tuple[str, ...], known: tuple[Formula, ...]) -> str:
    """The proof of a step about a new integer, in braces: its premises are introduced."""
    inner = scope.copy()
    at = f"{work.script.fresh('t')}"
    inner.names[name], inner.integers[name] = at, work.script.fresh("I")
    given = [work.script.fresh() for _ in known]
    work.script.line(f"{{ intros {' '.join([at, inner.integers[name], *given])}.")
    note = Notation(step.state.sorts, inner.names)
    for f, h in zip(known, given, strict=True):
        assume(work.script, inner, note, f, h)
    work.prove(work, inner, step)
    work.script.line("}")
    return at


def for_all(scope: Scope, step: Step, name: str, low: Term, high: Term, f: Formula) -> str:
    """The statement that a formula about an integer holds for all of a range, almost surely for each."""
    note = notation(scope, step)
    text = Notation(note.sorts, note.names).under().formula(closed(f, name))
    t = "t0_"
    body = f"almost P (fun {OUTCOME} => {text})" if random(text) else text
    a, b = note.scalar(low), note.scalar(high)
    return f"forall {t} : R, is_int {t} -> ({a} <= {t}) -> ({t} <= {b}) -> {body}"


def rule_termwise(work: Work, scope: Scope, step: Step) -> Rest:
    inside, then = step.after
    run, state, note = work.run, step.state, notation(scope, step)
    name, f = step.node["name"], inside.state.goal
    low, high = run.index(state, step.node["lower"]), run.index(state, step.node["upper"])
    each = work.script.fresh()
    lines = Lines(work.script)
    member(work.on(lines), scope, inside, name, (), (("<=", low, name), ("<=", name, high)))
    work.script.line(f"assert ({each} : {for_all(scope, step, name, low, high, f)}).")
    work.script.lines.extend(lines.lines)
    sums = [("sum", low, high, closed(side, name)) for side in f[1:]]
    fact: Formula = (f[0], *sums)
    together = each
    body: Formula = ("all", low, high, closed(f, name))
    if random(note.formula(body)):
        together = work.script.fresh()
        tactic = f"apply (almost_range V P); exact {each}"
        work.script.line(f"assert ({together} : almost P (fun {OUTCOME} => {note.formula(body)})) by ({tactic}).")

    def build(place: Place) -> str:
        knowledge = Knowledge(place)
        under = place.notation.under()
        sides = " ".join(f"(fun {under.inside[0]} => {under.scalar(s[3])})" for s in sums)
        ends = f"{place.notation.scalar(low)} {place.notation.scalar(high)}"
        proofs = f"{integer(place, low)} {integer(place, high)} {knowledge.known(('<=', ('+', low, -1), high))}"
        lemma = "sums_le" if f[0] == "<=" else "sums_eq"
        return f"({lemma} {ends} {sides} {proofs} {place.use(together, note.formula(body))})"

    assume(work.script, scope, note, fact, shown(work, scope, state, note.formula(fact), build))
    return scope, then


def rule_general(work: Work, scope: Scope, step: Step) -> Rest:
    (inside,) = step.after
    _, low, high, _ = step.state.goal
    name = step.node["name"]
    if random(notation(scope, step).formula(step.state.goal)):
        work.script.line("apply (almost_range V P).")
    member(work, scope, inside, name, (), (("<=", low, name), ("<=", name, high)))
    return None


def rule_induction(work: Work, scope: Scope, step: Step) -> Rest:
    first, following = step.after
    _, low, high, body = step.state.goal
    name, note = step.node["name"], notation(scope, step)
    script = work.script
    text = note.formula(step.state.goal)
    if random(text):
        raise Untranslated("an induction about something random")
    under = note.under()
    place = Place(work.run, script, script, scope, step.state)
    motive = f"(fun {under.inside[0]} => {under.formula(body)})"
    script.line(f"apply (range_ind {motive} {note.scalar(low)} {note.scalar(high)} {integer(place, low)}).")
    # The first member: with literal powers as the kernel has them.
    given = script.fresh()
    script.line(f"{{ intro {given}.")
    inner = scope.copy()
    assume(script, inner, note, ("<=", low, high), given)
    base = script.fresh()
    lines = Lines(script)
    work.prove(work.on(lines), inner.copy(), first)
    script.line(f"assert ({base} : {note.formula(first.state.goal)}).")
    script.line("{")
    script.lines.extend(lines.lines)
    script.line("}")
    at_low = stated_as(Place(work.run, script, script, inner, first.state), body, {"#0": low}, base, back=True)
    script.line(f"exact {at_low}. }}")
    # From one to the next.
    bounds = (("<=", low, name), ("<=", name, ("+", high, -1)))
    member(work, scope, following, name, (), (*bounds, work.run.opened(body, name)))
    return None


def rule_instance(work: Work, scope: Scope, step: Step) -> Rest:
    run, state, note = work.run, step.state, notation(scope, step)
    f = run.formula(state, step.node["formula"])
    if f[0] == "every":
        v = run.vector(state, step.node["term"])
        fact: Formula = run.opened(f[1], v)
        name = shown(
            work, scope, state, note.formula(fact), lambda place: f"({place.fact(f)} {place.notation.vector(v)})"
        )
        assume(work.script, scope, note, fact, name)
        return scope, step.after[0]
    _, low, high, body = f
    x = run.index(state, step.node["term"])
    fact = run.opened(body, x)

    def build(place: Place) -> str:
        knowledge = Knowledge(place)
        within = f"{knowledge.known(('<=', low, x))} {knowledge.known(('<=', x, high))}"
        proof = f"({place.fact(f)} {place.notation.scalar(x)} {integer(place, x)} {within})"
        return stated_as(place, body, {"#0": x}, proof)

    assume(work.script, scope, note, fact, shown(work, scope, state, note.formula(fact), build))
    return scope, step.after[0]


__all__ = ["pointwise", "rule_general", "rule_induction", "rule_instance", "rule_termwise"]
