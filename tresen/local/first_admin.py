"""`tresen admin`: the first person who may sign in. They invite all others in the set-up screens."""

import argparse
from datetime import datetime

from tresen.local.existing import existing_installation
from tresen.timekeeping import wall


def add_options(parser: argparse.ArgumentParser) -> None:
    """Who."""
    parser.add_argument("email", help="the address they sign in with")
    parser.add_argument("name", help="their name as colleagues see it")
    parser.add_argument("--language", choices=("en", "de", "it"), default="en", help="language of their screens")


def run(options: argparse.Namespace) -> int:
    """Make the admin and print the link by which they choose a password."""
    with existing_installation():
        return invite_admin(options.email, options.name, options.language, at=wall.now())


def invite_admin(email: str, name: str, language: str, *, at: datetime) -> int:
    """The work itself, where Django is set up. Asked again for somebody who is there, it prints a new link."""
    from django.conf import settings  # noqa: PLC0415 (read only now)
    from django.utils import translation  # noqa: PLC0415

    from tresen.accounts.actors import SYSTEM  # noqa: PLC0415 (models are loaded only now)
    from tresen.accounts.inviting import Invitation, invite  # noqa: PLC0415
    from tresen.accounts.models import Agent, Role  # noqa: PLC0415
    from tresen.accounts.passwords import one_time_path  # noqa: PLC0415
    from tresen.accounts.wording import AccountWrong  # noqa: PLC0415
    from tresen.sla.defaults import name_defaults  # noqa: PLC0415

    first = not Agent.objects.exists()
    agent = Agent.objects.filter(email__iexact=email).first()
    try:
        agent = agent or invite(
            Invitation(email=email, name=name, role=Role.ADMIN, everything=True), by=SYSTEM, at=at, language=language
        )
    except AccountWrong as wrong:
        print(*(problem.sentence for problem in wrong.problems), sep="\n")
        return 1
    if first:
        with translation.override(language):
            name_defaults(at=at)
    print(f"{agent.name} chooses a password here, within three days:")
    print(settings.BASE_URL.rstrip("/") + one_time_path(agent.pk, by=SYSTEM, at=at))
    return 0
