"""The figures of a gallery, as ``verify simulate --all`` writes one, on the pages of the claims that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from verify.reports.gallery import INDEX, Entry, alt, read
from verify.runtime.errors import BadInput

FOLDER = "_static/figures"


@dataclass(frozen=True)
class Figure:
    """One experiment of a gallery with the address of its picture."""

    entry: Entry
    file: str

    @property
    def alt(self) -> str:
        """What the picture says to whoever does not see it."""
        return alt(self.entry)

    def beside(self, depth: int) -> Figure:
        """The same for a page so many folders below the root of the site."""
        return replace(self, file="../" * depth + self.file)


@dataclass(frozen=True)
class Gallery:
    """Figures, with the bytes of their pictures by path in the site."""

    figures: Sequence[Figure] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    def by_claim(self) -> Mapping[str, Sequence[Figure]]:
        """The figures by the claims that they are about."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            for claim in figure.entry.claims:
                found[claim].append(figure)
        return found


def gallery(folder: Path | None) -> Gallery:
    """What a folder holds; nothing for no folder. ``BadInput`` where it is no gallery."""
    if folder is None:
        return Gallery()
    hint = f"verify simulate --all --fast --format svg --out {folder} writes one"
    entries = read(folder)
    if not entries:
        raise BadInput(f"{folder} is not a gallery: it has no {INDEX} with figures", hint)
    figures, files = list[Figure](), dict[str, bytes]()
    for e in entries.values():
        if Path(e.picture).name != e.picture:
            raise BadInput(f"{folder / INDEX} names {e.picture}, which is not in its folder", hint)
        address = f"{FOLDER}/{e.picture}"
        try:
            files[address] = (folder / e.picture).read_bytes()
        except OSError as error:
            raise BadInput(f"cannot read {folder / e.picture}: {error.strerror}", hint) from error
        figures.append(Figure(e, address))
    return Gallery(figures, files)
