r"""Commands that the reader gives a meaning to, so that a file that defines them again is noticed.

``CORE`` are those of LaTeX itself: ``\providecommand`` leaves them as they are. Others come from packages, so that it
depends on the packages what ``\newcommand`` and ``\providecommand`` do with them.
"""

from __future__ import annotations

from functools import cache

from verify.papers.tokens import word_set

CORE = word_set(
    r"\le \leq \ge \geq \ne \neq \in \sim \simeq \approx \equiv \cong \propto \ll \gg \doteq \to \rightarrow \mapsto "
    r"\frac \sqrt \min \max \log \ln \exp \cdot \times \infty \left \right \big \Big \bigg \Bigg \bigl \bigr \Bigl "
    r"\Bigr \biggl \biggr \Biggl \Biggr \iff \Leftrightarrow \Longleftrightarrow \Rightarrow \Longrightarrow \land "
    r"\lor \wedge \vee \mathrm \mathit \mathbf \mathsf \mathtt \mathnormal \mathcal \hat \bar \tilde \widehat "
    r"\widetilde \overline \vec \dot \ddot \alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta "
    r"\iota \kappa \lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi \chi \psi "
    r"\omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega \ell \hbar \imath \jmath \aleph "
    r"\quad \qquad \, \; \: \! \label \mbox \textrm \textup \textnormal \textit \textbf \hbox \phantom \hphantom "
    r"\vphantom \stackrel \nonumber \displaystyle \textstyle \limits \nolimits \ast \star \dagger \prime \{ \} \| \\ "
    r"\mid \perp \top \lbrace \rbrace \lbrack \rbrack \underbrace \overbrace \mathop \ensuremath \fbox \hspace "
    r"\vspace \not \sum \prod \int \partial \nabla \pm \mp \subset \subseteq \forall \exists \not \neg \mathstrut"
)


@cache
def _read() -> frozenset[str]:
    from verify.papers import keys, name_reader, rows

    greek = {"\\" + word for word in keys.GREEK}
    return frozenset().union(CORE, greek, keys.FONTS, keys.STYLED, rows.MEANT, name_reader.MEANT)


def known(word: str) -> bool:
    """Whether the reader gives this command a meaning."""
    return word in _read()
