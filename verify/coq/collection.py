"""The theorems of many certificates, each printed once, in files that are compiled one after the other.

Certificates contain what they cite: a theorem that many claims use is in many of them, and is printed for the first.
Small theorems share a file, since Coq takes a second to start. A file is named by what is in it, so one that did not
change is compiled once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from verify.coq import spaces, words
from verify.coq.lemmas import NUMBERS
from verify.coq.reals import names
from verify.coq.reals.reading import same_statement
from verify.coq.reals.replay import Node, theorems
from verify.coq.reals.theorem import printed
from verify.coq.untranslated import Untranslated
from verify.kernel.reading import Refused
from verify.kernel.reals.certificate import Checker, accepted

SIZE = 350_000  # characters of proofs in one file: some 15 s of work for Coq
HEAD = "From Coq Require Import Reals Lra List.\nFrom Verify Require Import Prelude.\nOpen Scope R_scope.\n"


Naming = Callable[[int, str], str]  # the name of a module by its number and a digest of its text


@dataclass(frozen=True)
class Printed:
    """A theorem in Coq: its name there, its text, and the names of the theorems that it cites."""

    name: str
    text: str
    cites: tuple[str, ...]
    comment: str = ""
    head: str = HEAD


@dataclass(frozen=True)
class Part:
    """One file: the name of its module, its text, the modules that it needs, the theorems in it."""

    module: str
    text: str
    needs: tuple[str, ...]
    theorems: tuple[str, ...]


@dataclass
class Collection:
    """Theorems by what they say and how they are proved; claims by id, and why some have no theorem."""

    found: dict[str, Printed] = field(default_factory=dict)  # by digest
    claims: dict[str, str] = field(default_factory=dict)  # id of a claim: name of its theorem
    missing: dict[str, str] = field(default_factory=dict)  # id of a claim: what is not translated

    def add(self, claim: str, certificate: Node, comment: str = "") -> None:
        """The theorems of a claim's certificate; what can't be translated is noted."""
        try:
            self.claims[claim] = self._added(claim, certificate, comment)
        except Untranslated as error:
            self.missing[claim] = str(error)
        except RecursionError:
            self.missing[claim] = "not translated (a term that is nested too deeply)"
        except Refused as error:
            self.missing[claim] = f"not translated ({error})"

    def _added(self, claim: str, certificate: Node, comment: str) -> str:
        if certificate.get("kind") == "words":
            return self._words(certificate, comment)
        if certificate.get("kind") == "spaces":
            return self._spaces(claim, certificate, comment)
        if "theorems" not in certificate:
            raise Untranslated(f"a certificate of the kind {certificate.get('kind')}")
        return list(self._numbers(certificate, comment).values())[-1]

    def _numbers(self, certificate: Node, comment: str) -> dict[str, str]:
        """The theorems of a certificate about numbers, by their id."""
        named: dict[str, str] = {}
        last = len(certificate["theorems"]) - 1
        for i, theorem in enumerate(theorems(certificate)):
            key = digest([theorem.data, named])
            if key not in self.found:
                name = self._name(names.theorem(theorem.id))
                text = printed(theorem, name, named)
                if not same_statement(text, theorem):
                    raise Untranslated("a statement that does not read back as it is")
                cites = tuple(dict.fromkeys(name for id, name in named.items() if _cited(theorem.data["proof"], id)))
                self.found[key] = Printed(name, text, cites, comment if i == last else "")
            named[theorem.id] = self.found[key].name
        return named

    def _spaces(self, claim: str, certificate: Node, comment: str) -> str:
        """A certificate about vectors: the theorems about numbers that it cites, and one more."""
        key = digest([certificate])
        if key not in self.found:
            checker = Checker()
            accepted(checker, certificate["numbers"])
            named = self._numbers({"schema": 1, "theorems": certificate["numbers"]}, "") if checker.theorems else {}
            name = self._name(names.theorem(claim))
            text = spaces.theorem(certificate, checker, name, named)
            self.found[key] = Printed(name, text, tuple(dict.fromkeys(named.values())), comment, spaces.HEAD)
        return self.found[key].name

    def _words(self, certificate: Node, comment: str) -> str:
        """A certificate of a matrix identity: one theorem, named by the claim that it says it is about."""
        key = digest([certificate])
        if key not in self.found:
            name = self._name(names.theorem(str(certificate["claim"])))
            text = words.theorem(dict(certificate), name)
            if not words.says(text, certificate):
                raise Untranslated("a statement that does not read back as it is")
            self.found[key] = Printed(name, text, (), comment, words.IMPORTS)
        return self.found[key].name

    def _name(self, wanted: str) -> str:
        taken = {p.name for p in self.found.values()}
        name, k = wanted, 1
        while name in taken:
            k += 1
            name = f"{wanted}__{k}"
        return name

    @property
    def library(self) -> tuple[str, ...]:
        """The files of lemmas that some theorem needs."""
        heads = {theorem.head for theorem in self.found.values()}
        vectors = spaces.LIBRARY if spaces.HEAD in heads else ()
        return (*NUMBERS, *vectors, *(words.LIBRARY if words.IMPORTS in heads else ()))

    def parts(self, module: Naming, below: str = "Theory") -> list[Part]:
        """The theorems in files; ``module`` names one by its number and a digest of its text, ``below`` where it is."""
        return grouped(self.ordered, module, below=below)

    @property
    def ordered(self) -> list[Printed]:
        """The theorems, each behind those that it cites; those about numbers cite each other alone."""
        return sorted(self.found.values(), key=lambda p: (p.head != HEAD, p.head))


def grouped(
    theorems: Sequence[Printed],
    module: Naming,
    at: Mapping[str, str] | None = None,
    alone: AbstractSet[str] = frozenset(),
    below: str = "Theory",
) -> list[Part]:
    """Theorems in files, in their order; ``at``: the modules of theorems that have one already.

    ``alone``: names of theorems that share no file with others. ``below``: where the modules are.
    """
    out: list[Part] = []
    places = dict(at or {})
    group: list[Printed] = []
    for i, theorem in enumerate(theorems):
        group.append(theorem)
        size = sum(len(p.text) for p in group)
        after = theorems[i + 1] if i + 1 < len(theorems) else None
        full = after is None or after.head != theorem.head or size + len(after.text) > SIZE
        if full or (after is not None and {theorem.name, after.name} & alone):
            out.append(_part(group, places, len(out) + 1, module, below))
            group = []
    return out


def _part(group: list[Printed], at: dict[str, str], number: int, module: Naming, below: str) -> Part:
    """A file of theorems; ``at``: in which module each theorem is, completed here."""
    own = {p.name for p in group}
    needs = tuple(dict.fromkeys(at[c] for p in group for c in p.cites if c not in own))
    lines = [group[0].head.rstrip(), *(f"From {below} Require Import {need}." for need in needs), ""]
    for p in group:
        lines += [*([f"(** {commented(p.comment)} *)"] if p.comment else []), p.text]
    everything = " ".join(p.name for p in group)
    lines.append(f"Definition all_of_this_file := ({', '.join(everything.split())}, I).")
    text = "\n".join(lines) + "\n"
    name = module(number, digest([text]))
    at.update(dict.fromkeys(own, name))
    return Part(name, text, needs, tuple(p.name for p in group))


def commented(text: str) -> str:
    """Text that is no end of a comment, nor a beginning, and no string of Coq's.

    >>> commented('a *) Axiom "b" (*')
    "a * ) Axiom 'b' ( *"
    """
    return text.replace("*)", "* )").replace("(*", "( *").replace('"', "'")


def _cited(proof: object, id: str) -> bool:
    """Whether a proof has a node that cites a theorem."""
    todo = [proof]
    while todo:
        x = todo.pop()
        if isinstance(x, Mapping):
            if x.get("rule") == "cite" and x.get("theorem") == id:
                return True
            todo.extend(x.values())
        elif isinstance(x, list):
            todo.extend(x)
    return False


def digest(x: Iterable[object]) -> str:
    """A short name for data: the same for the same data."""
    return hashlib.sha256(json.dumps(x, sort_keys=True, default=str).encode()).hexdigest()[:24]
