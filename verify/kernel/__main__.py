"""The program: what the kernel says of the certificates in some files, one line a file.

``python -I -m verify.kernel FILE ...``; a copy of this folder runs as ``python -I kernel FILE ...`` and
``python -m kernel FILE ...``, an archive of it (``make kernel``) as ``python -I kernel.pyz FILE ...``. Exit code: 0
where all files are accepted, 1 where one is refused, 2 where one can't be read. With several files each line names its
file. With ``-I`` Python imports nothing from the current folder; called without it, this file drops that folder before
it imports anything, but what ``python -m`` imported before that is up to Python.
"""

import os
import sys  # no module before these two, which every interpreter has loaded at its start: not even __future__

if __name__ == "__main__":  # a json.py beside this file, beside its folder or in the current one is not what is meant
    _HERE = os.path.dirname(os.path.abspath(__file__))
    _OWN = {os.path.realpath(folder) for folder in (".", _HERE, os.path.dirname(_HERE))}
    _OWN.discard(os.path.realpath(os.path.dirname(os.__file__)))
    _PREFIXES = (sys.base_prefix, sys.base_exec_prefix)
    sys.path[:] = [
        folder for folder in sys.path if folder.startswith(_PREFIXES) and os.path.realpath(folder) not in _OWN
    ]
    if not __package__:  # run as a folder or an archive: the files beside this one are the package
        __package__ = "kernel"
        sys.modules[__package__] = type(sys)(__package__)
        sys.modules[__package__].__path__ = [_HERE]

from .certificate import verdict


def main(files: list[str]) -> int:
    """Prints what is said of each file; the worst exit code."""
    if not files:
        print("usage: python -I -m verify.kernel FILE ...")
        return 2
    worst = 0
    for file in files:
        code, line = verdict(file, named=len(files) > 1)
        print(line, flush=True)
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
