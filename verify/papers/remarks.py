r"""Words inside a display: joints such as "and", reasons such as "since x > 0", and everything else.

Words that are not known may change what the display says, so it is not understood: ``x = x \text{ does not hold}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from verify.papers.tokens import Token, word_set

Words = Literal["nothing", "cut", "or", "iff", "implies", "reason", "remark", "unknown"]

# Phrases that join two statements, as they are written; the longest is tried first.
_JOINTS: dict[str, Words] = {
    "or": "or", "iff": "iff", "if and only if": "iff", "is equivalent to": "iff", "are equivalent to": "iff",
    "which is equivalent to": "iff", "exactly when": "iff", "precisely when": "iff", "implies": "implies",
    "implies that": "implies", "which implies": "implies", "imply": "implies",
}  # fmt: skip
_FILLERS = word_set(
    "and also then thus hence so therefore moreover furthermore consequently finally indeed similarly likewise "
    "now again we have get obtain find that is it follows i.e ie namely yields gives clearly first second "
    "in particular both well as next"
)
_REASONS = word_set(
    "since because as by from using due via see use follows recall note cf where_by thanks noting applying following"
)
# Words after which a remark is no plain reason: they deny, weaken or restrict what stands before.
_DOUBTFUL = word_set(
    "not no non never false wrong incorrect fails fail failed untrue untruth neither nor cannot can't isn't doesn't "
    "without except unless only if when whenever iff where for all any every some provided given assuming assume "
    "suppose with approximately approx asymptotically asymptotic almost probability expectation distribution mod "
    "modulo up constants constant conjecture conjectured hope hopefully maybe perhaps heuristically formally "
    "contradiction impossible otherwise typo error exceptions eventually large small sufficiently until w.p w.h.p a.s "
    "a.e limit or distributed stochastically claim"
)
_RESTRICTING = word_set(
    "for if when whenever provided unless where with assuming except only once until given while not no never false "
    "fails wrong"
)
_DENIALS = word_set(
    "not no never false wrong incorrect fails fail untrue cannot contradiction impossible nor neither unless if "
    "suppose typo otherwise"
)
_PROSE = word_set(
    "and or if when where for all with is are real then not such that since only unless given any some every let be "
    "positive negative integer natural number numbers whenever from here the because by small large both each otherwise"
)
_LABEL_WORDS = word_set("lemma theorem thm proposition prop corollary cor eq eqn equation assumption step def.")
_OPEN, _CLOSE = "([{", ")]}"


def _split(words: str) -> list[str]:
    return [w for w in re.split(r"[\s,;:~]+", words.lower()) if w.strip(".()[]!")]


def _bare(word: str) -> str:
    return word.strip(".,;:()[]!`'\"")


def words_of(t: Token) -> str:
    r"""The words of a \text token."""
    return t.text[len(r"\text{") : -1]


def kind_of(words: str, *, aside: bool) -> Words:
    """What some words do to the statements beside them; ``aside`` tells that they stand where remarks stand."""
    text = " ".join(words.split()).strip()
    plain = " ".join(filter(None, (_bare(w) for w in _split(text))))
    if not plain:
        return "nothing" if re.fullmatch(r"[\s.,;:~]*", text) else "unknown"
    found = [w for w in plain.split() if w]
    bracketed = text.rstrip(".,;: ")[:1] in _OPEN and text.rstrip(".,;: ")[-1:] in _CLOSE
    if plain in _JOINTS and not bracketed:
        return _JOINTS[plain]
    if all(w in _FILLERS for w in found) and not bracketed:
        return "cut"
    because = found[0] in _REASONS
    denied = "?" in text or bool(set(found) & (_DENIALS if because else _DOUBTFUL))
    if bracketed or aside:
        return "remark" if aside and not denied else "unknown"
    return "reason" if because and not denied else "unknown"


def denies(words: str) -> bool:
    """Whether a text between two rows may turn what it introduces into something else than a claim."""
    return bool({_bare(w) for w in _split(words)} & _DENIALS)


def restricts(words: str) -> bool:
    """Whether words may restrict what stands beside them, so that a counterexample to that is no news."""
    return bool(set(re.findall(r"[a-z]+", words.lower())) & _RESTRICTING)


def word_in(text: str) -> str:
    r"""A word of prose in a comment, outside \text: read as letters, it would be a product."""
    prose = re.sub(r"\\[A-Za-z]+(\s*\{[^{}]*\})?", " ", text)
    return next((w for w in re.findall(r"(?<![^\s,;.(])[A-Za-z]+(?![^\s,;.)])", prose) if w.lower() in _PROSE), "")


def is_label(tokens: Sequence[Token]) -> bool:
    r"""Whether what stands over a relation only numbers or names the step: (a), (ii), 1, *, \eqref{...}, "Lemma 2"."""
    shown = [t for t in tokens if t.text not in (" ", "{", "}", r"\,", r"\!", r"\;", "~", r"\mathrm", r"\scriptstyle")]
    if not shown:
        return True
    if shown[0].text in (r"\eqref", r"\ref", r"\cref", r"\Cref", r"\autoref"):
        return True
    if shown[0].text in (r"\text", r"\textrm", r"\mbox", r"\textnormal", r"\textup", r"\textit"):
        shown = shown[1:]
    text = "".join(t.text for t in tokens if (t.text not in ("{", "}") and t.text in (" ", "~")) or t in shown)
    text = " ".join(text.replace("~", " ").split())
    if re.fullmatch(r"\(\s*([A-Za-z0-9]{1,4}|\\alph|\\ast|\*+|\\star)\s*\)", text):
        return True
    if re.fullmatch(r"[0-9]{1,3}|[abc]|i|ii|iii|iv|v|vi|\*{1,3}|(\\ast|\\star|\\dagger){1,3}", text):
        return True
    words = text.strip("()[] ").lower().split()
    if words and words[0].rstrip(".") in _LABEL_WORDS:
        return len(words) == 1 or re.fullmatch(r"\(?[0-9a-z.]+\)?", words[-1]) is not None
    return bool(words) and words[0] in ("by", "using") and not set(words) & _DOUBTFUL


def defines(tokens: Sequence[Token]) -> bool:
    """Whether what stands over an equals sign makes it a definition."""
    text = "".join(t.text for t in tokens if t.text not in (" ", "{", "}"))
    return (
        re.fullmatch(r"(\\(text|mathrm|textrm|mbox|rm))?(def|def\.|Def|\\triangle|\\vartriangle|:)", text) is not None
    )
