"""What a macro means is what TeX knows at that place: definitions, groups, conditionals and copies."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "group": (r"\newcommand{\c}{1}", r"{\renewcommand{\c}{2}}", DERIVE, r"\[ \c = 2 \]", "R"),
    "begingroup": (r"\newcommand{\c}{1}", r"\begingroup\renewcommand{\c}{2}\endgroup", DERIVE, r"\[ \c = 2 \]", "R"),
    "env group": (
        r"\newcommand{\c}{1}",
        r"\begin{center}\renewcommand{\c}{2}\end{center}",
        DERIVE,
        r"\[ \c = 2 \]",
        "R",
    ),
    "gdef in group": (r"\newcommand{\c}{1}", r"{\gdef\c{2}}", DERIVE, r"\[ \c = 2 \]", "P"),
    "global def": (r"\newcommand{\c}{1}", r"{\global\def\c{2}}", DERIVE, r"\[ \c = 1 \]", "R"),
    "let": (r"\newcommand{\c}{1}\newcommand{\d}{2}\let\c\d", DERIVE, r"\[ \c = 1 \]", "R"),
    "let le": (r"\let\le\ge", DERIVE, r"\[ 1 \le 0 \]", "P"),
    "let old": (r"\let\oldle\le\renewcommand{\le}{\ge}", DERIVE, r"\[ 0 \oldle 1 \]", "P"),
    "let old2": (r"\let\oldle\le\renewcommand{\le}{\ge}", DERIVE, r"\[ 1 \oldle 0 \]", "R"),
    "renew le": (r"\renewcommand{\le}{\ge}", DERIVE, r"\[ 1 \le 0 \]", "P"),
    "newcommand le": (r"\newcommand{\le}{\ge}", DERIVE, r"\[ 1 \le 0 \]", "N"),
    "edef": (r"\newcommand{\c}{1}\edef\c{2}", DERIVE, r"\[ \c = 1 \]", "N"),
    "csname": (r"\newcommand{\c}{1}\expandafter\def\csname c\endcsname{2}", DERIVE, r"\[ \c = 1 \]", "N"),
    "csname comp": (r"\newcommand{\c}{1}\expandafter\def\csname\x\endcsname{2}", DERIVE, r"\[ x = x \]", "N"),
    "ifx": (r"\newcommand{\c}{1}\ifx\a\b\renewcommand{\c}{2}\fi", DERIVE, r"\[ \c = 1 \]", "N"),
    "iftrue else": (
        r"\newcommand{\c}{1}\iftrue\renewcommand{\c}{2}\else\renewcommand{\c}{3}\fi",
        DERIVE,
        r"\[ \c = 2 \]",
        "P",
    ),
    "iffalse else": (
        r"\newcommand{\c}{1}\iffalse\renewcommand{\c}{2}\else\renewcommand{\c}{3}\fi",
        DERIVE,
        r"\[ \c = 3 \]",
        "P",
    ),
    "nested iffalse": (r"\newcommand{\c}{1}\iffalse\ifx\a\b\fi\renewcommand{\c}{2}\fi", DERIVE, r"\[ \c = 1 \]", "P"),
    "definer macro": (
        r"\newcommand{\c}{1}\newcommand{\setc}[1]{\renewcommand{\c}{#1}}\setc{2}",
        DERIVE,
        r"\[ \c = 1 \]",
        "N",
    ),
    "definer macro2": (r"\newcommand{\re}[2]{\renewcommand{#1}{#2}}\re{\le}{\ge}", DERIVE, r"\[ 1 \le 0 \]", "N"),
    "atbegin": (
        r"\newcommand{\c}{1}\AtBeginDocument{\renewcommand{\c}{2}}",
        r"\begin{document}",
        DERIVE,
        r"\[ \c = 1 \]",
        "N",
    ),
    "opt arg": (r"\newcommand{\p}[2][x]{#1+#2}", DERIVE, r"\[ \p{y} = x+y \]", DERIVE, r"\[ \p[z]{y} = z+y \]", "PP"),
    "opt space": (r"\newcommand{\p}[2][x]{#1+#2}", DERIVE, r"\[ \p [z]{y} = z+y \]", "P"),
    "def delim": (r"\def\p#1;{#1}", DERIVE, r"\[ \p x; = x \]", "N"),
    "def args": (r"\def\p#1#2{#1+#2}", DERIVE, r"\[ \p xy = x + y \]", "P"),
    "catcode": (r"\catcode`\!=13", DERIVE, r"\[ x = x \]", "N"),
    "renewenv": (r"\renewenvironment{align}{}{}", DERIVE, r"\begin{align} x &= x \end{align}", "N"),
    "def in display": (DERIVE, r"\[ \def\x{1} \x = 1 \]", "N"),
    "gdef phantom": (
        r"\newcommand{\c}{1}",
        DERIVE,
        r"\[ \phantom{\gdef\c{2}} \c = 1 \]",
        DERIVE,
        r"\[ \c = 1 \]",
        "NN",
    ),
    "verb": (r"\verb|\renewcommand{\le}{\ge}|", DERIVE, r"\[ 1 \le 0 \]", "R"),
    "percent": (DERIVE, r"\[ 50\% = 0.5 \]", "N"),
    "commented def": (r"% \renewcommand{\le}{\ge}", DERIVE, r"\[ 1 \le 0 \]", "R"),
}

test_what_is_said = said_of(CASES)
