"""Which pages of the site move."""

from __future__ import annotations

from verify.site.explorer.page import page as explorer
from verify.site.living import Maker
from verify.site.network.living_page import living_page as network

# Each makes its page of a theory, or None where the theory has nothing for it.
MAKERS: tuple[Maker, ...] = (explorer, network)
