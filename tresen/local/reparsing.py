"""`tresen reparse`: reads kept raw mail again, after an upgrade has taught the reader something."""

import argparse
from datetime import timedelta

from tresen.local.existing import existing_installation
from tresen.timekeeping import wall


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to read again; without options all that is still kept."""
    parser.add_argument("--days", type=int, help="only what came in the last so many days")
    parser.add_argument("numbers", nargs="*", type=int, metavar="PAYLOAD", help="only the payloads of these numbers")


def run(options: argparse.Namespace) -> int:
    """Read again and say what came of it; 1 when some could not be read."""
    with existing_installation():
        from tresen.intake.reparsing import reparse  # noqa: PLC0415 (models are loaded only now)

        now = wall.now()
        since = now - timedelta(days=options.days) if options.days else None
        done = reparse(at=now, since=since, numbers=options.numbers)
    print(
        f"{done.read} payloads read again: {done.filed} newly filed, {done.changed} with other words, "
        f"{done.reinterpreted} understood differently, {done.failed} failed."
    )
    return 1 if done.failed else 0
