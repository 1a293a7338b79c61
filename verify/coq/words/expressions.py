"""Expressions of a certificate as functions in a theorem: sums, multiples, other letters."""

from __future__ import annotations

from collections.abc import Mapping

from verify.coq.untranslated import Untranslated
from verify.kernel.matrices.words import WordPolynomial, listed, table
from verify.kernel.reading import Json

from .script import COMPUTE, Node, Script
from .writing import atom, factor, is_number


def expression(script: Script, data: Json, results: list[Node]) -> Node:
    """What an expression stands for; raises ``Untranslated``."""
    run = script.names.run
    [(op, x)] = data.items()
    if op == "poly":
        return script.shown(run.poly(x))
    if op == "result":
        if results[x].vector:
            raise Untranslated("coefficient_of_vector")  # in a derivation that others build on
        result: Node = results[x]
        return result
    if op == "sum":
        parts = [expression(script, part, results) for part in x]
        total = parts[-1]
        for part in reversed(parts[:-1]):
            total = added(script, part, total)
        return total
    if op == "times":
        scale, inner = listed(x, 2)
        return multiple(script, scale, expression(script, inner, results))
    if op == "substitute":
        inner, values = listed(x, 2)
        node = expression(script, inner, results)
        return substituted(script, node, {k: expression(script, e, results) for k, e in table(values).items()})
    raise Untranslated(str(op))


def added(script: Script, a: Node, b: Node) -> Node:
    """The sum of two."""
    number = is_number(a.value)

    def text(texts: Mapping[str, str]) -> str:
        left, right = a.text(texts), b.text(texts)
        return f"({left}) + ({right})" if number else f"madd {atom(left)} {atom(right)}"

    def proof(polynomial: str) -> list[str]:
        lemma = "add_closed" if number else "add_open"
        size = "" if number else f"{script.size(a.value)} {script.names.probe(a.value.shape)}"
        return [
            f"refine ({lemma} {script.context} {script.letters} rho' {size} _ _ {a.polynomial} {b.polynomial}"
            f" {polynomial} H' ({a.fact} rho' H') ({b.fact} rho' H') _).",
            COMPUTE,
        ]

    variables = script.ordered({*a.variables, *b.variables})
    return script.node(variables, text, script.names.run.add(a.value, b.value), proof)


def times_vector(script: Script, a: Node, v: str) -> Node:
    """A matrix times a column that is a letter."""
    names, run = script.names, script.names.run
    letter = script.shown(run.of_word((run.token(v, False),), *run.letters[v][:2]))
    side = names.of(a.value.shape[1])

    def text(texts: Mapping[str, str]) -> str:
        return f"mmul {side} {atom(a.text(texts))} {atom(letter.text(texts))}"

    def proof(polynomial: str) -> list[str]:
        rows, middle, cols = (names.dimension(x) for x in (*a.value.shape, letter.value.shape[1]))
        probe = names.probe((a.value.shape[0], letter.value.shape[1]))
        return [
            f"refine (mul_open {script.context} {script.letters} rho' {rows} {middle} {cols} {probe} _ _ {a.polynomial}"
            f" {letter.polynomial} {polynomial} H' ({a.fact} rho' H') ({letter.fact} rho' H') _).",
            COMPUTE,
        ]

    variables = script.ordered({*a.variables, *letter.variables})
    return script.node(variables, text, run.product(a.value, letter.value), proof)


def multiple(script: Script, scale: Json, a: Node) -> Node:
    """A coefficient times something."""
    run = script.names.run
    number, c = is_number(a.value), run.coefficient(scale)
    written, shown = script.writer.coefficient(c), script.writer.shown_coefficient(c)

    def text(texts: Mapping[str, str]) -> str:
        inner = a.text(texts)
        return f"{factor(shown)} * ({inner})" if number else f"mscale ({shown}) {atom(inner)}"

    def proof(polynomial: str) -> list[str]:
        lemma = "scale_closed" if number else "scale_open"
        size = "" if number else f"{script.size(a.value)} {script.names.probe(a.value.shape)}"
        return [
            f"refine ({lemma} {script.context} {script.letters} rho' {size} ({written})%nat _ _ {a.polynomial}"
            f" {polynomial} H' ({a.fact} rho' H') eq_refl _).",
            COMPUTE,
        ]

    return script.node(a.variables, text, run.add(WordPolynomial(*a.value.shape), a.value, c), proof)


