r"""Goes through a file as TeX would: comments, verbatim text, conditionals, groups, definitions and displays in order.

``\iffalse`` and ``\iftrue`` are decided; what other conditionals hold is read, but what is defined there has no known
meaning afterwards. Everything else is only passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from verify.papers.definitions import Definitions, is_definition, skip_groups
from verify.papers.document import DISPLAYS, MAX_CHARACTERS, Directive, Display, Document, Fault, Other
from verify.papers.tokens import commands
from verify.runtime.errors import BadInput, present

MAX_DISPLAYS = 5_000
MAX_GROUPS = 255  # the limit of TeX itself
_VERBATIM = {"verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "alltt", "BVerbatim"}
_WRAPPERS = frozenset({"subequations", "proof", "center", "small", "footnotesize", "quote", "minipage"})
_DIRECTIVE = re.compile(r"%+[ \t]*verify:[ \t]*(?P<verb>[A-Za-z]*)[ \t]*(?P<rest>.*)")
_EVENT = re.compile(
    r"(?P<comment>%[^\n]*)"
    r"|(?P<begin>\\begin[ \t]*\{(?P<env>[^{}\\\n]*?)\*?\})"
    r"|(?P<end>\\end[ \t]*\{(?P<ended>[^{}\\\n]*?)\*?\})"
    r"|(?P<bracket>\\\[)|(?P<dollars>\$\$)|(?P<dollar>\$)"
    r"|(?P<open>\{+)|(?P<close>\})"
    r"|(?P<verb>\\(?:verb|lstinline)\*?(?=[^A-Za-z*\s{\[]))"
    r"|(?P<word>\\(?:[A-Za-z@]+|.|\n))"
    r"|(?P<hats>\^\^)"
    r"|(?P<other>[^\s\\%${}^]+|\^)",
    re.DOTALL,
)
_SKIPPING = re.compile(r"%[^\n]*|\\(?:[A-Za-z@]+|.|\n)", re.DOTALL)
_IFS = commands(
    "if ifcat ifx ifcase ifnum ifodd ifhmode ifvmode ifmmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse "
    "ifdim ifdefined ifcsname iffontchar ifpdf ifxetex ifluatex ifPDFTeX ifXeTeX ifLuaTeX ifpdfprimitive if@tempswa"
)
_NO_IFS = commands(
    "iff ifthenelse ifblank ifstrequal ifstrempty ifdef ifcsdef ifundef ifcsundef ifdefempty ifdefstring ifbool "
    "iftoggle ifnumcomp ifnumequal ifdefequal ifdefmacro ifpackageloaded ifclassloaded"
)
_DECLARATIONS = commands(
    "newif DefineShortVerb MakeShortVerb excludecomment DefineVerbatimEnvironment lstnewenvironment newverbatim"
)
# What may stand between a comment and its display.
_IDLE = commands(
    "noindent par smallskip medskip bigskip centering small footnotesize normalsize allowdisplaybreaks begingroup "
    "endgroup bgroup egroup makeatletter makeatother newpage clearpage pagebreak nopagebreak iftrue iffalse else fi "
    "relax ignorespaces displaybreak samepage leavevmode label vspace vskip hspace"
)


@dataclass
class _Group:
    """An open group: what opened it, where its definitions start, and whether it may be an argument."""

    kind: str
    mark: int
    argument: bool


def read(path: Path) -> Document:
    """Read a file; ``BadInput`` where that is impossible or the file is too large."""
    try:
        if path.stat().st_size > MAX_CHARACTERS:
            raise BadInput(f"{path} is larger than {MAX_CHARACTERS // 10**6} MB", "give the file of one paper")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}", "give a LaTeX file") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text in UTF-8", "save the file in UTF-8") from error
    return scan(text, str(path))


def scan(text: str, name: str = "paper") -> Document:
    """The displays and directives of a LaTeX text."""
    return _Scan(text, name).run()


class _Scan:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.events: list[Directive | Display | Fault | Other] = []
        self.definitions = Definitions()
        self.groups: list[_Group] = []
        self.conditionals: list[bool] = []  # whether TeX is sure to read what stands here
        self.own_ifs: set[str] = set()
        self.defining: set[str] = set()  # environments of the file that change what commands mean
        self.verbatim = set(_VERBATIM)
        self.displays = set(DISPLAYS)
        self.after_command = False
        self.expecting = False

    def run(self) -> Document:
        position = 0
        while (match := _EVENT.search(self.text, position)) is not None:
            found = self._event(match)
            if found is None:
                break
            position = found
            if len(self.events) > 2 * MAX_DISPLAYS:
                what = f"{self.name} has more than {MAX_DISPLAYS} displays and comments"
                raise BadInput(what, "split the file")
        return Document(self.name, self.text, tuple(self.events))

    def _event(self, match: re.Match[str]) -> int | None:
        """Handle what was found; the position after it, or None where the file ends for TeX."""
        position = match.end()
        if match["comment"]:
            self._comment(match)
            return position
        before, self.after_command = self.after_command, False
        if match["begin"]:
            return self._begin(match)
        if match["end"]:
            if match["ended"] == "document":
                return None
            self._close(f"env {match['ended']}")
        elif match["bracket"] or match["dollars"]:
            return self._display("displaymath", r"\]" if match["bracket"] else "$$", match)
        elif match["dollar"]:
            self._something("inline mathematics", match.start())
            return self._inline(position)
        elif match["open"]:
            self._open(len(match["open"]), before)
        elif match["close"]:
            self.after_command = self._close("{")
        elif match["verb"]:
            self._something("text", match.start())
            closing = self.text.find(self.text[position], position + 1)
            return len(self.text) if closing < 0 else closing + 1
        elif match["word"]:
            return self._word(match)
        elif match["hats"]:
            self.definitions.distrust("characters are written with ^^")
        else:
            word = match["other"]
            self.after_command = before and (word[0] in "[*" or len(word) == 1)
            if not (before and word[0] in "[*"):
                self._something("text", match.start())
        return position

    # ------------------------------------------------------------ parts of the file

    def _comment(self, match: re.Match[str]) -> None:
        directive = _DIRECTIVE.match(match["comment"])
        if directive is not None:
            start = match.start() + directive.start("rest")
            d = self.definitions
            rest = directive["rest"].strip()
            self.events.append(Directive(directive["verb"], rest, match.start(), start, d.snapshot(), d.doubt))
            self.expecting = True

    def _something(self, what: str, position: int) -> None:
        """Something that is no display: a comment that waits for one does not reach further."""
        if self.expecting:
            self.events.append(Other(what, position))
            self.expecting = False

    def _begin(self, match: re.Match[str]) -> int:
        position, name = match.end(), match["env"]
        if name in self.verbatim:
            self._something(f"the environment {name}", match.start())
            closing = self.text.find(rf"\end{{{name}", position)
            if closing < 0:
                return len(self.text)
            end = self.text.find("}", closing)
            return len(self.text) if end < 0 else end + 1
        if name in self.displays:
            ending = match.group().replace(r"\begin", r"\end").replace(" ", "").replace("\t", "")
            return self._display(name, ending, match)
        if name != "document" and name not in _WRAPPERS:
            self._something(f"the environment {name}", match.start())
        self.groups.append(_Group(f"env {name}", self.definitions.mark(), False))
        if name in self.defining:
            self.definitions.distrust(f"the environment {name} changes what commands mean")
        self.after_command = name not in _WRAPPERS and name != "document"
        return position

    def _display(self, environment: str, ending: str, match: re.Match[str]) -> int:
        """Record the display that starts here; the position after it."""
        text, start = self.text, match.end()
        stop = start
        pattern = re.compile(rf"%[^\n]*|\\\\|{re.escape(ending)}|\\(?:[A-Za-z@]+|.)", re.DOTALL)
        changes: list[tuple[str, int]] = []
        while (found := pattern.search(text, stop)) is not None:
            stop = found.end()
            part = found.group()
            if part == ending:
                break
            if part[0] == "%" and _DIRECTIVE.match(part):
                hint = "write it on a line before the display"
                self.events.append(Fault("a verify comment inside a display", hint, found.start()))
            elif is_definition(part) or (part in self.definitions.macros and self.definitions.defines(part)):
                changes.append((part, stop))
        stop = len(text) if found is None else found.start()
        d = self.definitions
        self.events.append(Display(environment, start, stop, match.start(), d.snapshot(), found is not None, d.doubt))
        self.expecting = False
        for word, position in changes:
            d.read(word, text, position, sure=False) if is_definition(word) else d.called(word, text, position)
        return len(text) if found is None else found.end()

    def _inline(self, position: int) -> int:
        """The position after inline mathematics; a blank line ends it."""
        end = re.compile(r"(?:\\.|%[^\n]*|[^$\\%\n]|\n(?![ \t]*\n))*", re.DOTALL).match(self.text, position)
        end = present(end)
        return end.end() + 1 if self.text[end.end() : end.end() + 1] == "$" else position

    # ------------------------------------------------------------ groups and commands

    def _open(self, count: int, argument: bool) -> None:
        if len(self.groups) + count > MAX_GROUPS:
            if not self.definitions.doubt:
                self.definitions.distrust(f"groups are nested deeper than {MAX_GROUPS}")
            return
        for _ in range(count):
            self.groups.append(_Group("{", self.definitions.mark(), argument))

    def _close(self, kind: str) -> bool:
        """Close the innermost group of a kind, and those left open inside it; whether it may have been an argument."""
        k = len(self.groups) - 1
        while k >= 0 and self.groups[k].kind != kind:
            if kind != "{" and self.groups[k].kind == "{":
                return False  # such as the two halves of \newenvironment
            k -= 1
        if k < 0:
            return False
        crossed = k < len(self.groups) - 1
        group = self.groups[k]
        del self.groups[k:]
        certain = not group.argument and not crossed and all(self.conditionals)
        self.definitions.undo(group.mark, certain=certain)
        return group.argument

    def _word(self, match: re.Match[str]) -> int | None:
        word, position = match["word"], match.end()
        d = self.definitions
        if word in d.macros and word not in _IDLE:
            self._something(f"the macro {word}", match.start())
            if d.defines(word):
                d.called(word, self.text, position)
            self.after_command = True
            return position
        if is_definition(word):
            environment = re.compile(r"\s*\{([A-Za-z]+)\*?\}").match(self.text, position)
            if environment is not None and "nvironment" in word:
                self.displays.discard(environment.group(1))
                body = self.text[environment.end() : skip_groups(self.text, environment.end())]
                if any(is_definition(w) or d.defines(w) for w in re.findall(r"\\(?:[A-Za-z@]+|.)", body)):
                    self.defining.add(environment.group(1))
            return d.read(word, self.text, position, sure=all(self.conditionals))
        if word in _DECLARATIONS:
            return self._declaration(word, position)
        if word in (r"\iffalse", r"\iftrue") or self._is_conditional(word):
            return self._if(word, position)
        if word == r"\else":
            return self._else(position)
        if word == r"\fi":
            if self.conditionals:
                self.conditionals.pop()
            return position
        if word in (r"\begingroup", r"\bgroup"):
            self.groups.append(_Group("group", d.mark(), False))
            return position
        if word in (r"\endgroup", r"\egroup"):
            self._close("group")
            return position
        if word == r"\endinput" and all(self.conditionals):
            return None
        if word not in _IDLE:
            self._something(f"the command {word}", match.start())
            self.after_command = len(word) > 2 or word[1].isalpha()
        elif word in (r"\label", r"\vspace", r"\hspace"):
            return skip_groups(self.text, position)
        return position

    def _declaration(self, word: str, position: int) -> int:
        found = re.compile(r"\s*\{?\s*(\\?[A-Za-z@]+|\\.)\s*\}?").match(self.text, position)
        if found is None:
            return position
        if word == r"\newif":
            self.own_ifs.add(found.group(1))
        elif "ShortVerb" not in word:
            self.verbatim.add(found.group(1))
        else:
            self.definitions.distrust(f"{word} changes what characters mean")
        return found.end()

    # ------------------------------------------------------------ conditionals

    def _is_conditional(self, word: str) -> bool:
        return word in _IFS or word in self.own_ifs

    def _if(self, word: str, position: int) -> int:
        if word == r"\iftrue":
            self.conditionals.append(True)
            return position
        if word != r"\iffalse":
            self.conditionals.append(False)
            return position
        stop, position = self._skip(position)
        if stop == r"\else":
            self.conditionals.append(True)
        return position

    def _else(self, position: int) -> int:
        """The other branch is left out after a condition that holds, and read after one that is not known."""
        if self.conditionals and self.conditionals[-1]:
            self.conditionals.pop()
            while True:
                stop, position = self._skip(position)
                if stop != r"\else":
                    return position
        return position

    def _skip(self, position: int) -> tuple[str, int]:
        """Pass over text that TeX leaves out, to the ``\\else`` or ``\\fi`` that ends it."""
        depth = 0
        for found in _SKIPPING.finditer(self.text, position):
            word = found.group()
            if word[0] == "%":
                continue
            if self._is_conditional(word):
                depth += 1
            elif word == r"\fi" and depth:
                depth -= 1
            elif word == r"\fi" or (word == r"\else" and not depth):
                return word, found.end()
            elif re.fullmatch(r"\\if[A-Za-z@]+", word) and word not in _NO_IFS:
                self.definitions.distrust(f"{word} may be a conditional")
        return "", len(self.text)
