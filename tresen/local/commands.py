"""The command line: one table of commands, each in a module of its own with `add_options` and `run`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from tresen.config.environment import ConfigurationWrong
from tresen.local.existing import NotSetUp
from tresen.local.postgres import PostgresFailed, PostgresMissing
from tresen.local.postgres.account import enter_demo


class CommandModule(Protocol):
    """What a module offers to be a command."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the process ends with this number."""


class Command(NamedTuple):
    """One command. Its module is imported only when it is called, so that help and errors come at once."""

    name: str
    module: str
    summary: str


COMMANDS = (
    Command("serve", "tresen.local.serving", "everything on this machine: database, web, worker"),
    Command("demo", "tresen.local.demoing", "a believable shop to try Tresen with, filled and kept busy"),
    Command("scene", "tresen.local.scening", "play a hard day with simulated agents, beside plain order of arrival"),
    Command("web", "tresen.local.web", "only the web server"),
    Command("work", "tresen.local.working", "only the worker: fetches, files, sends, watches clocks"),
    Command("migrate", "tresen.local.migrating", "bring the database to this release"),
    Command("admin", "tresen.local.first_admin", "let the first person in: prints a link to choose a password"),
    Command("verify", "tresen.local.verifying", "recompute everything from the ledger and print any difference"),
    Command("reparse", "tresen.local.reparsing", "read kept raw mail again, after an upgrade"),
    Command("parse", "tresen.local.parsing", "say what a payload of a platform means, and keep nothing of it"),
    Command("fake-platform", "tresen.local.faking", "marketplaces on this machine that talk as the real ones do"),
    Command("doctor", "tresen.local.doctor", "say what is wrong and what to do about it"),
)
ON_THE_DEMO = frozenset({"admin", "verify", "reparse", "doctor"})
"""With `--demo` these look at the demo's data instead of the installation's own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; problems that a person must mend end it with plain sentences."""
    parser = argparse.ArgumentParser(prog="tresen", description="A help desk for sellers on many channels.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    given = list(sys.argv[1:] if arguments is None else arguments)
    modules = {}
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.summary, description=command.summary.capitalize() + ".")
        if command.name in given[:1]:
            modules[command.name] = _module(command)
            modules[command.name].add_options(own)
            if command.name in ON_THE_DEMO:
                own.add_argument("--demo", action="store_true", help="with the data of tresen demo")
    options = parser.parse_args(given)
    if getattr(options, "demo", False):
        enter_demo(os.environ)
    try:
        return modules[options.command].run(options)
    except ConfigurationWrong as wrong:
        _complain("These settings are wrong:", *(f"  - {problem}" for problem in wrong.problems))
        return 2
    except (NotSetUp, PostgresMissing, PostgresFailed) as problem:
        _complain(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


def _module(command: Command) -> CommandModule:
    return cast("CommandModule", import_module(command.module))


def _complain(*lines: str) -> None:
    print("\n".join(lines), file=sys.stderr)