def substituted(script: Script, node: Node, values: Mapping[str, Node]) -> Node:
    """A function at other letters, all of them replaced at once."""
    names, run = script.names, script.names.run
    used = {x: values[x] for x in node.variables if x in values}
    for x in script.known:
        if x in values and x in node.value.names():
            node = recognised(script, node, x, values[x])
    if not used:
        return node

    def value(x: str, texts: Mapping[str, str]) -> str:
        inner = used[x].text(texts)
        return f"scalar ({inner})" if is_number(used[x].value) else inner

    def text(texts: Mapping[str, str]) -> str:
        return node.text({**texts, **{x: value(x, texts) for x in used}})

    kept = {x for x in node.variables if x not in used}
    variables = script.ordered(kept.union(*(v.variables for v in used.values())))

    def proof(polynomial: str) -> list[str]:
        rows, facts = [], []
        for x, v in used.items():
            number = is_number(v.value)
            inner = v.text(script.assigned(v.variables))
            rows.append(
                f"({names.number(x)}%nat, {f'scalar ({inner})' if number else inner},"
                f" {f'opened {v.polynomial}' if number else v.polynomial})"
            )
            fact = f"({v.fact} rho' H')"
            scalar = f"(scalar_open {script.name}_sg size' val' one_ok' rho' _ _ {fact})"
            facts.append(f"conj {scalar if number else fact} (")
        probes = [names.probe(run.letters[x][:2]) for x in names.letters]
        number = is_number(node.value)
        size = "" if number else f"{script.size(node.value)} {names.probe(node.value.shape)} "
        order = "H' _ W' _ _" if number else "H' W' _"
        same = "eq_trans" if number else "meq_trans _ _ _ _ _"
        return [
            f"pose (vs' := [{'; '.join(rows)}] : list (nat * mat * open)).",
            f"assert (W' : values_ok {script.name}_sg size' val' rho' vs').",
            f"{{ exact ({''.join(facts)}Logic.I{')' * len(facts)}). }}",
            f"refine ({same} ({node.fact} (upds rho' vs') (ok_upds {script.context} {script.letters}"
            f" (fun x' => nth x' [{'; '.join(map(str, probes))}] 0)%nat rho' vs' _ _ _ W' H'))",
            f"  ({'sub_closed' if number else 'sub_open'} {script.context} {script.letters} rho'"
            f" {size}vs' {node.polynomial} {polynomial} {order})).",
            COMPUTE,
        ]

    return script.node(variables, text, run.substitute(node.value, {x: v.value for x, v in used.items()}), proof)


def recognised(script: Script, node: Node, x: str, value: Node) -> Node:
    """A function in which a letter has the value that it is known to have."""
    names, run = script.names, script.names.run
    if not is_number(node.value):
        raise Untranslated("expect")  # with a covariance that is replaced later, in a matrix
    number = names.number(x)
    rows, cols = map(names.dimension, run.letters[x][:2])

    def proof(polynomial: str) -> list[str]:
        shown = value.text({})
        return [
            f"pose (vs' := [({number}%nat, rho' {number}%nat, {value.polynomial})] : list (nat * mat * open)).",
            f"assert (K' : meq (size' {rows}%nat) (size' {cols}%nat) (rho' {number}%nat) ({shown}))",
            f"  by (unfix_letters H'; exact {names.of(x)}_known).",
            f"refine (eq_trans ({node.fact} rho' H') (known_closed {script.context} {script.letters} rho' vs'",
            f"  {node.polynomial} {polynomial} H' _",
            f"  (conj (meq_trans _ _ _ _ _ K' ({value.fact} rho' H')) Logic.I) _ _ _)).",
            f"2: intro l'; unfold vs'; cbn [upds]; destruct (Nat.eqb_spec l' {number}) as [->|_]; reflexivity.",
            COMPUTE,
        ]

    return script.node(node.variables, node.text, run.substitute(node.value, {x: value.value}), proof)
