"""A certificate of any kind: one whose field ``kind`` is ``spaces`` is about vectors, expectations and sums, any other
with that field about matrices, one without it about numbers.

The kind says which checker is asked, and nothing else: each accepts only what it can prove itself.
"""

from .reading import Document, Json, Refused, Unreadable, oddity, read, shown


def check(certificate: Json) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    # Each is loaded when it is asked: that takes longer than many a check.
    if of_matrices(certificate):
        from .matrices import certificate as matrices

        return matrices.check(certificate)
    if of_spaces(certificate):
        from .spaces import certificate as spaces

        return spaces.check(certificate)
    from .reals import certificate as reals

    return reals.check(certificate)


def of_matrices(certificate: Json) -> bool:
    """Whether a certificate says that it is about matrices, rightly or not."""
    return isinstance(certificate, dict) and "kind" in certificate and not of_spaces(certificate)


def of_spaces(certificate: Json) -> bool:
    """Whether a certificate says that it is about vectors, expectations and sums, rightly or not."""
    return isinstance(certificate, dict) and certificate.get("kind") == "spaces"


def check_document(document: Document) -> str:
    """``check`` for what a file holds. Any other that says a thing twice is no certificate."""
    if of_matrices(document.content):
        from .matrices import certificate as matrices

        matrices.admit(document)
    elif said := oddity(document):
        raise Unreadable(said)
    return check(document.content)


def verdict(path: str, *, named: bool = False) -> tuple[int, str]:
    """Exit code and line for one file: 0 accepted, 1 refused, 2 unreadable; ``named``: the line names the file."""
    name = f"{shown(path)}: " if named else ""
    try:
        return 0, f"accepted: {name}{check_document(read(path))}"
    except Unreadable as error:
        return 2, f"unreadable: {name}{shown(error)}"
    except Refused as reason:
        return 1, f"refused: {name}{shown(reason)}"
