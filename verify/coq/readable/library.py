"""A library for people who use Coq: the Definitions of a theory, and its claims in reading order, one file a family."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verify.coq import words
from verify.coq.collection import Collection, Part, commented
from verify.coq.readable.matrices import restated
from verify.coq.readable.reading import Reader, Unread, says
from verify.coq.readable.source import Source, Stated
from verify.coq.readable.statements import theorems
from verify.coq.readable.vocabulary import Vocabulary
from verify.coq.reals import names
from verify.coq.untranslated import Untranslated

HEAD = "From Coq Require Import Reals.\nFrom Verify Require {}.\n"


@dataclass
class Library:
    """``files`` by module, in the order in which they are compiled; ``theorems`` and ``where`` by claim.

    ``left``: claims that have nothing but the theorem of their certificate, and why.
    """

    name: str
    files: dict[str, str] = field(default_factory=dict)
    theorems: dict[str, list[str]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


def module(name: str) -> str:
    """What the library of a theory is called in Coq.

    >>> module("maml-erm"), module(""), module("2 points")
    ('MamlErm', 'Claims', 'X2Points')
    """
    text = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name)) or "Claims"
    found = text if text[0].isalpha() else f"X{text}"
    return f"{found}Theory" if found in ("Verify", "Coq") else found


def family(claim: str) -> str:
    """The family of a claim, which has one file: the letters with which its id begins, or its theory.

    >>> family("T1.alpha"), family("OPT.sgd"), family("descent:GD.step"), family("3")
    ('T', 'OPT', 'descent', 'x')
    """
    if ":" in claim:
        return names.spelled(claim.partition(":")[0])
    found = re.match(r"[A-Za-z]+", claim)
    return found[0] if found else "x"


def library(source: Source, collection: Collection, parts: Sequence[Part], proofs: str) -> Library:
    """All readable files; ``proofs``: below which name the theorems of the certificates are."""
    out = Library(module(source.name))
    at = {theorem: part.module for part in parts for theorem in part.theorems}
    vocabulary = Vocabulary.of(source.quantities)
    for stated in source.claims:  # those that need a Definition of their own, first
        if stated.statement is not None and stated.id in collection.claims:
            vocabulary.calls(stated)
    taken = {*vocabulary.definitions}
    out.files["Definitions"], reader = _definitions(source, vocabulary, taken)
    families: dict[str, list[str]] = {}
    needed: dict[str, dict[str, None]] = {}
    for stated in source.claims:
        if stated.id not in collection.claims:
            continue
        proved = collection.claims[stated.id]
        group = f"Claims_{family(stated.id)}"
        families.setdefault(group, [])
        try:
            made = _theorems(stated, f"{at[proved]}.{proved}", collection, vocabulary, taken, reader)
        except (Untranslated, RecursionError) as error:
            out.left[stated.id] = str(error).removeprefix("not translated (").removesuffix(")")
            families[group].append(
                f"{_comment(stated.words)}\n(** Its theorem is {proved}, in {proofs}.{at[proved]}. *)\n"
            )
            continue
        needed.setdefault(group, {})[at[proved]] = None
        families[group].append("\n".join([_comment(stated.words), *made.values()]))
        out.theorems[stated.id], out.where[stated.id] = list(made), group
        taken |= set(made)
    for group, texts in families.items():
        heads = [f"From {proofs} Require {m}." for m in needed.get(group, {})]
        head = [HEAD.format("Import Readable").rstrip(), f"From {out.name} Require Export Definitions.", *heads]
        out.files[group] = "\n".join([*head, "Open Scope R_scope.", "", *texts])
    _index(out, families)
    return out


def _definitions(source: Source, vocabulary: Vocabulary, taken: set[str]) -> tuple[str, Reader]:
    """The file of Definitions, and a reader that has read every one of them."""
    reader = Reader()
    lines = [
        f"(** {commented(source.title or source.name or 'Claims')}: the quantities *)",
        HEAD.format("Export Statements"),
    ]
    lines.append("Open Scope R_scope.\n")
    for d in vocabulary.definitions.values():
        text = d.text(taken)
        reader.definition(text)
        lines += [_comment(d.words), text, ""]
    return "\n".join(lines), reader


def _theorems(
    stated: Stated, proved: str, collection: Collection, vocabulary: Vocabulary, taken: set[str], reader: Reader
) -> dict[str, str]:
    """The theorems of a claim by name, which were read back; raises ``Untranslated``."""
    name = _free(names.spelled(stated.id.replace(":", ".")), taken)
    if stated.statement is None:
        found = next(p for p in collection.found.values() if p.name == proved.partition(".")[2])
        if found.head != words.IMPORTS:
            raise Untranslated("it is not about numbers or matrices")
        return {name: restated(found.text, name, proved)}
    texts = theorems(stated, name, proved, vocabulary, taken)
    try:
        same = says(reader, texts[0], "".join(texts[1:]), name, stated.statement)
    except (Unread, RecursionError):
        same = False
    if not same:
        raise Untranslated("a statement that does not read back as it is")
    return {name: texts[0]} | {f"{name}_defined": text for text in texts[1:]}


def _free(wanted: str, taken: set[str]) -> str:
    name = wanted
    while name in taken or f"{name}_defined" in taken or name in names.RESERVED:
        name += "_"
    return name


def _index(out: Library, families: Mapping[str, list[str]]) -> None:
    """The file that requires all others, and the one that asks what their theorems assume."""
    everything = " ".join(["Definitions", *families])
    out.files["All"] = f"From {out.name} Require Export {everything}.\n"
    lines = ["(** What all theorems of the library assume *)", f"From {out.name} Require Import All.", ""]
    for group in families:
        own = [name for claim, found in out.theorems.items() if out.where[claim] == group for name in found]
        lines.append(f"Definition all_of_{group} := ({', '.join([*own, 'I'])}).")
    lines.append(f"Definition all_theorems := ({', '.join(f'all_of_{group}' for group in families)}, I).")
    out.files["Audit"] = "\n".join([*lines, "Print Assumptions all_theorems."]) + "\n"


def _comment(lines: Sequence[str]) -> str:
    return "(** " + "\n    ".join(commented(line) for line in lines) + " *)"
