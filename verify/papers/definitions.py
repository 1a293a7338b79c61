r"""The macros of a file as TeX would know them: definitions in order, undone at the end of their group.

What is not followed is not guessed: a macro defined by ``\edef``, with delimited arguments, in a conditional or inside
the argument of another command has no known meaning from then on, and where it cannot even be told which macro is
defined, nothing after it is understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from verify.papers.definers import COMPUTED, MAX_SPAN, definition
from verify.papers.document import ENVIRONMENTS
from verify.papers.macros import Macro
from verify.papers.meanings import CORE, known
from verify.papers.tokens import DEFINERS, NotUnderstood, commands
from verify.runtime.errors import BadInput, ensured, present

MAX_MACROS = 5_000
STRUCTURE = frozenset({r"\begin", r"\end", r"\[", r"\]", r"\(", r"\)", r"\\", "\\\n", r"\fi", r"\else", r"\iffalse"})
_PREFIXES = frozenset({r"\global", r"\long", r"\outer", r"\protected"})
_CHARACTERS = commands("catcode lccode mathcode active mathactive everydisplay everymath")
_TARGET = re.compile(r"[\s*]*\{?\s*(\\(?:[A-Za-z@]+|.))\s*\}?", re.DOTALL)
_NAMED = re.compile(r"\s*\{?([A-Za-z@]*)(\\endcsname|\})")
_BODIES = commands(
    "newenvironment renewenvironment NewDocumentEnvironment RenewDocumentEnvironment ProvideDocumentEnvironment "
    "DeclareDocumentEnvironment"
)
# Those that TeX refuses where the word has a meaning already.
_FIRST = commands("newcommand NewDocumentCommand DeclareMathOperator newenvironment NewDocumentEnvironment") | commands(
    "DeclarePairedDelimiter DeclarePairedDelimiterX DeclarePairedDelimiterXPP"
)
_PROVIDED = commands("providecommand ProvideDocumentCommand ProvideDocumentEnvironment")
# Words that this reader knows and no common package defines: a paper that defines them gives them their meaning.
_FREE = commands("defeq eqdef")
_GLOBAL = commands("global gdef xdef glet csgdef gappto xappto gpreto xpreto g@addto@macro endgroup egroup")
_READS_FILES = commands("input include subfile import subimport usepackage RequirePackage InputIfFileExists @input")
_PARTS = re.compile(r"\\(?:[A-Za-z@]+|.|\n)|%[^\n]*|[{}]", re.DOTALL)


def is_definition(word: str) -> bool:
    """Whether a command gives another one its meaning, or comes before one that does."""
    return word in DEFINERS or word in _PREFIXES or word in _BODIES


class Definitions:
    """The macros in force while a file is gone through; ``doubt`` says why nothing is understood any more."""

    def __init__(self) -> None:
        self.macros: dict[str, Macro] = {}
        self.doubt = ""
        self._log: list[list[object]] = []  # [word, its meaning before, whether that was ``doubt``]
        self._shot: dict[str, Macro] | None = None

    # ------------------------------------------------------------ groups

    def mark(self) -> int:
        """Where a group starts."""
        return len(self._log)

    def undo(self, mark: int, *, certain: bool) -> None:
        """Leave a group; where it may have been an argument, what it defined has no known meaning any more."""
        while len(self._log) > mark:
            word, before, doubted = self._log.pop()
            if doubted:
                self.doubt = self.doubt if not certain else str(before)
                continue
            word = ensured(word, str)
            if certain:
                self._put(word, before if isinstance(before, Macro) else None)
            else:
                self._put(word, Macro(0, None, None, "is defined inside the argument of another command"))
        # Doubts and uncertain meanings outlive the group, but an outer group still undoes the words it defined itself.

    def _put(self, word: str, macro: Macro | None) -> None:
        self._shot = None
        if macro is None:
            self.macros.pop(word, None)
        else:
            self.macros[word] = macro
        if len(self.macros) > MAX_MACROS:
            raise BadInput(f"more than {MAX_MACROS} macros are defined", "leave out those that are not used")

    def set(self, word: str, macro: Macro, *, everywhere: bool = False) -> None:
        """Give a word its meaning until its group ends, or everywhere."""
        if everywhere:
            for entry in self._log:
                if entry[0] == word and not entry[2]:
                    entry[1] = macro
            self._log.append([word, macro, False])  # lost where its group turns out to be an argument
        else:
            self._log.append([word, self.macros.get(word), False])
        self._put(word, macro)
        if word in STRUCTURE:
            self.distrust(f"{word} is redefined")

    def untrack(self, word: str, why: str = "is defined in a way that is not expanded here") -> None:
        self.set(word, Macro(0, None, None, why), everywhere=True)

    def distrust(self, why: str, *, everywhere: bool = False) -> None:
        """Nothing is understood from here to the end of the group, or everywhere."""
        self._log.append(["", self.doubt, True])
        self.doubt = self.doubt or why
        if everywhere:
            for entry in self._log:
                entry[1] = self.doubt if entry[2] else entry[1]

    def snapshot(self) -> Mapping[str, Macro]:
        """The macros as they are now."""
        if self._shot is None:
            self._shot = dict(self.macros)
        return self._shot

    # ------------------------------------------------------------ commands in the text

    def defines(self, word: str, depth: int = 20, *, everywhere: bool = False) -> bool:
        """Whether a macro defines others when it is called; or, with ``everywhere``, may do so beyond its group."""
        macro = self.macros.get(word)
        if macro is None or macro.body is None or depth == 0:
            return depth == 0
        words = {t.text for t in macro.body if t.text[0] == "\\" and t.text != word}
        if any(w in _GLOBAL or (not everywhere and (is_definition(w) or w in _READS_FILES)) for w in words):
            return True
        return any(w in self.macros and self.defines(w, depth - 1, everywhere=everywhere) for w in words)

    def called(self, word: str, text: str, position: int) -> None:
        """A macro that defines others is called: those that it may define have no known meaning any more."""
        why = f"may be changed by {word}"
        macro = self.macros[word]
        seen = {t.text for t in macro.body or () if t.text[0] == "\\" and len(t.text) > 1}
        if r"\csname" in seen or r"\catcode" in seen or r"\@namedef" in seen:
            self.distrust(f"{word} changes what commands mean")
        if seen & _READS_FILES:
            self.distrust(f"{word} reads a file")
        end = skip_groups(text, position)
        seen |= set(re.findall(r"\\(?:[A-Za-z@]+|.)", text[position:end]))
        for w in seen:
            if w != word and not is_definition(w):
                self.untrack(w, why)

    def read(self, word: str, text: str, position: int, *, sure: bool) -> int:
        """Follow the definition that ``word`` starts before this position; the position after it.

        Where it is not ``sure`` that TeX comes here, the macro has no known meaning afterwards.
        """
        everywhere = word in (r"\gdef", r"\xdef", r"\glet")
        while word in _PREFIXES:
            everywhere = everywhere or word == r"\global"
            found = re.compile(r"\s*(\\[A-Za-z@]+)").match(text, position)
            if found is None:
                return position
            if found.group(1) not in DEFINERS and found.group(1) not in _PREFIXES:
                return position
            word, position = found.group(1), found.end()
            everywhere = everywhere or word in (r"\gdef", r"\xdef", r"\glet")
        if word in (r"\csname", r"\@namedef", r"\letcs", r"\csdef", r"\csgdef", r"\cslet"):
            return self._named(word, text, position)
        if word in (r"\aftergroup", r"\afterassignment"):
            if re.compile(r"\s*\\(?:let|[a-z]*def|global|[a-z]*command)\b").match(text, position):
                self.distrust(f"{word} defines something that cannot be told", everywhere=True)
            return position
        if word in _CHARACTERS:
            if not re.compile(r"\s*`\\?@").match(text, position):
                self.distrust(f"{word} changes what characters mean", everywhere=everywhere)
            return position
        try:
            found_definition = definition(word, text, position, self.macros)
        except NotUnderstood:
            found_definition = None
        if found_definition is None:
            return self._environment(text, position) if word in _BODIES else self._untracked(word, text, position)
        for target, macro in found_definition.words:
            if sure:
                self._define(word, target, macro, everywhere=everywhere)
            else:
                self.untrack(target, "is defined in a conditional")
        return found_definition.end

    def _define(self, word: str, target: str, macro: Macro, *, everywhere: bool) -> None:
        """What the definition means where the target already has a meaning."""
        core = target in CORE or target[1:].removeprefix("end").rstrip("*") in ENVIRONMENTS
        if word in _PROVIDED and (target in self.macros or core):
            return
        if word in _PROVIDED and known(target):
            self.untrack(target, "is provided only where no package defines it")
        elif word in (*_FIRST, r"\providecommand") and (
            target in self.macros or core or (known(target) and target not in _FREE)
        ):
            self.untrack(target, "is defined twice")
        else:
            self.set(target, macro, everywhere=everywhere)

    def _environment(self, text: str, position: int) -> int:
        """An environment that is defined in a way that is not followed."""
        found = re.compile(r"\s*\{([^{}\\]*)\}").match(text, position)
        if found is None:
            self.distrust("an environment is defined that cannot be told")
            return position
        self.untrack("\\" + found.group(1).strip())
        return skip_groups(text, position)

    def _untracked(self, word: str, text: str, position: int) -> int:
        target = _TARGET.match(text, position)
        if target is None:
            self.distrust(f"{word} defines something that cannot be told")
            return position
        name = target.group(1)
        if name == r"\csname":
            return self._named(word, text, target.end(1))
        if name in COMPUTED:
            self.distrust(f"{word} defines something that cannot be told")
            return target.end(1)
        self.untrack(name)
        if word in (r"\let", r"\glet", r"\futurelet"):
            return target.end()
        return skip_groups(text, target.end())

    def _named(self, word: str, text: str, position: int) -> int:
        r"""A name that is put together: \csname foo\endcsname."""
        found = _NAMED.match(text, position)
        if found is None or not found.group(1):
            self.distrust(f"{word} defines something that cannot be told")
            return position
        self.untrack("\\" + found.group(1))
        return found.end()


def skip_groups(text: str, position: int) -> int:
    """The position after the groups in braces and brackets that follow, and after what stands before the first."""
    first = re.compile(r"[^{}\\%\n]*").match(text, position)
    first = present(first)
    start = first.end() if text[first.end() : first.end() + 1] == "{" else position
    while True:
        space = re.compile(r"\s*").match(text, start)
        space = present(space)
        here = space.end()
        if text[here : here + 1] == "[":
            closing = text.find("]", here, here + MAX_SPAN)
            if closing < 0:
                return start
            start = closing + 1
        elif text[here : here + 1] == "{":
            depth = 0
            for part in _PARTS.finditer(text, here):
                depth += (part.group() == "{") - (part.group() == "}")
                if depth == 0:
                    start = part.end()
                    break
            else:
                return len(text)
        else:
            return start
