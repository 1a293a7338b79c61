"""What this package is called where packages are installed from."""

from __future__ import annotations

NAME = "maml-erm-theory"


def version() -> str:
    """The installed version; ``unknown`` for sources that were never installed."""
    from importlib import metadata  # loading it would be felt in every start of the program

    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        return "unknown"


def with_extra(extra: str) -> str:
    """The command that installs what an optional feature needs."""
    return f"pip install '{NAME}[{extra}]'"
