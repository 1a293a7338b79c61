r"""What a sentence declares or assumes of numbers and vectors: "for all $x > 0$", "let $n$ be a positive integer"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verify.papers.annotation.prose import Item, Sentence, words

# Words behind which a formula is a condition, and not a statement.
_CUES = words(
    "let for assume suppose assuming supposing where with given fix fixed take whenever provided satisfying satisfies "
    "throughout consider choose choosing set setting define denote put write"
)
DEFINING = frozenset(
    {"let", "where", "with", "take", "choose", "choosing", "set", "setting", "define", "denote", "put", "write"}
)
ASSUMING = frozenset({"assume", "suppose", "assuming", "supposing", "satisfying", "satisfies"})
# Words that may stand between a cue and its formula, or between two formulas with one cue.
_CARRYING = words(
    "and or some a an the constant constants any all every each that number numbers real reals positive nonnegative "
    "non-negative integer integers natural we be is are have both such step size sizes step-size stepsize parameter "
    "parameters scalar scalars vector vectors point points in of also fixed arbitrary it holds us now random "
    "throughout only"
)
_INDEX = r"_(?:\{[^{}]*\}|\\?[A-Za-z0-9])"
_NAME = rf"\\?[A-Za-z]+(?:{_INDEX})?(?:\^(?:\*|\\star|\{{\s*(?:\*|\\star)\s*\}}))?(?:{_INDEX})?'*"
NAMES = re.compile(rf"\s*{_NAME}(?:\s*,\s*(?:\\dots\s*,\s*)?{_NAME})*\s*")
_VECTORS = re.compile(
    rf"(?P<names>{NAMES.pattern})\\in\s*(?:\\(?:mathbb|mathbf|bb)\s*\{{?\s*R\s*\}}?|\\R(?:R|eals?)?)\s*\^.*", re.DOTALL
)
_RELATION = re.compile(r"\\(?:le|leq|ge|geq|leqslant|geqslant|lt|gt|ne|neq|in)(?![A-Za-z])|[<>]")
DEFINITION = re.compile(rf"\s*(?P<name>{_NAME})\s*(?::?=|\\coloneqq|\\triangleq)(?P<value>[^=]+)", re.DOTALL)
_UNREAD = re.compile(
    r"\\(?:to|sim|mapsto|colon|ldots|dots|cdots|approx|subset\w*|mid|forall|exists)(?![A-Za-z])|:(?!=)|\\\{"
)
_ADVANCED = re.compile(r"_\{[^{}]*\+\s*1\s*\}")


def conditions(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """The comments, without ``% verify:``, that say what a sentence declares, each with its place."""
    cue, items = "", sentence.items
    for i, item in enumerate(items):
        if item.kind == "word":
            if item.text in ("if", "not", "unless", "cannot"):
                cue = ""
            elif item.text in _CUES:
                cue = item.text
            elif item.text not in _CARRYING:
                cue = ""
        elif item.kind == "comma":
            if i + 1 < len(items) and items[i + 1].kind == "word" and items[i + 1].text not in (*_CUES, "and"):
                cue = ""
        elif cue:
            yield from ((item.start, comment) for comment in _comments(items, i, cue))


def _comments(items: Sequence[Item], i: int, cue: str) -> Iterator[str]:
    """What one formula declares that stands behind a cue."""
    formula = flat(items[i].text)
    if _UNREAD.search(formula):
        return
    if (vectors := _VECTORS.fullmatch(formula)) is not None:
        yield f"vectors {vectors['names'].strip()}"
    elif NAMES.fullmatch(formula):
        yield from _kinds(items, i, formula.strip())
    elif _RELATION.search(formula):
        yield f"assume {formula}"
    elif (found := DEFINITION.fullmatch(formula)) is not None and not _ADVANCED.search(found["name"]):
        if cue in DEFINING:
            yield f"let {found['name'].strip()} = {found['value'].strip()}"
    elif "=" in formula and (cue in ASSUMING or _ADVANCED.search(formula)):
        yield f"assume {formula}"


def _kinds(items: Sequence[Item], i: int, names: str) -> Iterator[str]:
    """What words beside names say they are: positive integers before them, or 'be positive' after."""
    before: list[str] = []
    for item in reversed(items[:i]):
        if item.kind != "word" or item.text not in _CARRYING:
            break
        before.append(item.text)
    after: list[str] = []
    for item in items[i + 1 :]:
        if item.kind != "word" or item.text not in _CARRYING or (not after and item.text not in ("be", "is", "are")):
            break
        after.append(item.text)
    for said in (set(after[1:]), set(before)):
        positive, nonnegative = "positive" in said, bool(said & {"nonnegative", "non-negative"})
        if said & {"vector", "vectors"}:
            yield f"vectors {names}"
        elif said & {"integer", "integers", "natural"}:
            low = r"_{\ge0}" if nonnegative else r"_{>0}" if positive or "natural" in said else ""
            yield rf"assume {names} \in \mathbb Z{low}"
        elif positive or nonnegative:
            yield rf"assume {names} {'>' if positive else chr(92) + 'ge'} 0"
        elif said & {"real", "reals", "scalar", "scalars"}:
            yield rf"assume {names} \in \mathbb R"
        else:
            continue
        return


def flat(formula: str) -> str:
    """A formula on one line, without the comments, labels and marks in it."""
    text = re.sub(r"(?<!\\)%[^\n]*", " ", formula)
    text = re.sub(r"\\(?:label|tag)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle)(?![A-Za-z])", " ", text)
    return re.sub(r"\s+", " ", text).strip().rstrip(".,;").strip()
