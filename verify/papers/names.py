"""The names of one paper: which were declared, which may be functions, and the variable that stands for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verify.language.logic import Kind
from verify.papers.keys import ACCENTS, FONTS, GREEK, STYLED, loose
from verify.papers.lexicon import EMPTY, Lexicon

# Letters that mostly stand for functions: a bracket after them is an argument unless they are declared to be numbers.
_FUNCTION = re.compile(r"\\?(f|g|h|F|G|H|phi|varphi|psi|Phi|Psi)(_.*)?$")


@dataclass
class Names:
    """The names of one paper. ``declared`` holds the keys of let and assume; ``latex`` how a name is written.

    ``numbers`` are those declared by ``\\in``, ``strange`` those whose declaration was not understood, ``functions``
    the names that were seen with an argument, ``opaque`` the variables that stand for a value or a norm, with what
    they are values of. ``lexicon`` is that of the theories with which the paper compares displays, whose letters mean
    their quantities there, and ``bare`` holds the names that the paper uses without a bracket after them. ``defined``
    says where a variable was defined by what is not read.
    """

    declared: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    from_zero: set[str] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)
    opaque: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    latex: dict[str, str] = field(default_factory=dict)
    lexicon: Lexicon = EMPTY
    defined: dict[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    _given: dict[str, str] = field(default_factory=dict)

    def resolve(self, key: str, source: str) -> str:
        """The variable of a key, one for each key."""
        name = self._given.get(key)
        if name is None:
            taken = set(self._given.values())
            name = base = re.sub(r"[^A-Za-z0-9]+", "_", key).strip("_") or "x"
            count = 1
            while name in taken:
                count += 1
                name = f"{base}_v{count}"
            self._given[key] = name
        self.latex.setdefault(name, source)
        self.kinds.setdefault(name, "real")
        return name

    def key_of_variable(self, name: str) -> str:
        """The key whose variable this is."""
        return next((key for key, given in self._given.items() if given == name), "")

    def variable_of_key(self, key: str) -> str:
        """The variable that a key has got; empty where it has none."""
        return self._given.get(key, "")

    def variables(self) -> frozenset[str]:
        """The variables of all names that were read so far."""
        return frozenset(self._given.values())

    def declared_variables(self) -> frozenset[str]:
        return frozenset(v for key, v in self._given.items() if self.is_number(key))

    def counts(self) -> frozenset[str]:
        """The variables that are whole numbers in a theory, and of unsaid kind in a paper that is bound to it."""
        whole = self.lexicon.whole
        return frozenset(v for key, v in self._given.items() if loose(key) in whole and key not in self.numbers)

    def forget(self) -> None:
        """Nothing is declared any more; names keep their spelling."""
        self.declared.clear()
        self.numbers.clear()
        self.functions.clear()
        self.strange.clear()
        self.from_zero.clear()
        self.kinds.clear()
        self.defined.clear()

    def is_number(self, key: str) -> bool:
        """Whether a key is known to be a number, so that a bracket after it is a factor."""
        return key in self.declared or loose(key) in self.lexicon.meaning

    def is_factor(self, key: str) -> bool:
        """Whether a bracket after a name that is a number multiplies it; \\phi(...) only where that was said."""
        if _FUNCTION.match(key) and key not in self.numbers and loose(key) not in self.lexicon.meaning:
            return False
        return self.is_number(key)

    def known_bare(self, key: str) -> bool:
        """Whether the paper uses a name also where no bracket follows it."""
        return key in self.bare

    def may_be_function(self, key: str) -> bool:
        return key in self.functions or _FUNCTION.match(key) is not None

    def doubt(self, key: str) -> str:
        """What else than a real number a name may be, where nothing was said about it; empty for plain letters."""
        if key in self.strange:
            return "a comment says what it is, and was not understood"
        if self.is_number(key):
            return ""
        base = re.split(r"[_^']", key, maxsplit=1)[0]
        while (accent := re.match(r"(\\[a-z]+)\{(.*)\}$", base)) is not None and accent.group(1) in ACCENTS:
            base = accent.group(2)
        letter = base.lstrip("\\")
        if key in self.functions:
            return "a function"
        if key == "e":
            return "Euler's number or a name"
        if base == "i":
            return "the imaginary unit or a name"
        if base == r"\pi":
            return "the circle constant or a name"
        if base.startswith(tuple(f + "{" for f in FONTS | STYLED)) or not (
            (len(base) == 1 and base.isalpha()) or letter in GREEK
        ):
            return "a letter that may be a vector, a set or an operator"
        if letter[0].isupper():
            return "a capital letter, which may be a matrix, a set or a function"
        if re.search(r"_\{?[+-]\}?$", key):
            return "a positive or negative part, or a name: write (x)_+"
        if "'" in key:
            return "a derivative, a transpose or a name"
        if re.search(r"\^(?!\*|\\star)", key):
            return "a name with a mark or an index above it"
        return ""
