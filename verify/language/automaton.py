"""Reads a sequence of words by the tables of a grammar, from the bottom up and without recursion.

The tables (``statement.lalr``) are made of the grammar (``statement.lark``) by ``verify.language.grammar``; what runs
here has no other idea of the language. Source: DeRemer 1969, *Practical translators for LR(k) languages* (LALR).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from verify.runtime.errors import Impossible

TABLES = Path(__file__).with_name("statement.lalr")
END = "$END"
RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"  # what an exponent above the line begins with


class Token(str):
    """A word of a text, with its kind (a terminal of the grammar) and where it starts."""

    __slots__ = ("kind", "start")
    kind: str
    start: int

    def __new__(cls, word: str, kind: str, start: int) -> Token:
        token = super().__new__(cls, word)
        token.kind, token.start = kind, start
        return token


class Unexpected(Exception):
    """A word that cannot stand where it stands; its kind is ``END`` where the text stops too early."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


@dataclass(frozen=True)
class Rule:
    """A rule of the grammar: what it makes of how many parts, by which method of a builder.

    ``kept``: the parts that the method is given, and whether each is a list that is taken apart. Without a method
    there is one part, which stands for the whole; ``+`` makes a list for the rule above.
    """

    result: str
    length: int
    method: str
    kept: tuple[tuple[int, bool], ...]


@dataclass(frozen=True)
class Tables:
    """The automaton of a grammar: ``words`` of one meaning by their kind, rules, and what each state does.

    ``steps``: by kind or result, the state that comes next, or minus one minus the rule to apply.
    """

    words: Mapping[str, str]
    starts: Mapping[str, tuple[int, int]]  # by what is read: the first state, and the one in which it is read
    rules: tuple[Rule, ...]
    steps: tuple[Mapping[str, int], ...]

    def kind(self, word: str) -> str:
        """The terminal that a word is."""
        known = self.words.get(word)
        if known is not None:
            return known
        return "SUPERSCRIPT" if word[0] in RAISED else "NAME" if word[0].isalpha() else "NUMBER"

    def parse(self, tokens: Iterable[Token], start: str, builder: object) -> Any:
        """What a builder makes of a text; raises ``Unexpected``, and whatever the builder raises."""
        first, last = self.starts[start]
        states, values = [first], list[Any]()
        for token in (*tokens, Token("", END, -1)):
            while True:
                step = self.steps[states[-1]].get(token.kind)
                if step is None:
                    raise Unexpected(token)
                if step >= 0:
                    states.append(step)
                    values.append(token)
                    break
                rule = self.rules[-1 - step]
                parts = values[len(values) - rule.length :]
                del states[len(states) - rule.length :], values[len(values) - rule.length :]
                values.append(_made(rule, parts, builder))
                states.append(self.steps[states[-1]][rule.result])
                if token.kind == END and states[-1] == last:
                    return values[-1]
        raise Impossible("the end of a text is a word of it")


def _made(rule: Rule, parts: list[Any], builder: object) -> Any:
    if not rule.method:
        return parts[rule.kept[0][0]]
    kept: list[Any] = []
    for i, (position, is_list) in enumerate(rule.kept):
        if not is_list:
            kept.append(parts[position])
        elif i:
            kept += parts[position]
        else:
            kept = parts[position]  # grows in place: copied for every part, a long sum would take quadratic time
    return kept if rule.method == "+" else getattr(builder, rule.method)(kept)


@cache
def tables() -> Tables:
    """The tables of the language."""
    return read(TABLES.read_text(encoding="utf-8"))


def read(text: str) -> Tables:
    """Tables as ``verify.language.grammar`` writes them: a line for each word, start, rule and state."""
    words: dict[str, str] = {}
    starts: dict[str, tuple[int, int]] = {}
    rules: list[Rule] = []
    steps: list[dict[str, int]] = []
    for line in text.splitlines():
        what, _, rest = line.partition(" ")
        match what, rest.split():
            case "word", [word, kind]:
                words[word] = kind
            case "start", [name, one, other]:
                starts[name] = int(one), int(other)
            case "rule", [result, length, method, *kept]:
                positions = tuple((int(k.removesuffix("*")), k.endswith("*")) for k in kept)
                rules.append(Rule(result, int(length), "" if method == "=" else method, positions))
            case "state", entries:
                pairs = (entry.rpartition(":") for entry in entries)
                steps.append({name: int(step) for name, _, step in pairs})
    return Tables(words, starts, tuple(rules), tuple(steps))
