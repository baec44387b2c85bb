"""`python -m tests.soak`: two stores of each channel, ten minutes, two workers of which one dies every half minute."""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tresen.local.installation import keep_secrets, prepare_django
from tresen.local.postgres import start_ephemeral


def main() -> int:
    """0 where all is right in the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--stores", type=int, default=0, help="in all, spread over the channels (default: 2 of each)")
    parser.add_argument("--platforms", default="", help="only these channels, with commas between them")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill-every", type=float, default=30.0, metavar="SECONDS")
    parser.add_argument("--orders", type=int, default=40, help="how many each has at the start (default: 40)")
    parser.add_argument("--patience", type=float, default=900.0, metavar="SECONDS", help="all must be right by then")
    options = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the SMTP server's own warning at each sign-in
    server = start_ephemeral(durable=True)
    home = Path(tempfile.mkdtemp(prefix="tresen-soak-"))
    home.chmod(0o755)
    try:
        os.environ["DATABASE_URL"] = server.url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
        keep_secrets(server.folder, os.environ)
        prepare_django()
        return _soak(options, home, server.url)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _soak(options: argparse.Namespace, home: Path, database: str) -> int:
    from django.core.management import call_command  # noqa: PLC0415 (settings are known only now)

    from tests.soak.channels import SOAKED  # noqa: PLC0415
    from tests.soak.soaking import Size, soak, told  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    platforms = tuple(filter(None, options.platforms.split(","))) or SOAKED
    size = Size(
        lasts=options.minutes * 60,
        platforms=platforms,
        stores=options.stores or 2 * len(platforms),
        sales=options.orders,
        workers=options.workers,
        kill_every=options.kill_every,
        patience=options.patience,
    )
    outcome = soak(size, home, database=database, say=_say)
    sys.stdout.write("\n".join([*told(outcome), ""]))
    return 1 if outcome.wrong else 0


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
