"""A theory: a setting and the claims that are made in it. A package plugs into the verifier with one such object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.explorer import Explorer
from verify.claims.full_names import is_full
from verify.claims.sentence import Sentence
from verify.claims.setting import NamedExpression, Setting
from verify.claims.stated_ids import endings, patterns_in
from verify.runtime.errors import BadInput, Malformed


@dataclass(frozen=True, eq=False, kw_only=True)
class Theory(Setting):
    """``claims`` and ``false_statements`` make what the theory states, and what it wants to see refuted.

    ``title``: what it is about, in a few words. ``folder``: where the files are that state the claims, for reports that
    point there. ``usual_domain``: where formulas hold unless something else is said, as in a paper that is compared
    with the theory; ``lemmas``: ids of claims about atoms that may be used there. ``uses``: the theories whose claims
    these may cite, in full (``descent:GD.step``): what ``--theory`` takes, so that one is loaded when a claim of it is
    needed, or a Theory. ``experiments``: the package of its named runs. ``sentences``: those of a text that the theory
    is about, and ``account_title`` what the page is called that says what carries them. ``main``: ids, or patterns of
    ids, of its main results, in the order in which a sheet of theorems has them. ``introduction``: for whoever sees it
    the first time, sentences as titles of claims are written, a paragraph each. ``explorer`` makes what can be moved
    and looked at on a page of the theory's site, if there is one.

    >>> from verify import Claim, Domain, Inequality, Theory, positive
    >>> import sympy as sp
    >>> x = sp.Symbol("x", real=True)
    >>> claim = Claim("sum", "AM-GM for x and 1/x", Inequality(x + 1 / x, ">=", 2), Domain((positive(x),)))
    >>> list(Theory(name="tiny", claims=lambda: [claim]).catalogue)
    ['sum']
    """

    title: str = ""
    claims: Callable[[], Iterable[Claim]] = tuple
    false_statements: Callable[[], Iterable[Claim]] = tuple
    folder: Path | None = None
    usual_domain: Callable[[], Domain] | None = None
    lemmas: tuple[str, ...] = ()
    uses: tuple[str | Theory, ...] = ()
    experiments: str = ""
    sentences: Callable[[], Iterable[Sentence]] = tuple
    account_title: str = "The text, sentence by sentence"
    main: tuple[str, ...] = ()
    introduction: tuple[str, ...] = ()
    explorer: Callable[[], Explorer] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.uses, list):
            object.__setattr__(self, "uses", tuple(self.uses))
        if not isinstance(self.uses, tuple) or not all(isinstance(one, (str, Theory)) for one in self.uses):
            raise Malformed("uses", f"{self.uses!r:.60} is no tuple of theories", 'write uses=("name",)')

    @cached_property
    def stated(self) -> dict[str, Claim]:
        """Every claim that the theory makes, by id, in reading order; ``BadInput`` where they can't be made."""
        return self._by_id(self.claims)

    @cached_property
    def refutable(self) -> dict[str, Claim]:
        """The false statements, by id."""
        return self._by_id(self.false_statements)

    @cached_property
    def catalogue(self) -> dict[str, Claim]:
        """Every claim and every false statement, by id."""
        return self._by_id(lambda: [*self.stated.values(), *self.refutable.values()])

    @cached_property
    def explored(self) -> dict[str, NamedExpression]:
        """Named expressions that are there for the explorer: no claim is written in them."""
        made = () if self.explorer is None else self.explorer().expressions()
        return {e.name: replace(e, setting=self) for e in made}

    def expression(self, name: str) -> NamedExpression | None:
        """The named expression of this name or symbol, one of the explorer too; None if there is none."""
        return super().expression(name) or self.explored.get(name)

    def adopt(self, claim: Claim) -> Claim:
        """The claim in this theory: its symbols mean what they mean here."""
        return claim if claim.setting is self else claim.within(self)

    def has(self, claim: str) -> bool:
        """Whether there is a claim of this id; nothing is derived where the files show that there is none."""
        if "catalogue" in self.__dict__ or self.folder is None or not self.self_contained:
            return claim in self.catalogue
        stated = any(pattern.fullmatch(name) for name in endings(claim) for pattern in self._patterns)
        return stated and claim in self.catalogue

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """Of the ids that the files of the folder may state."""
        files = [] if self.folder is None else sorted(self.folder.rglob("*.py"))
        return [pattern for f in files for pattern in patterns_in(f)]

    def _by_id(self, make: Callable[[], Iterable[Claim]]) -> dict[str, Claim]:
        """Whatever goes wrong in a theory's own code is one clear error, and never an empty table."""
        out: dict[str, Claim] = {}
        try:
            for claim in make():
                if not isinstance(claim, Claim):
                    raise BadInput(f"the theory {self.name} states a {type(claim).__name__}, not a Claim")
                if is_full(claim.id):
                    what = f"the theory {self.name} states a claim with the id {claim.id}"
                    raise BadInput(what, "choose one without a colon, which names a claim of another theory")
                if claim.id in out:
                    raise BadInput(f"the theory {self.name} states two claims with the id {claim.id}")
                out[claim.id] = self.adopt(claim)
        except (BadInput, Malformed):
            raise
        except (Exception, SystemExit) as error:
            what = f"the claims of the theory {self.name} could not be made: {type(error).__name__}: {error}"
            raise BadInput(" ".join(what.split())[:300]) from error
        return out
