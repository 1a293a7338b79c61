from collections.abc import Iterator
from verify.claims.claim import Claim
def claims() -> Iterator[Claim]:
    yield from ()
