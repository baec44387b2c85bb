"""`tresen doctor`: looks at all an installation stands on; says in plain words what is wrong and what to do."""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong
from tresen.local.doctor.looking_at_connections import look_at_connections
from tresen.local.doctor.looking_at_database import look_at_database, look_at_migrations
from tresen.local.doctor.looking_at_erasures import look_at_erasures
from tresen.local.doctor.looking_at_machine import look_at_disk, look_at_home, look_at_postgres, look_at_python
from tresen.local.doctor.looking_at_mail import look_at_mailboxes, look_at_reading, look_at_what_waits_for_people
from tresen.local.doctor.looking_at_rules import look_at_rules
from tresen.local.doctor.looking_at_settings import look_at_settings
from tresen.local.doctor.looking_at_workers import look_at_workers
from tresen.local.postgres.account import home_folder

Look = Callable[[Patient], Iterator[Finding]]

# In this order: what comes later needs what comes before.
ON_THE_MACHINE: Sequence[Look] = (look_at_python, look_at_postgres, look_at_home, look_at_disk, look_at_settings)
IN_THE_DATABASE: Sequence[Look] = (
    look_at_database,
    look_at_migrations,
    look_at_workers,
    look_at_mailboxes,
    look_at_connections,
    look_at_reading,
    look_at_what_waits_for_people,
    look_at_erasures,
    look_at_rules,
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print one line a finding; 1 if anything is wrong."""
    del options
    patient = Patient(home=home_folder(os.environ), environ=os.environ)
    wrong = 0
    for finding in examine(patient):
        match finding:
            case Fine(what=what):
                print(f"  well   {what}")
            case Wrong(what=what, advice=advice):
                wrong += 1
                print(f"  WRONG  {what}\n         -> {advice}")
    print("All is well." if not wrong else f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
    return 1 if wrong else 0


def examine(patient: Patient) -> Iterator[Finding]:
    """Everything there is to say. The database is looked at only when machine and settings let it be reached."""
    reachable = True
    for look in ON_THE_MACHINE:
        for finding in look(patient):
            reachable = reachable and not (isinstance(finding, Wrong) and finding.blocks)
            yield finding
    if not reachable:
        return
    with ExitStack() as open_things:
        patient.enter(open_things)
        for look in IN_THE_DATABASE:
            for finding in look(patient):
                yield finding
                if isinstance(finding, Wrong) and finding.blocks:
                    return
