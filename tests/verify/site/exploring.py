"""An explorer in a browser without a window, for tests: what it shows, and what its console says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verify.claims.theory import Theory
from verify.site.explorer import standalone


class Visit:
    """One page that is open. ``said`` collects its console, its errors and what it asks the network for."""

    def __init__(self, browser: Any, file: Path, address: str = "", **options: Any) -> None:
        self.file, self.said = file, list[str]()
        self.page = browser.new_page(**options)
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        self.open(address)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.file.as_uri(), "data:", "blob:")):
            self.said.append(f"asks for {url}")

    def open(self, address: str) -> None:
        """Load the page with this behind its address."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + address)
        self.page.wait_for_selector(".explorer[data-ready]", state="attached")

    def settled(self) -> None:
        """Wait until what was changed is shown: it is, in the next frame."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def number(self, name: str) -> str:
        """What stands for an expression among the numbers."""
        index = self.page.evaluate("(name) => verifyExplorer.data.numbers.findIndex((n) => n.name === name)", name)
        return str(self.page.inner_text(f'[data-number="{index}"] .explorer-value'))

    def type(self, quantity: str, text: str) -> None:
        """Write into the box of a quantity, as a user does, and leave it."""
        box = self.page.locator(f'[data-slider="{quantity}"] [type=text]')
        box.fill(text)
        box.press("Enter")
        self.settled()

    def close(self) -> None:
        self.page.close()


def written(theory: Theory, folder: Path) -> Path:
    """The explorer of a theory as a file."""
    standalone(theory, folder / "explorer.html")
    return folder / "explorer.html"
