"""The program ``verify``, also as ``python -m verify``: one clear error where the system lacks what it needs."""

import importlib.util
import os
import sys

NEEDED = ("fcntl", "resource")  # modules that Python has on POSIX systems alone


def main() -> None:
    """Run the command line; exit code 2 on a system that is not POSIX."""
    if os.name != "posix" or any(importlib.util.find_spec(name) is None for name in NEEDED):
        print("error: verify needs a POSIX system: it uses fork, flock and limits on processes", file=sys.stderr)
        print("hint: on Windows, run it in the Windows Subsystem for Linux", file=sys.stderr)
        sys.exit(2)
    from verify import cli

    cli.main()


if __name__ == "__main__":
    main()
