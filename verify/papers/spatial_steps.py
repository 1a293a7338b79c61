"""Decides the steps of a derivation that are about vectors, expectations and sums."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verify.language.verdict import Verdict
from verify.papers import doubts
from verify.papers.assumptions import Context
from verify.papers.decide import SHARE, Status
from verify.papers.formulas import Read
from verify.papers.function_reader import EXTREMUM
from verify.papers.keys import source_of, starts_name
from verify.papers.rows import Statement, split_top
from verify.papers.signs import RELATIONS, UNREAD, is_unread
from verify.papers.spatial_chains import Raw, read_chain
from verify.papers.spatial_context import Ready, Spatial, free_names
from verify.papers.spatial_decide import Decide, Outcome
from verify.papers.spatial_displayed import define
from verify.papers.spatial_lines import Lines
from verify.papers.spatial_memory import claim_told
from verify.papers.spatial_names import SpatialNames
from verify.papers.spatial_trials import SpatialTrials
from verify.papers.spatial_written import read_written
from verify.papers.step import Record
from verify.papers.suggest import Suggestion, may_turn, wrong_step
from verify.papers.tokens import NotUnderstood, Token
from verify.runtime.budget import SECOND
from verify.runtime.errors import BadInput
from verify.spaces.meaning.reasons import WORDS
from verify.spaces.reading.surface import ClassOf, Node

VERDICTS: dict[Verdict, Status] = {Verdict.PROVED: "proved", Verdict.REFUTED: "refuted"}


@dataclass(frozen=True)
class Step:
    """A link of a chain: its sign and the tokens of the two members beside it."""

    left: tuple[Token, ...]
    sign: Token
    right: tuple[Token, ...]

    @property
    def tokens(self) -> list[Token]:
        return [*self.left, self.sign, *self.right]


def steps_of(tokens: Sequence[Token]) -> list[Step]:
    """The links of a chain in order."""
    extra = frozenset(t.text for t in tokens if is_unread(t))
    parts = split_top(tokens, frozenset(RELATIONS) | UNREAD | extra)
    pairs = itertools.pairwise(parts)
    return [Step(tuple(a), sign, tuple(b)) for (_, a), (sign, b) in pairs if sign is not None]


def source(step: Step) -> str:
    """The LaTeX of a step, with the reason over its sign."""
    reason = source_of(step.sign.inner)
    sign = rf"\overset{{{reason}}}{{{step.sign.text}}}" if reason else step.sign.text
    texts = [source_of(step.left), sign, source_of(step.right)]
    return texts[0] + texts[1] + (" " if sign[0] == "\\" and not reason else "") + texts[2]


def _latex(tokens: Sequence[Token]) -> str:
    return source(steps_of(tokens)[0])


class SpatialSteps:
    """Asks a prover about steps, in the context that the comments of a paper have made."""

    def __init__(self, record: Record, context: Context, decide: Decide) -> None:
        self.record, self.decide = record, decide
        self.context = context
        self.spatial = Spatial(context, SpatialNames(context.names))
        self.lines = Lines(self.spatial)

    def concerns(self, step: Step, *, read: bool) -> bool:
        """Whether a step is decided here; ``read`` tells that it was read as one about numbers, norms among them."""
        parts = (step.left, step.right)
        norms = not read and any(self.spatial.has_norms(part) for part in parts)
        return step.sign.text in RELATIONS and (norms or any(self.spatial.concerns(part) for part in parts))

    def said_nothing(self) -> bool:
        """Whether no comment speaks of vectors: what is not read then is told as it is of numbers."""
        names = self.spatial.names
        return not names.said and not names.running and not self.spatial.assumptions

    def defines(self, step: Step) -> bool:
        """Whether an equation may introduce a name: one side is a name that nobody declared."""
        names = self.spatial.names
        for side in (step.left, step.right):
            if step.sign.text == "=" and side and starts_name(side[0]):
                w, end = read_written(side, 0, names)
                if end == len(side) and names.of(w) is None and not names.names.is_number(w.key):
                    return True
        return False

    def free_vectors(self, name: Sequence[Token]) -> bool:
        """Whether a name is a vector of which nothing is assumed, so that it may be any vector."""
        w, end = read_written(name, 0, self.spatial.names)
        said = self.spatial.names.of(w)
        if end != len(name) or said is None or said.kind != "vector" or self.spatial.names.is_random(w):
            return False
        variable = self.spatial.names.variable(w.key, w.source)
        mentioned = any(variable in n.args for raw in self.spatial.assumptions for n in raw.nodes())
        return not mentioned and w.index is None

    def defined(self, name: Sequence[Token], value: Sequence[Token], sign: Token, where: str) -> bool:
        """Take up a definition about vectors, expectations or sums; False where it is none."""
        if not (self.spatial.concerns(name) or self.spatial.concerns(value)):
            return False
        define(self.spatial, name, value, sign, f"the definition on {where}")
        return True

    def read(self, step: Step) -> Raw:
        """A step as a chain of trees."""
        return read_chain(step.tokens, self.spatial.names)

    def step(
        self, goal: Raw, step: Step, s: Statement, read: Read, *, asked: bool, chain: Sequence[Step]
    ) -> tuple[str, tuple[str, ...]]:
        """Decide and record one step of a chain: its status, and on what it rests besides the assumptions."""
        position = step.sign.position
        used, rests = self.lines.taken(step.sign)
        ready = self.spatial.claim(goal, used, self.lines.hints)
        outcome, special = self._decided(ready, position), tuple[str, ...]()
        if outcome.verdict is not Verdict.PROVED and ready.fixed is not None:
            with contextlib.suppress(BadInput):
                fixed = self.decide(ready.fixed, int(self._work * SHARE))
                if fixed.verdict is Verdict.REFUTED:  # it fails already where nothing is random
                    outcome, ready, special = fixed, Ready(ready.fixed), ready.special
        status: str = VERDICTS.get(outcome.verdict, "inconclusive")
        why = self._words("; ".join(outcome.why))
        if status == "refuted" and (doubt := self._doubt(ready, s, read, position, asked=asked)):
            status, why = "inconclusive", doubt
        if why == doubts.HYPOTHESIS and len(chain) == 1:
            status = "assumed"
        suggested = None
        if status == "refuted" and outcome.witness is not None:
            trials = SpatialTrials(
                self.spatial, used, self.decide, [outcome.witness], bool(special), self._work, _latex
            )
            suggested = self._suggested(step, chain, trials, ready)
        self.record.add(
            position,
            status,
            "derive",
            latex=source(step) + s.under(position),
            why=why if status != "proved" else "",
            hint=doubts.HOW_HYPOTHESIS if status == "assumed" else "",
            lines=(*special, *(self._words(line) for line in outcome.witness_lines)) if status == "refuted" else (),
            rests=(support := tuple(rests) if status == "proved" else ()),
            suggested=suggested,
            numbers=self._undeclared(ready),
        )
        return status, support

    def _suggested(self, step: Step, chain: Sequence[Step], trials: SpatialTrials, ready: Ready) -> Suggestion | None:
        """A small edit that mends a refuted step."""
        turns = may_turn([x.sign for x in chain], step.sign)
        wrong = wrong_step(step.left, step.sign, step.right, turns, self.spatial.names.names.latex)
        return self.record.suggested(wrong, trials.relation, claim_told(ready.claim))

    def _undeclared(self, ready: Ready) -> list[str]:
        """The names of a step that nothing says anything of, which are read as numbers."""
        said = {name for d in ready.claim.declarations for name in getattr(d, "names", ())}
        known = said.union(*(free_names(c) for c in ready.claim.assumptions))
        shown = self.spatial.names.names.latex
        return [shown.get(name, name) for name in sorted(free_names(ready.claim.goal) - known)]

    @property
    def _work(self) -> int:
        return int(self.record.seconds * SECOND)

    def _decided(self, ready: Ready, position: int) -> Outcome:
        """What is found about a claim; a proof counts that needs less than what is assumed."""
        work = self._work
        if ready.light is not None:
            with contextlib.suppress(BadInput):
                light = self.decide(ready.light, int(work * SHARE), thorough=False)
                if light.verdict is Verdict.PROVED:
                    return light
        said = self.lines.classes()  # what the author says is used may be enough, or a part of it
        for some in (part for n in range(len(said), 0, -1) for part in itertools.combinations(said, n)):
            kept = tuple(d for d in ready.claim.declarations if not isinstance(d, ClassOf) or d.what in some)
            reasons = tuple(r for r in ready.claim.reasons if not set(some).isdisjoint(WORDS[r.what]))
            if kept != ready.claim.declarations:
                with contextlib.suppress(BadInput):
                    few = replace(ready.claim, declarations=kept, reasons=reasons)
                    found = self.decide(few, int(work * SHARE), thorough=False)
                    if found.verdict is Verdict.PROVED:
                        return found
        try:
            return self.decide(ready.claim, work)
        except BadInput as error:  # sorts that do not fit together
            raise NotUnderstood(error.what, self._place(error, position), error.hint) from error

    def _place(self, error: BadInput, position: int) -> int:
        return position if error.position is None or error.text else error.position

    def _words(self, text: str) -> str:
        """A text with the names as the paper writes them."""
        shown = self.spatial.names.names.latex
        return re.sub(r"[A-Za-z][A-Za-z0-9_]*", lambda m: shown.get(m.group(), m.group()), text)

    # ------------------------------------------------------------ doubts

    def _doubt(self, ready: Ready, s: Statement, read: Read, position: int, *, asked: bool) -> str:
        """Why a counterexample may rest on what is not known here; empty where it counts."""
        if self.context.lost:
            return f"a point violates it, but {self.context.lost} was not understood"
        names = self.context.names
        if (opaque := sorted(n for n in free_names(ready.claim.goal) if names.opaque.get(n) == EXTREMUM)) != []:
            return f"a point violates it, but it takes {names.latex.get(opaque[0], opaque[0])} as any number"
        if ready.left_out:
            return f"a point violates it, but not all that is assumed was used: {ready.left_out[0]}"
        beside = doubts.facts(s.reasons, read)
        if beside is None or beside:
            return "a point violates it, but a reason beside the step may be a condition: assume that"
        if s.after or not s.first or not s.free_at(position):
            return "it may be meant only where what stands beside it in its row holds: state that in '% verify: assume'"
        if tied := self._tied(ready):
            return f"a point violates it, but it takes {tied} as unrelated"
        if (start := self._start(ready)) is not None:
            return f"a point violates it, but it takes {start} as random: say what the expectation is given"
        if why := self._elsewhere(ready):
            return f"a point violates it, but {why}"
        if not asked and not self._all_declared(ready):
            return doubts.HYPOTHESIS
        return ""

    def _elsewhere(self, ready: Ready) -> str:
        """Why a name of a claim is not free: the paper defines it elsewhere, or assumes something of its family.

        What is assumed of an index that stands for every number of a range is known of all members.
        """
        names = self.spatial.names
        spoken = {str(a) for raw in self.spatial.assumptions for n in raw.nodes() for a in n.args if a in names.written}
        few = {name for name in spoken if not names.written[name].letters <= names.running.keys()}
        whys = (self.context.told_elsewhere(name, spoken, few) for name in sorted(free_names(ready.claim.goal)))
        return next(filter(None, whys), "")

    def _start(self, ready: Ready) -> str | None:
        """A member of a random iteration outside expectations that may be no random one.

        It has a number for its index, or stands beside an expectation given nothing, which may be meant given it.
        """
        names = self.spatial.names
        total = any(n.op in ("E", "Var") and len(n.args) == 1 for t in ready.claim.goal.terms for n in t.walk())
        for node in (n for term in ready.claim.goal.terms for n in _outside(term)):
            w = next((names.written[str(a)] for a in node.args if node.op == "name" and a in names.written), None)
            staged = w is not None and w.index is not None and names.is_staged(w)
            if w is not None and staged and (not _letters(w.index) or (total and not names.is_said_random(w))):
                return w.source
            if node.op == "at" and not _letters(node.parts[0]) and self._staged_family(str(node.args[0])):
                return self.spatial.names.names.latex.get(str(node.args[0]), "a start")
        return None

    def _staged_family(self, family: str) -> bool:
        names = self.spatial.names
        return any(
            names.is_staged(w) and names.family(w.base, w.base_source) == family for w in list(names.written.values())
        )

    def _tied(self, ready: Ready) -> str:
        """Names that differ only in an index whose letter the claim also speaks of: they may be the same."""
        free = free_names(ready.claim.goal).union(*(free_names(c) for c in ready.claim.assumptions))
        written = self.spatial.names.written
        families: dict[str, list[str]] = {}
        for name in sorted(free & written.keys()):
            index = written[name].index
            if index is not None:
                families.setdefault(written[name].base, []).append(name)
        for members in families.values():
            letters = [_letters(written[name].index) for name in members]
            if len(members) > 1 and any(group & free for group in letters):
                return " and ".join(written[name].source for name in members[:2])
        return ""

    def _all_declared(self, ready: Ready) -> bool:
        declared = {name for d in ready.claim.declarations for name in getattr(d, "names", ())}
        return free_names(ready.claim.goal) <= declared


def _outside(node: Node) -> Iterator[Node]:
    """The parts of a term outside expectations."""
    yield node
    if node.op not in ("E", "Var"):
        for part in node.parts:
            yield from _outside(part)


def _letters(index: Node | None) -> frozenset[str]:
    return frozenset() if index is None else frozenset(str(n.args[0]) for n in index.walk() if n.op == "name")
