"""Files are written whole or not at all: whatever fails on the way, what was there before is still there.

The text goes to a temporary file in the same folder, reaches the disk, and takes the name in one step. Everything that
the product writes goes through here, so that a full disk costs no lock, no certificate and no report.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from verify.runtime.errors import BadInput

PART = ".part"
FOLDER_HINT = "give a file in a folder that exists and may be written"
DISK_HINT = "make room on the disk; what the file held before is still there"
FULL = frozenset({"ENOSPC", "EDQUOT", "EFBIG", "EIO"})


def write(path: Path | str, data: bytes | str) -> None:
    """Replace a file's contents; text is written in UTF-8. Raises ``BadInput`` like ``whole``."""
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    with whole(path) as file:
        file.write(content)


def write_below(path: Path, data: bytes | str) -> None:
    """``write``, with the folders above the file made; ``BadInput`` where that is impossible too."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot write {path}: {error.strerror}", "give a place where files may be written") from error
    write(path, data)


@contextlib.contextmanager
def whole(path: Path | str) -> Iterator[BinaryIO]:
    """A binary file to write to; it takes the name ``path`` when the block ends, and is removed if the block fails.

    A symbolic link stays one: its target is replaced. The mode of a file that is there is kept, a new one has that of
    the umask. What is not a regular file (a device, a pipe), or is the output of this process (``/dev/stdout``), is
    written to directly. Raises ``BadInput`` where the file can't be written.
    """
    try:
        found = _stat(path)
        if found is None or (stat.S_ISREG(found.st_mode) and not _is_ours(found)):
            opened = _beside(Path(os.path.realpath(path)), found and found.st_mode)
        else:
            opened = _direct(path)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    file, finish, drop = opened
    try:
        try:
            yield file
        except OSError as error:
            # The block writes to this file and to no other.
            raise _unwritable(path, error) from error
        try:
            finish()
        except OSError as error:
            raise _unwritable(path, error) from error
    except BaseException:
        drop()
        raise


def write_folder(path: Path | str, contents: Mapping[Path, bytes]) -> None:
    """Make a folder that is not there yet, with files by their relative paths: all of them, or none.

    Raises ``BadInput`` where that is impossible, and for a path that leads out of the folder.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{os.urandom(8).hex()}{PART}")
    try:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        temporary.mkdir()
        try:
            for name, data in contents.items():
                if name.is_absolute() or ".." in name.parts:
                    raise BadInput(f"{name} leads out of the folder {path}", FOLDER_HINT)
                (temporary / name).parent.mkdir(parents=True, exist_ok=True)
                write(temporary / name, data)
            os.rename(temporary, target)
            _sync(target.parent)
        except BaseException:
            from shutil import rmtree  # it loads what reads archives

            rmtree(temporary, ignore_errors=True)
            raise
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def put_folder(made: Path, target: Path) -> None:
    """Let a finished folder take the place of another one beside it, which is there until then and back if that fails.

    Raises ``BadInput`` where that is impossible.
    """
    old = target.with_name(f".{os.urandom(8).hex()}{PART}")
    try:
        there = target.exists()
        if there:
            os.replace(target, old)
        try:
            os.replace(made, target)
        except OSError:
            if there:
                os.replace(old, target)
            raise
        _sync(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    from shutil import rmtree

    rmtree(old, ignore_errors=True)


def append(path: Path | str, text: str) -> None:
    """Add text at the end of a file that others add to as well: all of it, or none. Raises ``BadInput``."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            size = os.fstat(handle).st_size
            try:
                if os.write(handle, data) < len(data):
                    raise OSError(28, os.strerror(28))
            except OSError:
                with contextlib.suppress(OSError):  # a pipe has no size to go back to
                    os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from error


def write_once(path: Path, data: bytes) -> None:
    """Make a file that only its user may read, with the folders above it; one that is there already stays.

    Raises ``BadInput`` where that is impossible.
    """
    temporary = path.with_name(f".{os.urandom(8).hex()}{PART}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(handle)
            with contextlib.suppress(FileExistsError):  # of two processes one is the first
                os.link(temporary, path)
            _sync(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


# ---------------------------------------------------------------- parts


def _stat(path: Path | str) -> os.stat_result | None:
    """What has the name already, None where nothing has."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _is_ours(found: os.stat_result) -> bool:
    """Whether a file is what standard output or standard error goes to."""
    for handle in (1, 2):
        with contextlib.suppress(OSError):
            if os.path.samestat(found, os.fstat(handle)):
                return True
    return False


Opened = tuple[BinaryIO, Callable[[], None], Callable[[], None]]


def _direct(target: Path | str) -> Opened:
    """Something that can't be replaced: opened as it is; a folder is refused by the system."""
    file = open(target, "wb")  # noqa: SIM115

    def drop() -> None:
        with contextlib.suppress(OSError):
            file.close()

    return file, file.close, drop


def _beside(target: Path, mode: int | None) -> Opened:
    """A temporary file beside the target; its name is short, as that of the target may be as long as names can be."""
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # a file that is read-only is meant to stay
    temporary = target.with_name(f".{os.urandom(8).hex()}{PART}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    file = os.fdopen(handle, "wb")

    def finish() -> None:
        file.flush()
        if mode is not None:
            os.fchmod(handle, stat.S_IMODE(mode))
        os.fsync(handle)
        file.close()
        os.replace(temporary, target)
        _sync(target.parent)

    def drop() -> None:
        with contextlib.suppress(OSError):  # closing writes what is left, which fails again on a full disk
            file.close()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)

    return file, finish, drop


def _sync(folder: Path) -> None:
    """Make a new name last; some file systems can't, and the file is whole all the same."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path | str, error: Exception) -> BadInput:
    code = getattr(error, "errno", None)
    why = getattr(error, "strerror", None) or str(error)
    hint = DISK_HINT if errno.errorcode.get(code or 0) in FULL else FOLDER_HINT
    return BadInput(f"cannot write {path}: {why}", hint)
