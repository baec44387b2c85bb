"""Our own rules: the one list of them. Each file has a good and a bad example in tests/checks/rules/."""

from collections.abc import Callable, Iterator
from pathlib import Path

from checks.rules.channels_apart import channels_apart
from checks.rules.decisions import decisions
from checks.rules.documented_settings import documented_settings
from checks.rules.magic import no_magic
from checks.rules.mirror import tests_mirror
from checks.rules.module_names import telling_names
from checks.rules.other_channels import no_channel_questions, no_channel_questions_in_templates
from checks.rules.sizes import small_pieces
from checks.rules.time_at_the_edge import time_at_the_edge
from checks.rules.traces import no_traces
from checks.sources import Problem, Source

OF_A_FILE: tuple[Callable[[Source], Iterator[Problem]], ...] = (
    small_pieces,
    telling_names,
    time_at_the_edge,
    no_channel_questions,
    no_magic,
)
OF_THE_REPOSITORY: tuple[Callable[[Path], Iterator[Problem]], ...] = (
    channels_apart,
    decisions,
    documented_settings,
    no_channel_questions_in_templates,
    no_traces,
    tests_mirror,
)
