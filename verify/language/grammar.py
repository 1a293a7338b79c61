"""Makes the tables of ``verify.language.automaton`` from the grammar: ``python -m verify.language.grammar``.

Lark is needed for this alone, and not where a text is read: to load it and to make the tables takes longer than most
proofs. Whoever changes ``statement.lark`` runs this (``make docs`` does) and commits ``statement.lalr``.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from verify.language.automaton import TABLES
from verify.language.lexemes import NAME, NUMBER, SUPERSCRIPT
from verify.language.names import KEYWORDS

GRAMMAR = TABLES.with_suffix(".lark")
STARTS = ("statement", "assumptions")
TOLD_APART = ("NAME", "BAR", "INFINITE", "MEMBER")
HEAD = "Made from statement.lark by python -m verify.language.grammar; not to be edited."


def grammar() -> Any:
    """The grammar as Lark reads it. The basic lexer, so that a keyword is never a name, whatever stands before it."""
    from lark import Lark

    return Lark(text(), start=list(STARTS), parser="lalr", lexer="basic", keep_all_tokens=False, postlex=_Whole())


def text() -> str:
    """The grammar with the words that have a spelling instead of a list."""
    spelled = f"NAME: /{NAME}/\nNUMBER: /{NUMBER}/\nSUPERSCRIPT: /{SUPERSCRIPT}/\n"
    return GRAMMAR.read_text(encoding="utf-8") + spelled


class _Whole:
    """Keeps the terminals that ``verify.language.neighbours`` tells apart, as no rule of the grammar names them."""

    always_accept = TOLD_APART

    def process(self, stream: Any) -> Any:
        return stream


def tables() -> str:
    """The tables as a text: the same for the same grammar, whatever order Lark found the states in."""
    lark = grammar()
    table = lark.parser.parser._parse_table
    numbers = {rule: i for i, rule in enumerate(lark.rules)}
    states = [table.start_states[name] for name in STARTS]
    lines, place = [], {state: i for i, state in enumerate(states)}
    for state in states:  # it grows: the states in the order in which they are met
        entries = []
        for name, (action, argument) in sorted(table.states[state].items()):
            shifts = str(action) == "Shift"
            if shifts and argument not in place:
                place[argument] = len(states)
                states.append(argument)
            entries.append(f"{name}:{place[argument] if shifts else -1 - numbers[argument]}")
        lines.append(" ".join(["state", *entries]))
    head = [f"# {HEAD}", *(f"word {word} {kind}" for word, kind in sorted(_words(lark).items()))]
    head += [f"start {name} {i} {place[table.end_states[name]]}" for i, name in enumerate(STARTS)]
    return "\n".join([*head, *map(_rule, lark.rules), *lines]) + "\n"


def _words(lark: Any) -> dict[str, str]:
    """What is one word of one meaning: keywords, and operators of at most two characters."""
    from lark.exceptions import UnexpectedCharacters

    signs = sorted({c for t in lark.terminals for c in t.pattern.value if not c.isalnum() and c not in "\\ "})
    found = {}
    for word in (*sorted(KEYWORDS), *signs, *map("".join, product(signs, repeat=2))):
        try:
            tokens = list(lark.lex(word))
        except UnexpectedCharacters:
            continue
        if len(tokens) == 1 and tokens[0].type not in ("NAME", "NUMBER", "SUPERSCRIPT"):
            found[word] = str(tokens[0].type)
    return found


def _rule(rule: Any) -> str:
    """A rule with the parts that count: a terminal does whose name has no underscore in front."""
    kept = []
    for i, part in enumerate(rule.expansion):
        inlined = not part.is_term and part.name.startswith("_")
        if not (part.is_term and part.filter_out):
            kept.append(f"{i}*" if inlined else str(i))
    name = str(rule.origin.name)
    method = rule.alias or name
    if name.startswith("_"):
        method = "+"
    elif rule.options.expand1 and not rule.alias and len(kept) == 1 and not kept[0].endswith("*"):
        method = "="
    return " ".join(["rule", name, str(len(rule.expansion)), method, *kept])


def main() -> None:
    """Write the tables."""
    from verify.runtime import files

    files.write(str(TABLES), tables())


if __name__ == "__main__":
    main()
