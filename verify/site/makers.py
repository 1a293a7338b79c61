"""The pages of the site that move."""

from __future__ import annotations

from collections.abc import Callable

from verify.site.explorer import page as explorer
from verify.site.living import Living, Material

# Each makes its page of a theory, or None where the theory has nothing for it.
MAKERS: tuple[Callable[[Material], Living | None], ...] = (explorer.page,)
