"""The rules of matrix certificates as steps of a theorem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verify.coq.untranslated import Untranslated
from verify.kernel.matrices.averages import rule_average_over_tasks
from verify.kernel.matrices.expectation import law_of, rule_expect
from verify.kernel.matrices.rules import rule_gradient
from verify.kernel.matrices.words import WordPolynomial, table
from verify.kernel.reading import Json

from .binders import environment, for_all, introduced
from .expressions import expression, substituted
from .inverses import solved
from .script import COMPUTE, Node, Script
from .writing import atom, is_number


def most(p: WordPolynomial, letter: str) -> int:
    """How often a letter is in a term, at most."""
    return max((sum(t[0] == letter for w in (*traces, word) for t in w) for traces, word in p.terms), default=0)


class Rules:
    """Applies the rules, and remembers the laws and functionals that the theorem is about."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.laws: dict[str, tuple[str, str, int]] = {}  # by text of the law: functional, hypothesis, order
        self.averages: dict[str, tuple[str, dict[str, str]]] = {}  # by its letters: functional, hypotheses
        self.task = ""  # what a task is called
        self.statements: dict[str, str] = {}  # of each law, with a place for the order

    def apply(self, rule: str, node: Node, params: Json, results: list[Node]) -> Node:
        """The function after a rule; raises ``Untranslated``."""
        if node.vector:
            raise Untranslated("coefficient_of_vector")  # and another rule behind it
        if rule == "substitute_letters":
            values = {x: expression(self.script, e, results) for x, e in table(params["letters"]).items()}
            return self.script.let(substituted(self.script, node, values))
        if rule == "expect":
            return self.expect(node, params["laws"])
        if rule == "gradient":
            return self.gradient(node, params["letter"])
        if rule == "average_over_tasks":
            return self.script.let(self.average(node, **params))
        if rule == "solve_with_inverse":
            return solved(self.script, node, params["unknown"], params["inverse"])
        if rule == "coefficient_of_vector":
            return replace(node, vector=params["letter"])
        raise Untranslated(rule)

    # -- expectations

    def expect(self, node: Node, laws: Json) -> Node:
        """One expectation inside the other, for letters that are independent."""
        for letter in reversed(sorted(laws)):
            if letter in node.variables:
                node = self.expect_one(node, letter, laws[letter])
        return self.script.let(node)

    def expect_one(self, node: Node, z: str, data: Json) -> Node:
        """The expectation over one letter."""
        script, names, run = self.script, self.script.names, self.script.names.run
        row, col, scale, gaussian = law_of(run, z, data, {z})
        if any(x not in script.fixed for w in (row, col) for x, _ in w):
            raise Untranslated("expect")  # with a covariance that is replaced later
        functional, law = self.law(z, data, max(most(node.value, z), 2) if gaussian else 2)
        value = rule_expect(run, node.value, {z: data})
        number = is_number(node.value)

        def text(texts: Mapping[str, str]) -> str:
            inner = node.text({**texts, z: names.of(z)})
            return f"{'' if number else 'mean '}{functional} (fun {names.of(z)} => {inner})"

        def proof(polynomial: str) -> list[str]:
            size = "" if number else f"{script.size(node.value)} {names.probe(node.value.shape)} "
            shape = run.letters[z][:2]
            fuel = most(node.value, z) // 2 + 1
            texts = script.at({})
            sides = [
                f"assert ({label}' : {script.writer.shown_word(word, texts)} = show_word {script.name}_sg size' rho'"
                f" {script.writer.word(word)}%nat) by (fix_letters H'; reflexivity)."
                for label, word in (("row_is", row), ("col_is", col))
            ]
            return [
                *sides,
                f"refine ({'expect_closed' if number else 'expect_open'} {script.context} {script.letters}"
                f" {names.number(z)} {names.direction(shape)}",
                f"  {script.writer.word(row)}%nat {script.writer.word(col)}%nat",
                f"  ({script.writer.coefficient(scale)})%nat",
                f"  {law}_order' {fuel} _ _ _ _ rho' {law} _ row_is' col_is' eq_refl H'",
                f"  {size}_ {node.polynomial} {polynomial}",
                f"  (fun Z' => {node.fact} (upd rho' {names.number(z)} Z') {script.updated(z)}) _).",
                COMPUTE,
            ]

        return script.node(script.ordered({*node.variables} - {z}), text, value, proof)

    def law(self, z: str, data: Json, order: int) -> tuple[str, str]:
        """The functional of a law and the name of the hypothesis that says what it is."""
        names = self.script.names
        key = f"{z}: {data}"
        if key not in self.laws:
            functional = names.new(f"E_{names.of(z)}")
            self.laws[key] = (functional, names.new(f"{functional}_law"), order)
            row, col, scale, _ = law_of(names.run, z, data, {z})
            rows, cols = map(names.of, names.run.letters[z][:2])
            writer, texts = self.script.writer, self.script.at({})
            self.statements[key] = (
                f"moments {{order}} {rows} {cols} {atom(writer.shown_word(row, texts))}"
                f" {atom(writer.shown_word(col, texts))} {atom(writer.shown_coefficient(scale))} {functional}"
            )
        functional, law, before = self.laws[key]
        self.laws[key] = (functional, law, max(before, order))
        return functional, law

    # -- averages

    def average(
        self, node: Node, matrix: str, vector: str, mean: str, solution: str, square: str | None = None
    ) -> Node:
        """The average over tasks (W, v)."""
        script, names = self.script, self.script.names
        if matrix not in node.variables and vector not in node.variables:
            return node
        if any(x and x not in script.fixed for x in (mean, solution, square)):
            raise Untranslated("average_over_tasks")  # with a mean that is replaced later
        value = rule_average_over_tasks(names.run, node.value, matrix, vector, mean, solution, square)
        functional, law = self.tasks(matrix, mean, solution, square)
        number = is_number(node.value)
        task = names.new("task") if not self.task else self.task
        self.task = task

        def text(texts: Mapping[str, str]) -> str:
            inner = node.text({**texts, matrix: f"(fst {task})", vector: f"(snd {task})"})
            return f"{'' if number else 'mean '}{functional} (fun {task} => {inner})"

        def proof(polynomial: str) -> list[str]:
            w, v, a, s = (names.number(x) for x in (matrix, vector, mean, solution))
            size = "" if number else f"{script.size(node.value)} {names.probe(node.value.shape)} "
            side = names.dimension(names.run.letters[matrix][0])
            k = f"(Some {names.number(square)}%nat)" if square else "None"
            squared = (
                f"square (size' {side}%nat) (rho' {names.number(square)}%nat 0%nat 0%nat) {functional}"
                if square
                else ""
            )
            lines = [
                f"assert (law' : tasks (size' {side}%nat) (rho' {a}%nat) (rho' {s}%nat) {functional})",
                f"  by (unfix_letters H'; exact {law}).",
            ]
            if square:
                lines += [f"assert (squared' : {squared}) by (unfix_letters H'; exact {law}_square)."]
            fixed = f"{script.name}_sg size' {script.letters}"
            return [
                *lines,
                f"refine ({'average_closed' if number else 'average_open'} {script.context} {w} {v} {a} {s} {k}"
                f" {functional} rho' law' {'squared' + chr(39) if square else 'Logic.I'} _ (proj1 H') _ {size}"
                f"{node.polynomial} {polynomial}",
                f"  (fun X' x' S' => {node.fact} (upd (upd rho' {w} X') {v} x')",
                f"    (ok_upd {fixed} _ {v} _ eq_refl eq_refl",
                f"      (ok_upd_symmetric {fixed} rho' {w} _ S' eq_refl H'))) _).",
                COMPUTE,
            ]

        variables = tuple(x for x in node.variables if x not in (matrix, vector))
        return script.node(variables, text, value, proof)

    def tasks(self, matrix: str, mean: str, solution: str, square: str | None) -> tuple[str, str]:
        """The functional of an average over tasks, and the name of the hypothesis that says what it is."""
        names = self.script.names
        key = f"{matrix} {mean} {solution} {square}"
        if key not in self.averages:
            functional = names.new("E_tasks")
            side = names.of(names.run.letters[matrix][0])
            stated = {f"{functional}_law": f"tasks {side} {names.of(mean)} {names.of(solution)} {functional}"}
            if square:
                stated[f"{functional}_law_square"] = f"square {side} ({names.of(square)} 0%nat 0%nat) {functional}"
            self.averages[key] = (functional, stated)
        functional, stated = self.averages[key]
        return functional, next(iter(stated))

    def stated(self) -> list[tuple[str, str, int, str]]:
        """Of each law the functional, the name of the hypothesis, the order, and the hypothesis itself."""
        return [(*rest, self.statements[key].format(order=rest[2])) for key, rest in self.laws.items()]

    # -- gradients

    def gradient(self, node: Node, v: str) -> Node:
        """A function that is the gradient: it exists, and is named."""
        script, names, run = self.script, self.script.names, self.script.names.run
        value = rule_gradient(run, node.value, v)
        variables = node.variables if v in node.variables else script.ordered({*node.variables, v})
        found = script.exhibited("g", variables, value)
        side = names.of(run.letters[v][0])
        own = script.named(variables)
        script.statement.append(
            f"{script.existing(found)}({for_all(script, variables)}"
            f"gradient {side} (fun {names.of(v)} => {node.text(own)}) {names.of(v)} {atom(found.text(own))}) /\\"
        )
        script.proof += [
            "split.",
            f"{{ {introduced(script, variables)}",
            *(f"  {line}" for line in environment(script, variables)),
            f"  refine (gradient_step {script.context} {script.letters} rho' {names.direction(run.letters[v][:2])}"
            f" {names.number(v)} _ _ {node.polynomial} {found.polynomial} H'",
            f"    (fun V' => {node.fact} (upd rho' {names.number(v)} V') {script.updated(v)})",
            f"    ({found.fact} rho' H') _).",
            f"  {COMPUTE} }}",
        ]
        return found
