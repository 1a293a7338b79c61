"""The statement and the proof of one theorem, while they are being written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from verify.kernel.matrices.words import WordPolynomial
from verify.kernel.reading import Json

from .names import Names
from .writing import Writer, atom, is_number


def comment(text: str) -> str:
    """A text that may stand in a comment of Coq."""
    return (
        "".join(x if x.isprintable() and x not in '"' else " " for x in text).replace("(*", "( *").replace("*)", "* )")
    )


COMPUTE = "all: vm_compute; reflexivity."  # what is left are tests


@dataclass(frozen=True)
class Node:
    """A function of some letters that the statement has, and the polynomial that it was proved to be.

    With a ``vector`` v what is meant is the matrix W with which the function is W v.

    ``text`` gives it at other letters; ``fact`` is the proof's name for: it is the polynomial called ``polynomial``.
    """

    variables: tuple[str, ...]
    text: Callable[[Mapping[str, str]], str]
    value: WordPolynomial
    polynomial: str
    fact: str
    vector: str = ""
    name: str = ""  # of a function that the statement says exists


class Script:
    """Collects definitions, the statement and the proof."""

    def __init__(self, name: str, names: Names, fixed: list[str], known: Mapping[str, Json]) -> None:
        self.name, self.names, self.fixed = name, names, fixed
        self.known = known  # fixed letters that are equal to something without letters
        self.writer = Writer(names)
        self.definitions: list[str] = []
        self.hypotheses: list[str] = []  # as they stand in the statement, with their names in the proof
        self.statement: list[str] = []
        self.proof: list[str] = []
        self.counts: dict[str, int] = {}

    def count(self, kind: str) -> str:
        """A new name in this theorem."""
        self.counts[kind] = self.counts.get(kind, -1) + 1
        return f"{kind}{self.counts[kind]}"

    # -- what everything in the library is applied to

    @property
    def context(self) -> str:
        """Signature, sizes, units and values, with what is known of them."""
        return f"{self.name}_sg size' {self.name}_units val' {len(self.names.dimensions)} units_ok' one_ok' val_ok'"

    @property
    def letters(self) -> str:
        """The letters that keep their values."""
        return "[" + "; ".join(f"({self.names.number(x)}%nat, {self.names.of(x)})" for x in self.fixed) + "]"

    @property
    def ok(self) -> str:
        """What is asked of an assignment of matrices to letters."""
        return f"ok {self.name}_sg size' {self.letters} rho'"

    def updated(self, letter: str) -> str:
        """A proof that a letter may have another value."""
        return f"(ok_upd {self.name}_sg size' {self.letters} rho' {self.names.number(letter)} _ eq_refl eq_refl H')"

    # -- texts

    def at(self, texts: Mapping[str, str]) -> Callable[[str], str]:
        """What stands for each letter: as given, or its own name where it keeps its value."""
        return lambda x: self.names.of(x) if x in self.fixed else texts[x]

    def named(self, variables: tuple[str, ...]) -> dict[str, str]:
        """The variables themselves."""
        return {x: self.names.of(x) for x in variables}

    def assigned(self, variables: tuple[str, ...]) -> dict[str, str]:
        """The variables as an assignment ``rho`` gives them."""
        return {x: f"(rho' {self.names.number(x)}%nat)" for x in variables}

    def ordered(self, letters: set[str]) -> tuple[str, ...]:
        """Those letters that are variables, in the certificate's order."""
        return tuple(x for x in self.names.letters if x in letters and x not in self.fixed)

    def binder(self, variables: tuple[str, ...]) -> str:
        """``fun a b : mat =>``, or nothing."""
        return f"fun {' '.join(map(self.names.of, variables))} : mat => " if variables else ""

    def size(self, value: WordPolynomial) -> str:
        """The two dimensions of a polynomial, as their numbers."""
        return " ".join(str(self.names.dimension(x)) for x in value.shape)

    # -- polynomials and facts

    def polynomial(self, value: WordPolynomial) -> str:
        """The name of a polynomial, which is defined before the theorem."""
        name = f"{self.name}_{self.count('p')}"
        kind = "closed" if is_number(value) else "open"
        self.definitions.append(f"Definition {name} : {kind} := {self.writer.polynomial(value)}.")
        return name

    def meaning(self, text: str, value: WordPolynomial, polynomial: str) -> str:
        """That something is a polynomial."""
        if is_number(value):
            return f"{text} = closed_den {self.name}_sg size' val' rho' {polynomial}"
        rows, cols = (self.names.dimension(x) for x in value.shape)
        return (
            f"meq (size' {rows}%nat) (size' {cols}%nat) ({text}) (open_den {self.name}_sg size' val' rho' {polynomial})"
        )

    def node(
        self,
        variables: tuple[str, ...],
        text: Callable[[Mapping[str, str]], str],
        value: WordPolynomial,
        proof: Callable[[str], list[str]],
    ) -> Node:
        """States and proves that a text is a polynomial; ``proof`` gets the polynomial's name."""
        polynomial, fact = self.polynomial(value), self.count("F") + "'"
        goal = self.meaning(text(self.assigned(variables)), value, polynomial)
        self.proof += [f"assert ({fact} : forall rho', {self.ok} -> {goal}).", "{ intros rho' H'."]
        self.proof += [f"  {line}" for line in proof(polynomial)]
        self.proof.append("}")
        return Node(variables, text, value, polynomial, fact)

    def shown(self, value: WordPolynomial) -> Node:
        """A polynomial as one writes it."""
        lemma = "show_closed_sound" if is_number(value) else "show_open_sound"
        size = "" if is_number(value) else self.size(value)

        def proof(polynomial: str) -> list[str]:
            return ["fix_letters H'.", f"apply ({lemma} {self.name}_sg size' val' rho' {polynomial} {size}).", COMPUTE]

        return self.node(
            self.ordered(value.names()), lambda texts: self.writer.shown(value, self.at(texts)), value, proof
        )

    def exhibited(self, kind: str, variables: tuple[str, ...], value: WordPolynomial) -> Node:
        """A function that the statement says exists, given in the proof by a polynomial."""
        name = self.count(kind)
        shown = self.writer.shown(value, self.at(self.named(variables)))
        of = " -> ".join(["mat"] * (len(variables) + 1))
        self.proof.append(f"pose ({name} := ({self.binder(variables)}{shown}) : {of}). exists {name}.")

        def text(texts: Mapping[str, str]) -> str:
            return " ".join([name, *(atom(texts[x]) for x in variables)])

        def proof(polynomial: str) -> list[str]:
            lemma = f"show_open_sound {self.name}_sg size' val' rho' {polynomial} {self.size(value)}"
            return [f"unfold {name}. fix_letters H'.", f"apply ({lemma}).", COMPUTE]

        return replace(self.node(variables, text, value, proof), name=name)

    def existing(self, node: Node) -> str:
        """``exists g : mat -> mat,``"""
        return f"exists {node.name} : {' -> '.join(['mat'] * (len(node.variables) + 1))}, "

    def let(self, node: Node, title: str = "") -> Node:
        """Gives a node a name in the statement."""
        name = self.count("f")
        body = node.text(self.named(node.variables))
        self.statement += [f"(* {comment(title)} *)"] if title else []
        self.statement.append(f"let {name} := {self.binder(node.variables)}{body} in")
        self.proof.append(f"intro {name}.")

        def text(texts: Mapping[str, str]) -> str:
            return " ".join([name, *(atom(texts[x]) for x in node.variables)])

        return Node(node.variables, text, node.value, node.polynomial, node.fact)
