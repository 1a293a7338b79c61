r"""What a sentence says functions are: "let $f$ be $L$-smooth and convex", "a $\mu$-strongly convex function $f$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verify.papers.annotation.prose import Item, Sentence

_WITH_PARAMETER = {"-smooth": "smooth", "-lipschitz": "Lipschitz"}
_STATED = frozenset(
    {"let", "assume", "suppose", "assuming", "supposing", "consider", "throughout", "where", "for", "given", "be"}
)
# With one of these the sentence may say that a function is not so, or in which case.
_DOUBTFUL = frozenset(
    {
        "if",
        "not",
        "unless",
        "without",
        "neither",
        "nor",
        "need",
        "were",
        "when",
        "even",
        "although",
        "hence",
        "thus",
        "therefore",
        "so",
    }
)
_FUNCTION = re.compile(r"\s*\\?[A-Za-z]+(?:_\{?[A-Za-z0-9]\}?)?\s*")
_BEFORE = frozenset({"function", "functions", "objective", "loss", "risk", "potential"})
_AFTER = frozenset({"be", "is", "are"})


def classes(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """The comments, without ``% verify:``, that say of which class a function is."""
    said_here = set(sentence.words)
    if said_here & _DOUBTFUL or not said_here & _STATED:
        return
    found = list(_said(sentence.items))
    said = list(dict.fromkeys(c for _, c in found))
    functions = list(_functions(sentence.items))
    if said and len(functions) > 1:  # the last one before what is said of it
        functions = [f for f in functions if f[0] < found[0][0]][-1:]
    if said and functions:
        place, name = functions[0]
        listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
        yield place, f"assume {name} is {listed}"


def _said(items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    """The classes that are named, each with its parameter and its place."""
    for i, item in enumerate(items):
        before = items[i - 1] if i else None
        if item.kind != "word":
            continue
        parameter = before.text.strip() if before is not None and before.kind == "math" else ""
        if parameter and item.text in _WITH_PARAMETER:
            yield item.start, f"{parameter}-{_WITH_PARAMETER[item.text]}"
        elif parameter and item.text == "-strongly" and i + 1 < len(items) and items[i + 1].text == "convex":
            yield item.start, f"{parameter}-strongly convex"
        elif item.text == "convex" and (before is None or not before.text.endswith("strongly")):
            yield item.start, "convex"


def _functions(items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    """The names of functions: before 'is' or 'be', or behind 'function'."""
    for i, item in enumerate(items):
        if item.kind != "math" or not _FUNCTION.fullmatch(item.text):
            continue
        before, after = (items[k].text if 0 <= k < len(items) else "" for k in (i - 1, i + 1))
        if after in _AFTER or before in _BEFORE:
            yield item.start, item.text.strip()
