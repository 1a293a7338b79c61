"""One page with moving parts as a file of its own, for notebooks and for looking at it while it is made."""

from __future__ import annotations

import html
import re

from verify.site.living import Living

# What Furo gives a page: its variables, and when they are dark.
_LIGHT = {
    "color-foreground-primary": "#000000",
    "color-foreground-secondary": "#5a5c63",
    "color-foreground-muted": "#6b6f76",
    "color-background-primary": "#ffffff",
    "color-background-secondary": "#f8f9fb",
    "color-background-hover": "#efeff4",
    "color-background-border": "#dcdcde",
    "color-brand-primary": "#0a4bff",
    "color-brand-content": "#2757dd",
    "color-link": "#2757dd",
}
_DARK = {
    "color-foreground-primary": "#cfd0d0",
    "color-foreground-secondary": "#9ca0a5",
    "color-foreground-muted": "#81868d",
    "color-background-primary": "#131416",
    "color-background-secondary": "#1a1c1e",
    "color-background-hover": "#1e2124",
    "color-background-border": "#303335",
    "color-brand-primary": "#3d94ff",
    "color-brand-content": "#5ca5ff",
    "color-link": "#5ca5ff",
}


def document(living: Living) -> str:
    """The page with its styles and scripts inside: it opens from anywhere and asks nobody for anything."""
    styles = "\n".join(_text(living, name) for name in living.styles)
    scripts = "\n".join(f"<script>{_harmless(_text(living, name))}</script>" for name in living.scripts)
    dark = _variables(_DARK)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(living.title)}</title>
<link rel="icon" href="data:,">
<style>
body {{ {_variables(_LIGHT)} color-scheme: light; }}
body[data-theme="dark"] {{ {dark} color-scheme: dark; }}
@media (prefers-color-scheme: dark) {{ body:not([data-theme="light"]) {{ {dark} color-scheme: dark; }} }}
body {{ margin: 0 auto; padding: 1rem; max-width: 78rem; font: 16px/1.5 system-ui, sans-serif;
  color: var(--color-foreground-primary); background: var(--color-background-primary); }}
a {{ color: var(--color-link); }}
{styles}
</style>
</head>
<body data-theme="auto">
<main>
<h1>{html.escape(living.title)}</h1>
{living.body}
</main>
{scripts}
</body>
</html>
"""


def _variables(values: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def _text(living: Living, name: str) -> str:
    content = living.files[name]
    return content if isinstance(content, str) else content.decode("utf-8")


def _harmless(script: str) -> str:
    """A script that does not end before its end: in strings and comments of JavaScript both spellings are the same."""
    return re.sub(r"</(script)", r"<\\/\1", script, flags=re.IGNORECASE)
