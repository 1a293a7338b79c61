"""Which pages of the site move."""

from __future__ import annotations

from verify.site.living import Maker
from verify.site.network.living_page import living_page

MAKERS: tuple[Maker, ...] = (living_page,)
