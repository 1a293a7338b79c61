r"""Commands that read other files: \input and \include, subfiles, packages and classes of the folder.

Of a package only the definitions count. Styles of publishers and conferences that authors put beside their papers are
not opened: they lay out pages and leave mathematics as it is, in ways that cannot be followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.papers.tokens import commands

COMMANDS = commands(
    "input include includeonly subfile subfileinclude import subimport inputfrom subinputfrom InputIfFileExists @input "
    "usepackage RequirePackage RequirePackageWithOptions documentclass LoadClass LoadClassWithOptions"
)
_FOLDERS = commands("import subimport inputfrom subinputfrom")
_PACKAGES = commands("usepackage RequirePackage RequirePackageWithOptions")
_CLASSES = commands("documentclass LoadClass LoadClassWithOptions")
_OPTIONS = r"\s*(?P<options>\[[^\]]*\])?"
_NAMES = re.compile(_OPTIONS + r"\s*\{(?P<names>[^{}]*)\}(?:\s*\[[^\]]*\])?")
_TWO = re.compile(r"\*?\s*\{(?P<folder>[^{}]*)\}\s*\{(?P<names>[^{}]*)\}")
_BARE = re.compile(r"[ \t]*(?P<names>[^\s{}\\%]+)")
_BEGIN = re.compile(r"^(?:[^%\n]|\\%)*?(?P<begin>\\begin[ \t]*\{document\})", re.MULTILINE)
# Files of a TeX distribution that are read by name, and pictures and lists of references: they define no mathematics.
_DISTRIBUTED = frozenset({"glyphtounicode", "xy", "xypic", "epsf", "insbox", "pdfcolor", "binhex", "pictex"})
_PICTURES = (".tikz", ".pgf", ".bbl", ".pdf_tex", ".pdf_t", ".pstex_t", ".eps_tex", ".ind", ".gls", ".nls")
_PUBLISHED = re.compile(
    r"(neurips|nips|icml|iclr|aistats|aaai|ijcai|uai|colt|alt|jmlr|tmlr|acl|emnlp|naacl|cvpr|eccv|iccv|eccvabbrv|"
    r"corl|l4dc|mlsys|automl|wacv|interspeech|spconf|ieee|acmart|acm|llncs|splncs|svjour|svmult|sn-jnl|elsarticle|"
    r"elsart|siam|siamart|ams|imsart|informs|interact|wiley|oup|cup|mdpi|frontiers|plos|springer|birkjour|aistats|"
    r"natbib|fancyhdr|algorithm|algorithmic|algorithm2e|algorithmicx|algpseudocode|cleveref|hyperref|times|url|"
    r"booktabs|nicefrac|microtype|caption|subcaption|subfigure|subfig|placeins|epsfig|arxiv|authblk|forloop|"
    r"fancybox|lineno|tocloft|titlesec|enumitem|multirow|setspace|geometry|todonotes|minitoc|orcidlink|standalone|"
    r"verify|ims|statsoc|biometrika|jrss)"
    # Years and editions: a paper's own basics.sty or amsmacros.sty is none of these, and what it defines counts.
    r"(?:[-_]?(?:\d{1,8}e?|tran|art|article|proc|conf|conference|final|arxiv|style|preprint|workshop|submit|latex|number)|_e)*"
)


@dataclass(frozen=True)
class Request:
    """Files that a command reads, where it ends, and how they are found.

    ``package``: only definitions count. ``grouped``: what is defined there ends with the file. ``preamble``: only what
    stands before the document. ``needed``: TeX stops where it is not there.
    """

    names: tuple[str, ...]
    end: int
    endings: tuple[str, ...] = (".tex", "")
    folder: str = ""
    package: bool = False
    grouped: bool = False
    preamble: bool = False
    needed: bool = True


def request(word: str, text: str, position: int) -> Request | None:
    """What a command that ends at this place reads; None where that cannot be told."""
    if word in _FOLDERS:
        two = _TWO.match(text, position)
        if two is None:
            return None
        folder = two["folder"].strip().removeprefix("./")
        folder = folder if not folder or folder.endswith("/") else folder + "/"
        return Request((two["names"].strip(),), two.end(), folder=folder)
    found = _NAMES.match(text, position)
    if found is None and word == r"\input":
        found = _BARE.match(text, position)
    if found is None:
        return None
    names = tuple(filter(None, (n.strip().removeprefix("./") for n in found["names"].split(","))))
    end = found.end("names") + (text[found.end("names") : found.end("names") + 1] == "}")
    if word == r"\documentclass" and names == ("subfiles",):
        main = (found["options"] or "").strip("[] ").removeprefix("./")
        return Request((main,), end, package=True, preamble=True) if main else None
    if word in _PACKAGES:
        return Request(names, end, (".sty",), package=True, needed=False)
    if word in _CLASSES:
        return Request(names, end, (".cls",), package=True, needed=False)
    if word in (r"\subfile", r"\subfileinclude"):
        return Request(names, end, grouped=True)
    if word in (r"\include", r"\includeonly"):
        return Request(names, end, (".tex",))
    return Request((found["names"].strip().removeprefix("./"),), end, needed=word == r"\input")


def known(wanted: Request, name: str) -> bool:
    """Whether a package or a file is one that is not opened, since it defines no mathematics."""
    if wanted.package and not wanted.preamble:
        return _PUBLISHED.fullmatch(name.lower()) is not None
    return name in _DISTRIBUTED


def idle(name: str) -> bool:
    """Whether a file that is not there may be a picture or a list of references."""
    return name.endswith(_PICTURES)


def span(wanted: Request, text: str) -> tuple[int, int | None]:
    """From where to where a file is read: the document of a subfile, the preamble of the paper it belongs to."""
    begin = _BEGIN.search(text)
    if begin is None:
        return 0, None
    if wanted.preamble:
        return 0, begin.start("begin")
    return (begin.end(), None) if wanted.grouped else (0, None)
