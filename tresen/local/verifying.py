"""`tresen verify`: recomputes projections, clocks and queue places from the ledger and prints any difference."""

import argparse

from tresen.local.existing import existing_installation
from tresen.timekeeping import wall

MOST_SHOWN = 100


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Compare every ticket; 1 when anything differs."""
    del options
    with existing_installation():
        return verify()


def verify() -> int:
    """The work itself, where Django is set up."""
    from tresen.alerts import verifying as alerts  # noqa: PLC0415 (models are loaded only now)
    from tresen.duties import unmarked  # noqa: PLC0415
    from tresen.duties import verifying as cases  # noqa: PLC0415
    from tresen.partners import verifying as questions  # noqa: PLC0415
    from tresen.routing import verifying as places  # noqa: PLC0415
    from tresen.sla import verifying as clocks  # noqa: PLC0415
    from tresen.tickets import replaying  # noqa: PLC0415

    checked, wrong = 0, 0
    for batch in replaying.all_tickets():
        at = wall.now()
        found = [
            *replaying.differences(batch),
            *clocks.differences(batch, at=at),
            *places.differences(batch, at=at),
            *cases.differences(batch),
            *unmarked.differences(batch, at=at),
            *alerts.differences(batch),
            *questions.differences(batch),
        ]
        for difference in found[: max(0, MOST_SHOWN - wrong)]:
            print(
                f"Ticket {difference.ticket}: {difference.what} is {difference.stored}, "
                f"the ledger says {difference.recomputed}."
            )
        checked, wrong = checked + len(batch), wrong + len(found)
    print(f"{checked} tickets recomputed from the ledger: {wrong or 'no'} difference{'' if wrong == 1 else 's'}.")
    return 1 if wrong else 0
