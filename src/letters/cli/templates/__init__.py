"""`letters templates`: the commands of those who own the wording.

The group imports nothing until one of its commands is asked for; each family of them is a module of its own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import click
from msgspec import Struct

from letters.cli.language import _

#: Command -> the module of `letters.cli` whose `COMMANDS` makes it, in the order in which help lists them.
MODULES = {
    "check": "templates.checking",
    "impact": "templates.impact",
    "list": "templates.reading",
    "show": "templates.reading",
    "fields": "templates.reading",
    "convert": "templates.word",
    "import": "templates.word",
    "where-used": "templates.asking",
    "expiring": "templates.asking",
    "new-version": "templates.versions",
    "samples": "templates.samples",
    "preview": "preview",
}


class Kit(Struct, frozen=True):
    """What the commands are put together with.

    Attributes:
        command: a command from name, callback, help, parameters and examples.
        json: the option `--json`, as `as_json`.
        templates: the option `--templates DIR`.
        force: the option `--force`, from its help.
    """

    command: Callable[..., click.Command]
    json: Callable[[], click.Option]
    templates: Callable[[], click.Option]
    force: Callable[[str], click.Option]


class _Templates(click.Group):
    def __init__(self, kit: Kit) -> None:
        super().__init__(
            "templates",
            help=_(
                "Look after the wording library: what it holds, what is wrong with it, what a change does."
            ),
            short_help=_("Look after the wording library"),
            options_metavar=_("[OPTIONS]"),
            subcommand_metavar=_("COMMAND [ARGS]..."),
        )
        self._kit = kit

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in MODULES:
            return None
        module = importlib.import_module(f"letters.cli.{MODULES[name]}")
        command: click.Command = module.COMMANDS[name](self._kit)
        return command


def templates_group(kit: Kit) -> click.Group:
    """The command line of `letters templates`."""
    return _Templates(kit)
