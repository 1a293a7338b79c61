"""The program as a whole: its commands by what one wants of them, with examples, and the options that all take."""

from __future__ import annotations

import sys
from collections.abc import Mapping, MutableMapping
from importlib import import_module
from typing import Any

import click

from verify.runtime import manner


def examples(*lines: str) -> str:
    """The end of a command's help: commands to copy."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def examples_of(command: click.Command) -> list[str]:
    """The commands that the help of a command ends with."""
    _, _, lines = (command.epilog or "").partition("Examples:\n")
    return [line.strip() for line in lines.splitlines()]


def _choose(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Take over what was asked for here; what was asked for before the command stays where nothing was."""
    if value is None or value is False:
        return
    asked: dict[str, Any] = {str(param.name): value}
    if param.name in ("quiet", "verbose"):  # the last one of the two counts
        asked = {"quiet": param.name == "quiet", "verbose": param.name == "verbose"}
    manner.choose(**asked)
    if param.name == "colour":
        ctx.find_root().color = manner.coloured(sys.stdout)


def _shared() -> list[click.Parameter]:
    """The options of every command, also before its name."""
    eager: dict[str, Any] = {"expose_value": False, "is_eager": True, "callback": _choose}
    when = click.Choice(["auto", "always", "never"])
    return [
        click.Option(
            ["-q", "--quiet"], is_flag=True, help="No progress and no notes: answers and errors only.", **eager
        ),
        click.Option(["-v", "--verbose"], is_flag=True, help="Say every item that is done, and more reasons.", **eager),
        click.Option(["--color", "colour"], type=when, help="Colours: by default on a terminal only.", **eager),
    ]


class Program(click.Group):
    """A group whose commands all take the shared options, and are listed by what they are for.

    ``order``: by what one wants, the names of the commands and where they are (``module:attribute``). A command is
    loaded when it is asked for, and all of them when their list is.
    """

    def __init__(self, *args: Any, order: Mapping[str, Mapping[str, str]], **more: Any) -> None:
        self._loaded: dict[str, click.Command] = {}
        self.order = order
        super().__init__(*args, **more)
        self.params += _shared()

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """All commands; loads them."""
        for names in self.order.values():
            for name in names:
                self._named(name)
        return self._loaded

    @commands.setter
    def commands(self, commands: MutableMapping[str, click.Command]) -> None:
        self._loaded = dict(commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._named(cmd_name)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        _share(cmd)
        self._loaded[name or str(cmd.name)] = cmd

    def _named(self, name: str) -> click.Command | None:
        """The command of a name, loaded if it was not yet."""
        where = next((names[name] for names in self.order.values() if name in names), None)
        if name not in self._loaded and where is not None:
            module, _, attribute = where.partition(":")
            self.add_command(getattr(import_module(module), attribute), name)
        return self._loaded.get(name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in self._sections().values() for name in names]

    def _sections(self) -> dict[str, list[str]]:
        """The commands that there are, in order; those that it does not name come last."""
        sections = {purpose: list(names) for purpose, names in self.order.items()}
        more = sorted(set(self._loaded) - {name for names in sections.values() for name in names})
        return {**sections, "More": more} if more else sections

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with what it does, and below it how it is called."""
        commands = self.commands
        longest = max(map(len, commands))
        for purpose, names in self._sections().items():
            with formatter.section(purpose):
                rows = list[tuple[str, str]]()
                for name in names:
                    rows.append(
                        (f"{name:<{longest}}", commands[name].get_short_help_str(formatter.width - longest - 6))
                    )
                    rows.append(("", f"$ {(examples_of(commands[name]) or [f'verify {name}'])[0]}"))
                formatter.write_dl(rows)


def _share(command: click.Command) -> None:
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _share(one)
    elif not any(option.name == "quiet" for option in command.params):
        command.params += _shared()
