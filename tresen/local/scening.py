"""`tresen scene`: a hard day played with simulated agents, beside the same day in plain order of arrival."""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tresen.local.scenes.known import SCENES
from tresen.local.scenes.worlds import compare, own_world

if TYPE_CHECKING:
    from tresen.local.scenes.figures import Figures, Kept

SERVINGS = ("Tresen's next", "order of arrival")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which scene, and how large."""
    told = "; ".join(f"{name}: {about}" for name, (_, about) in SCENES.items())
    parser.add_argument("name", choices=sorted(SCENES), help=told)
    parser.add_argument("--size", type=float, default=1.0, help="a part of it, 0.1 for a tenth (default: 1)")


def run(options: argparse.Namespace) -> int:
    """Play it and print what was kept and lost."""
    began = time.monotonic()
    with own_world():
        scene = SCENES[options.name][0](options.size)
        until = f"{len(scene.coming):,} more until {scene.ends:%a %d %B, %H:%M}, {scene.agents} agents"
        print(f"{scene.key}: {len(scene.waiting):,} open at {scene.begins:%a %d %B %Y, %H:%M}, {until}.", flush=True)
        results = compare(scene, SERVINGS, at_once=min(len(SERVINGS), len(os.sched_getaffinity(0))))
    for line in table(SERVINGS, results):
        print(line)
    print(f"played twice in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return 0


def table(servings: Sequence[str], results: Sequence["Figures"]) -> Iterable[str]:
    """What each way of serving gave, one line a figure."""
    yield _line("", servings)
    yield _line("platform limits: kept", (_share(one.all_limits) for one in results))
    for key in sorted({key for result in results for key in result.limits}):
        yield _line(f"platform limit {key}: kept", (_share(one.limits.get(key)) for one in results))
        yield _line("  of those that could be saved at the start", (_share(one.savable.get(key)) for one in results))
    yield _line("own targets: kept", (_share(one.own) for one in results))
    yield _line("claims' deadlines: kept", (_share(one.cases) for one in results))
    yield _line("median wait of what is tier 0", (str(one.urgent_wait or "–").partition(".")[0] for one in results))
    yield _line("late while a claim with 40 h left was served", (str(one.starved) for one in results))
    yield _line("served before the day they rest to", (str(one.too_early) for one in results))
    yield _line("answers", (f"{one.answered:,}" for one in results))


def _line(name: str, values: Iterable[str]) -> str:
    return f"{name:46}" + "".join(f"{value:>24}" for value in values)


def _share(kept: "Kept | None") -> str:
    return f"{kept.kept:,} of {kept.all:,} ({kept.percent:.1f} %)" if kept and kept.all else "–"
