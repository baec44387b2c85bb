"""Keeps mail arriving while the demo runs, as raw payloads that the worker reads like any others.

Runs as a process of its own beside web and worker (`python -m tresen.local.demo.arriving`), and keeps the demo's mail
server that answers leave through.
"""

import signal
import threading
from random import Random

from tresen.local.installation import installation
from tresen.local.kinship import die_with_parent
from tresen.timekeeping import wall

SHORTEST, LONGEST = 20.0, 40.0
"""Seconds between two mails."""


def main() -> None:
    """Let mail arrive until told to stop."""
    die_with_parent()
    over = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    with installation(lasting=True):
        from tresen.local.demo.founding import known_shop, seem_read, send_through  # noqa: PLC0415 (models are loaded only now)
        from tresen.local.demo.live_mail import arrive  # noqa: PLC0415
        from tresen.local.demo.sink import running_sink  # noqa: PLC0415

        shop = known_shop()
        dice = Random()  # noqa: S311 (invented data)
        with running_sink() as port:
            send_through(shop, port)
            seem_read(shop, at=wall.now())
            while not over.wait(dice.uniform(SHORTEST, LONGEST)):
                arrive(dice, shop, at=wall.now())
                seem_read(shop, at=wall.now())


if __name__ == "__main__":
    main()
