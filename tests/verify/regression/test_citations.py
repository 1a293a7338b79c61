"""What the lock holds of claims of other theories, and what falls there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import sympy as sp

from verify import Claim, Domain, Evidence, Holds, Inequality, Spatial, Theory, Verdict, at_least, free, positive
from verify.claims import theories
from verify.claims.citing import table_of
from verify.derivations.relations import le
from verify.evidence.results import ClaimResult
from verify.regression import differences, lock_file
from verify.regression.elsewhere import falls_elsewhere
from verify.regression.snapshot import snapshot
from verify.runtime.errors import BadInput

x = sp.Symbol("x", real=True)
ANY = Domain((free(x),))
SQUARE = Claim("square", "a square", Holds(le(0, x**2)), ANY)
BETWEEN = Claim("between", "of two", Holds(le(0, x**2 + 1)), ANY, states_with=("square",))
MINE = Claim("mine", "a fourth power", Inequality(x**4, ">=", 0), ANY, rests_on=("base:between",))
PLAIN = Claim("plain", "rests on nothing", Inequality(x**6, ">=", 0), ANY)


def state(cited: Claim, *others: Claim, mine: Claim = MINE) -> tuple[dict[str, Any], Mapping[str, Claim]]:
    """What the lock would hold, as it is read back, and the table of claims."""
    base = Theory(name="base", claims=lambda: [cited, *others])
    top = Theory(name="top", claims=lambda: [mine, PLAIN], uses=(base,))
    proved = (Evidence("proof", Verdict.PROVED, "because"),)
    results = [ClaimResult(name, "t", True, proved, {}) for name in top.catalogue]
    taken = snapshot(top.catalogue.values(), results, theory=top, table=table_of(top))
    return json.loads(json.dumps(taken)), table_of(top)


def found(cited: Claim, *others: Claim, mine: Claim = MINE) -> list[differences.Difference]:
    """What differs from the state with SQUARE and BETWEEN, once these are as given."""
    before, _ = state(SQUARE, BETWEEN)
    after, table = state(cited, *others, mine=mine)
    return differences.compare(before, after, None, table)


def test_the_lock_of_a_claim_holds_what_it_cites_elsewhere() -> None:
    taken, _ = state(SQUARE, BETWEEN)
    assert set(taken["claims"]) == {"mine", "plain"}, "a lock holds the claims of its own theory"
    assert list(taken["claims"]["mine"]["cited"]) == ["base:square", "base:between"]
    assert "cited" not in taken["claims"]["plain"]
    assert found(SQUARE, BETWEEN) == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (Claim("square", "a square", Holds(le(0, x**2 + x)), ANY), "different function"),
        (Claim("square", "a square", Inequality(x**2, ">", 0), ANY), "changed statement"),
        (Claim("square", "a square", Holds(le(0, x**2)), Domain((positive(x),))), "changed hypothesis"),
        (Claim("square", "a square", Spatial("||v||^2 >= 0", ("v vector",))), "changed statement"),
    ],
    ids=["values", "relation", "domain", "kind"],
)
def test_a_change_of_what_is_cited_shows_up(changed: Claim, kind: str) -> None:
    """Also of what the cited claim is stated with itself; nothing that merely has another title."""
    first, *_ = found(changed, BETWEEN)
    assert (first.kind, first.name, first.fatal) == (kind, "mine", True)
    assert first.text.startswith("base:square, on which it rests: ")
    retitled = Claim("square", "another title", SQUARE.statement, ANY, note="and a note")
    assert found(retitled, BETWEEN) == []


def test_another_citation_is_said_and_is_no_loss() -> None:
    mine = Claim("mine", MINE.title, MINE.statement, ANY, rests_on=("base:square",))
    (gone,) = found(SQUARE, BETWEEN, mine=mine)
    assert (gone.kind, gone.fatal, gone.worse) == ("changed citation", True, False)
    assert gone.text == "it rests no more on base:between"


def test_a_lock_with_a_damaged_citation_is_refused(tmp_path) -> None:
    taken, _ = state(SQUARE, BETWEEN)
    file = tmp_path / "theorems.lock"
    lock_file.write(taken, file)
    assert lock_file.read(file) == taken
    for damage in ({"values": []}, {"formula": 3}, {"given": [1]}):
        damaged = json.loads(json.dumps(taken))
        damaged["claims"]["mine"]["cited"]["base:square"] |= damage
        lock_file.write(damaged, file)
        with pytest.raises(BadInput, match="not a lock of this version"):
            lock_file.read(file)


def test_what_falls_in_the_other_installed_theories(monkeypatch: pytest.MonkeyPatch) -> None:
    base = Theory(name="base", claims=lambda: [SQUARE, BETWEEN])
    higher = Claim("higher", "t", Inequality(x, ">=", 1), Domain((at_least(x, 1),)), rests_on=("mine",))
    top = Theory(name="top", claims=lambda: [MINE, PLAIN, higher], uses=(base,))
    over = Claim("over", "t", SQUARE.statement, ANY, states_with=("top:higher",))
    roof = Theory(name="roof", claims=lambda: [over], uses=(top,))
    apart = Theory(name="apart", claims=lambda: [][0])  # whoever makes its claims fails
    known = {"base": base, "top": top, "roof": roof, "apart": apart}

    def named(name: str) -> Theory:
        if name == "broken":
            raise BadInput("the theory 'broken' could not be loaded")
        return known[name]

    monkeypatch.setattr(theories, "installed", lambda: dict.fromkeys([*known, "broken"]))
    monkeypatch.setattr(theories, "named", named)
    falls, notes = falls_elsewhere(["square", "BETWEEN"], base)
    assert list(falls["square"]) == ["top:mine", "top:higher", "roof:over"]
    assert notes == ["broken: the theory 'broken' could not be loaded"]
    assert falls_elsewhere(["mine"], top)[0]["mine"].keys() == {"roof:over"}
    assert falls_elsewhere(["over"], roof)[0] == {"over": {}}
