"""The figures of a gallery, as ``verify simulate --all`` writes one, on the pages of the claims that they are about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verify.runtime.errors import BadInput

INDEX = "gallery.json"
FOLDER = "_static/figures"


@dataclass(frozen=True)
class Figure:
    """One experiment's picture; ``file`` is its address."""

    name: str
    title: str
    file: str
    summary: tuple[str, ...]
    claims: tuple[str, ...]
    agrees: bool

    def beside(self, depth: int) -> Figure:
        """The same for a page so many folders below the root of the site."""
        return replace(self, file="../" * depth + self.file)


@dataclass(frozen=True)
class Gallery:
    """Figures, with the bytes of their pictures by path in the site."""

    figures: Sequence[Figure] = ()
    files: Mapping[str, bytes] | None = None

    def by_claim(self) -> Mapping[str, Sequence[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            for claim in figure.claims:
                found[claim].append(figure)
        return found


def gallery(folder: Path | None) -> Gallery:
    """What a folder holds; nothing for no folder. ``BadInput`` where it is no gallery."""
    if folder is None:
        return Gallery()
    hint = f"verify simulate --all --fast --out {folder} writes one"
    try:
        data = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        figures, files = list[Figure](), dict[str, bytes]()
        for entry in data["figures"]:
            picture = next(name for form in ("svg", "png") for name in entry["files"] if name.endswith(form))
            if Path(picture).name != picture:
                raise BadInput(f"{folder / INDEX} names {picture}, which is not in its folder", hint)
            address = f"{FOLDER}/{picture}"
            files[address] = (folder / picture).read_bytes()
            summary, claims = tuple(map(str, entry["summary"])), tuple(map(str, entry["claims"]))
            agrees = bool(entry["agrees"])
            figures.append(Figure(str(entry["name"]), str(entry["title"]), address, summary, claims, agrees))
    except OSError as error:
        raise BadInput(f"cannot read the gallery in {folder}: {error.strerror}", hint) from error
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise BadInput(f"{folder / INDEX} is not the index of a gallery", hint) from error
    return Gallery(figures, files)
