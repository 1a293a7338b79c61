"""The kernel: what has to be trusted for a proof. Standard library only; it also runs as a copied folder or an archive.

``__main__.py``       the program: ``python -I -m verify.kernel FILE ...``, one line a file
``certificate.py``    a certificate of any kind: from a file to a verdict
``reading.py``        the ground that all kinds share: JSON, refusals, text from outside; nothing that decides
``reals/``            statements about real and whole numbers: terms, their meaning, arithmetic, states, rules
``matrices/``         identities between matrices: words of letters, expectations, averages over tasks
``spaces/``           statements about vectors, expectations and sums, which cite theorems about numbers

``spaces`` imports ``reals``; otherwise none of the folders imports another. What is here is loaded when it is asked
for, so that a module beside a certificate, or in the current folder, is not imported before ``__main__`` could forbid
it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .certificate import check as check
    from .reading import Refused as Refused
    from .reals.axioms import AXIOMS as AXIOMS
    from .reals.work import LIMIT as LIMIT

__all__ = ["AXIOMS", "LIMIT", "Refused", "check"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .certificate import check
    from .reading import Refused
    from .reals.axioms import AXIOMS
    from .reals.work import LIMIT

    found = {"AXIOMS": AXIOMS, "LIMIT": LIMIT, "Refused": Refused, "check": check}
    globals().update(found)
    return found[name]
