"""Gets the demo's database ready: migrated, and filled where it holds no story that ends about now.

Runs as a process of its own (`python -m tresen.local.demo.preparing`), for the database may be emptied before.
"""

import argparse
import os
import sys

from tresen.local.demo.platforms.address import inherited
from tresen.local.installation import installation
from tresen.local.postgres.account import home_folder
from tresen.timekeeping import wall


def main() -> int:
    """Prepare; the process ends with this number."""
    parser = argparse.ArgumentParser()
    for flag in ("--fresh", "--keep", "--may-drop"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--tickets", type=int, default=2_000)
    parser.add_argument("--socket", type=int, required=True)
    options = parser.parse_args()
    try:
        with installation():
            from tresen.local.demo.refilling import prepare  # noqa: PLC0415 (models are loaded only now)

            now = wall.now().replace(microsecond=0)
            with inherited(options.socket) as listening:
                return prepare(options, home=home_folder(os.environ), listening=listening, now=now)
    except KeyboardInterrupt:
        print("Filling the demo was interrupted; the next start begins anew.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
