"""What comments can name: the claims and expressions of the theory in force, and the claims of the user's own files.

A theory is looked for when a comment first needs it, so that a paper without such comments needs none.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable, Mapping

from verify.claims import theories
from verify.claims.citing import table_of
from verify.claims.claim import Claim
from verify.claims.full_names import is_full
from verify.claims.setting import NO_SETTING, NamedExpression, Setting
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput


class Targets:
    """``claims`` are those of the user's files, by id, which come before the theory's."""

    def __init__(self, claims: Mapping[str, Claim] | None = None) -> None:
        self.claims = dict(claims or {})

    def find(self, verb: str, name: str) -> Claim | NamedExpression:
        """What ``% verify: claim NAME`` or ``% verify: expression NAME`` names; ``BadInput`` for an unknown name."""
        return self._claim(name) if verb == "claim" else self._expression(name)

    def settings(self, named: Iterable[tuple[str, str]]) -> list[Setting]:
        """The settings of what some comments name; where there is no such name the theory in force is meant."""
        found: list[Setting] = []
        for verb, name in named:
            try:
                found.append(self.find(verb, name).setting)
            except BadInput:
                with contextlib.suppress(BadInput):
                    found.append(theories.current())
        return list(dict.fromkeys(s for s in found if s is not NO_SETTING))

    def _claim(self, name: str) -> Claim:
        if name in self.claims:
            return self.claims[name]
        theory = self._theory("claim", name, self.claims)
        if is_full(name) and name in table_of(theory):
            return table_of(theory)[name]
        if name in theory.catalogue:
            return theory.catalogue[name]
        raise _unknown("claim", name, [*self.claims, *theory.catalogue])

    def _expression(self, name: str) -> NamedExpression:
        own: dict[str, NamedExpression] = {}
        for setting in self._own():
            for n, e in setting.named.items():
                if n == name and own.setdefault(n, e) is not e:
                    raise BadInput(f"two files have an expression '{name[:40]}'", "check the paper with one of the two")
                own.setdefault(n, e)
        if name in own:
            return own[name]
        theory = self._theory("expression", name, own)
        if (found := theory.expression(name)) is not None:
            return found
        raise _unknown("expression", name, [*own, *theory.named])

    def _own(self) -> list[Setting]:
        """The theories of the user's files."""
        return list(dict.fromkeys(c.setting for c in self.claims.values() if c.setting is not NO_SETTING))

    def _theory(self, verb: str, name: str, others: Iterable[str]) -> Theory:
        """The theory in force, which has to have a name that no file has."""
        try:
            return theories.current()
        except BadInput as error:
            raise BadInput(f"{_unknown(verb, name, list(others)).what}: {error.what}", error.hint) from error


def _unknown(verb: str, name: str, known: list[str]) -> BadInput:
    near = [k for k in known if k.casefold() == name.casefold()] or difflib.get_close_matches(name, known, 1)
    claims = "verify list shows every claim, and --claims FILE.py adds those of a file"
    everything = claims if verb == "claim" else "verify list --expressions shows every expression"
    return BadInput(f"there is no {verb} '{name[:40]}'", f"did you mean {near[0]}?" if near else everything)
