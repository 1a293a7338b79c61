"""Coq itself: files compiled in a folder of the cache, and what their theorems assume.

A module is named by a digest of its text, where the modules that it needs are named too; so one that is there, with the
record of its audit, was compiled as it is. The folder is a cache: ``--again`` compiles everything anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from verify.coq import spaces, words
from verify.coq.collection import Part, digest
from verify.coq.lemmas import NUMBERS, texts
from verify.runtime import files
from verify.runtime.errors import BadInput

# Axioms of the classical real numbers in Coq's own library, and nothing else.
ALLOWED = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)
# Seconds of processor time for one file; the longest of the theory takes 39, measured beside other work.
LIMIT = 200
LIBRARY = (*NUMBERS, *spaces.LIBRARY, *words.LIBRARY)  # in the order in which they are compiled
INSTALL = "install it, e.g. apt-get install coq; verify export coq needs no Coq"


@dataclass(frozen=True)
class Compiled:
    """What became of one file: whether Coq accepted it, the axioms that it assumes, and what Coq said otherwise."""

    module: str
    accepted: bool
    axioms: tuple[str, ...] = ()
    said: str = ""
    limited: bool = False  # out of processor time: nothing is known
    kept: bool = False  # from an earlier run
    tried: bool = True  # whether Coq was asked at all
    seconds: float = 0  # of processor time, when it was compiled

    @property
    def foreign(self) -> list[str]:
        """Axioms that are not among those of the classical reals."""
        return [axiom for axiom in self.axioms if axiom not in ALLOWED]


def program() -> str:
    """The path of coqc; ``BadInput`` where there is none."""
    found = shutil.which("coqc")
    if found is None:
        raise BadInput("there is no coqc here", INSTALL)
    return found


def version() -> str:
    """As Coq says it, such as 8.16.1; what it says in whole is part of the name of the cache's folder."""
    said = subprocess.run([program(), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"version (\S+)", said)
    return found[1] if found else "unknown"


def prepared(folder: Path, names: Sequence[str] = LIBRARY) -> Path:
    """The compiled library, in a folder of its own below the cache's, named by its text and Coq's version.

    ``names``: which files are needed, with all those that they need.
    """
    home = folder / digest([version(), texts(LIBRARY)])
    lemmas = home / "Verify"
    for name, text in texts(names).items():
        if (lemmas / f"{name}.vo").exists():
            continue
        files.write_below(lemmas / f"{name}.v", text)
        done = run(home, lemmas / f"{name}.v")
        if done.code:
            raise BadInput(f"Coq {version()} does not accept the library ({name})", _first_lines(done.error))
    return home


def compiled(parts: Sequence[Part], home: Path, workers: int, done: Callable[[Compiled], None]) -> list[Compiled]:
    """Every file, compiled after what it needs; one whose needs failed is not tried."""
    found: dict[str, Compiled] = {}
    waiting = list(parts)
    running: dict[Future[Compiled], str] = {}
    with ThreadPoolExecutor(workers) as pool:
        while waiting or running:
            for part in [p for p in waiting if all(n in found for n in p.needs)]:
                waiting.remove(part)
                failed = [found[n] for n in part.needs if not found[n].accepted]
                if failed:
                    said = f"{failed[0].module}, which it needs, was not accepted"
                    limited = any(f.limited for f in failed)
                    one = Compiled(part.module, False, said=said, limited=limited, tried=False)
                    found[part.module] = one
                    done(one)
                else:
                    running[pool.submit(_compiled, part, home)] = part.module
            if not running:
                continue
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                found[running.pop(future)] = future.result()
                done(future.result())
    return [found[p.module] for p in parts]


def _compiled(part: Part, home: Path) -> Compiled:
    theory = home / "Theory"
    source, record = theory / f"{part.module}.v", theory / f"{part.module}.json"
    if (theory / f"{part.module}.vo").exists() and record.exists():
        kept = _record(record, digest([part.text]))
        if kept is not None:
            return Compiled(part.module, True, kept[0], kept=True, seconds=kept[1])
    files.write_below(source, part.text + "Print Assumptions all_of_this_file.\n")
    done = run(home, source)
    if done.code:
        limited = done.code in (-24, -9, 137, 152)  # SIGXCPU or SIGKILL, as the shell or the kernel says it
        return Compiled(part.module, False, said=_first_lines(done.error), limited=limited, seconds=done.seconds)
    axioms = assumed(done.said)
    if axioms is None:
        return Compiled(part.module, False, said="Coq did not say what the theorems assume", seconds=done.seconds)
    files.write(record, json.dumps({"axioms": list(axioms), "text": digest([part.text]), "seconds": done.seconds}))
    return Compiled(part.module, True, axioms, seconds=done.seconds)


def _record(path: Path, text: str) -> tuple[tuple[str, ...], float] | None:
    """The axioms that were found for a text, as they were written down, and how long that took."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return (tuple(map(str, kept["axioms"])), float(kept["seconds"])) if kept["text"] == text else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True)
class Ran:
    """What a run of coqc came to: its exit code, what it printed, and its seconds of processor time."""

    code: int
    said: str
    error: str
    seconds: float


def run(home: Path, source: Path) -> Ran:
    """coqc on one file, stopped by the system after ``LIMIT`` seconds of processor time."""
    below = [text for name in ("Verify", "Theory") for text in ("-Q", str(home / name), name)]
    options = ["-q", "-noglob", *below, "-w", "none"]
    command = ["sh", "-c", f'ulimit -t {LIMIT}; exec "$@"', "coqc", program(), *options, str(source)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as error:
        process = subprocess.Popen(command, stdout=out, stderr=error, stdin=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)  # of this process alone, which others run beside
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        error.seek(0)
        return Ran(process.returncode, out.read(), error.read(), round(used.ru_utime + used.ru_stime, 2))


def assumed(said: str) -> tuple[str, ...] | None:
    """The axioms in what ``Print Assumptions`` prints, None where it prints nothing of the kind.

    >>> assumed("Axioms:\\nClassical_Prop.classic : forall P : Prop, P \\\\/ ~ P\\n")
    ('Classical_Prop.classic',)
    >>> assumed("Closed under the global context\\n")
    ()
    """
    if said.strip() == "Closed under the global context":
        return ()
    if not said.startswith("Axioms:\n"):
        return None
    lines = [line for line in said.splitlines()[1:] if line and not line.startswith(" ")]
    return tuple(line.partition(" :")[0] for line in lines)  # another sentence of Coq's is no axiom that is allowed


def _first_lines(text: str, most: int = 6) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return " ".join(" ".join(line.split()) for line in lines[:most])[:500]
