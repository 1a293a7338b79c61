r"""The signs of a display: relations that are read, relations that are not, arrows, operations, brackets, spaces."""

from __future__ import annotations

from verify.papers.tokens import Token, word_set

RELATIONS = {
    "=": "==", "<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=", r"\lt": "<", r"\gt": ">", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
ARROWS = {
    r"\iff": "iff", r"\Leftrightarrow": "iff", r"\Longleftrightarrow": "iff", r"\implies": "implies",
    r"\Rightarrow": "implies", r"\Longrightarrow": "implies",
}  # fmt: skip
# Relations that give a name to something: there is nothing to prove about them.
DEFINITIONS = word_set(r"\coloneqq \coloneq \eqqcolon \triangleq \vcentcolon= := =: ::= \Coloneqq \defeq \eqdef")
UNREAD = DEFINITIONS | word_set(
    r"\approx \sim \simeq \cong \propto \ll \gg \lesssim \gtrsim \equiv \doteq \asymp \to "
    r"\rightarrow \mapsto \preceq \succeq \prec \succ \in \subset \subseteq \xrightarrow \longrightarrow \uparrow "
    r"\downarrow \leftarrow \mid \supset \supseteq \notin \ni \gets \longmapsto \hookrightarrow \nearrow \searrow "
    r"\leftrightarrow \approxeq \lessapprox \gtrapprox \nsim \ncong \models \vdash \perp \parallel \nmid "
    r"\preccurlyeq \succcurlyeq \trianglelefteq \sqsubseteq \Leftarrow \Longleftarrow \impliedby \nleq \ngeq \nless "
    r"\ngtr ≈ ≡ ∼ ∝ → ∈ ≪ ≫ ≲ ≳"
)
OPERATIONS = frozenset({"+", "-", "*", "/", r"\cdot", r"\times", "−"})
OPENING = frozenset({"(", "[", "{", r"\{", r"\lvert", r"\lVert", r"\lbrace", r"\lbrack", r"\langle"})
CLOSING = frozenset({")", "]", "}", r"\}", r"\rvert", r"\rVert", r"\rbrace", r"\rbrack", r"\rangle"})
# What only sets spaces or marks.
SPACE = word_set(
    r"\, \; \: \! \> \quad \qquad ~ \displaystyle \textstyle \nonumber \notag \allowdisplaybreaks \limits \nolimits "
    r"\mathstrut \strut \thinspace \medspace \thickspace \negthinspace \par \relax \hfill \null \noindent \scriptstyle "
    r"\IEEEyesnumber \IEEEnonumber \yesnumber \qedhere \qed \IEEEQEDhere"
) | {" ", "\\ ", "\\\n"}
SIGNS = frozenset(RELATIONS) | frozenset(ARROWS) | UNREAD


def is_unread(t: Token) -> bool:
    """Whether a token is a relation of which nothing is concluded."""
    return t.kind in ("unread", "definition") or (t.kind == "token" and t.text in UNREAD)


def is_definition(t: Token) -> bool:
    return t.kind == "definition" or (t.kind == "token" and t.text in DEFINITIONS)


def from_right(t: Token) -> bool:
    """Whether a definition has its name on the right, as in a + b =: c."""
    return t.text in ("=:", r"\eqqcolon", r"\eqdef", r"\Eqqcolon")


def is_sign(t: Token) -> bool:
    """Whether a token is a relation or an arrow."""
    return t.kind in ("unread", "definition") or (t.kind == "token" and t.text in SIGNS)
