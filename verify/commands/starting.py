"""``verify init``: what a repository needs to have its claims checked."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from verify.commands.common import note
from verify.commands.program import examples
from verify.commands.regression import lock
from verify.runtime import files
from verify.runtime.errors import BadInput

STARTER = Path(__file__).parent / "starter"
CLAIMS = "claims.py"
FILES: Mapping[str, str] = {  # as they are called in a repository, and here
    CLAIMS: "claims.py",
    ".github/workflows/theorems.yml": "theorems.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
}
LOCK = "theorems.lock"
ACTION = ".github/actions/verify/action.yml"


@click.command(
    short_help="a file of claims, a workflow, hooks and a lock, to begin with",
    epilog=examples("verify init", "verify init my-theorems"),
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.pass_context
def init(ctx: click.Context, folder: Path) -> None:
    """Begin a repository of claims in DIR, by default here: a file of two claims, a workflow, hooks, and a lock.

    Nothing that is there already is touched: if one of the files is, nothing is written.
    """
    from verify.reports.wrapping import say

    taken = [name for name in (*FILES, LOCK) if os.path.lexists(folder / name)]
    if taken:
        raise BadInput(f"{folder} has {', '.join(taken)} already", "nothing was written; name another folder")
    with _all_or_nothing(folder):
        for name, ours in FILES.items():
            files.write_below(folder / name, (STARTER / ours).read_bytes())
        with contextlib.chdir(folder):  # a lock names files from where it is
            ctx.invoke(lock, files=(CLAIMS,), workers=1)
    say(f"wrote {', '.join(str(folder / name) for name in (*FILES, LOCK))}\n\nnext:")
    click.echo("\n".join(f"  {line}" for line in _next(folder)))
    above = _repository(folder)
    if above is not None and above != folder.resolve():
        note(f"note: the repository is {above}: workflows and hooks are looked for there")


def _next(folder: Path) -> Iterator[str]:
    """Commands that work from here on, with what each is for."""
    if folder.resolve() != Path.cwd():
        yield f"cd {folder}"
    if _repository(folder) is None:
        yield "git init"
    yield "# proves one claim and refutes the other, as the lock says"
    yield f"verify check {CLAIMS} --locked"
    yield "# checks again whenever the file is saved, until ctrl-C"
    yield f"verify watch {CLAIMS}"
    source = origin()
    yield "# the workflow takes the verifier from here"
    if source is not None:
        yield f"git submodule add {source} verifier"
    else:
        yield "# (add its repository as the submodule verifier: docs/guide/ci.md)"
    yield "# after pip install pre-commit; pre-commit install runs the hooks at every commit"
    yield "git add --all"
    yield "pre-commit run --all-files"


@contextlib.contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Remove what was written, and the folders for it, if the block fails."""
    made = [p for name in FILES for p in [*(folder / name).parents] if not p.exists()]
    try:
        yield
    except BaseException:
        for name in (*FILES, LOCK):
            with contextlib.suppress(OSError):
                (folder / name).unlink()
        for path in sorted(set(made), key=lambda p: len(p.parts), reverse=True):
            with contextlib.suppress(OSError):  # somebody else's file is in it
                path.rmdir()
        raise


def _repository(folder: Path) -> Path | None:
    """The repository that a folder is in."""
    inside = folder.resolve()
    return next((p for p in (inside, *inside.parents) if (p / ".git").exists()), None)


def origin() -> str | None:
    """Where the verifier's clone came from, if this is one."""
    clone = Path(__file__).resolve().parents[2]
    if not (clone / ".git").exists() or not (clone / ACTION).is_file():
        return None
    import subprocess

    command = ["git", "-C", str(clone), "remote", "get-url", "origin"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return None
    return found or None
