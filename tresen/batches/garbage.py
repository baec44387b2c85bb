"""How often Python looks for circles of dead objects in a process that works in batches."""

import gc

APART = 50_000
"""New objects between two looks. A batch makes tens of thousands that live until its end: looking at them again and
again finds nothing, and costs a tenth of the time."""


def collect_rarely() -> None:
    """What is loaded by now stays and is never looked at again; what is made from now on is looked at less often."""
    gc.collect()
    gc.freeze()
    _, older, oldest = gc.get_threshold()
    gc.set_threshold(APART, older, oldest)
