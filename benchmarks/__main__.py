"""`bin/bench`: one line per benchmark, and exit code 1 when one falls short. Ratios in one run, never bare times."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from benchmarks.database import own_database
from benchmarks.result import Figure, Result

PURE = ("working_hours",)
ON_A_DATABASE = (
    "filing",
    "raw_mail",
    "queue_page",
    "board",
    "due_sweep",
    "danger",
    "recalculation",
    "edits",
    "attainment",
)


def main(chosen: Sequence[str]) -> int:
    """Run the benchmarks named, or all; print a line for each result. 2 when a name is none of them."""
    if unknown := set(chosen) - {*PURE, *ON_A_DATABASE}:
        print(f"No benchmark is named {', '.join(sorted(unknown))}. There are: {', '.join((*PURE, *ON_A_DATABASE))}.")
        return 2
    begun = time.monotonic()
    results: list[Result | Figure] = []
    for name in PURE:
        results += _run(name, chosen)
    if any(_wanted(name, chosen) for name in ON_A_DATABASE):
        with own_database():
            for name in ON_A_DATABASE:
                results += _run(name, chosen)
    short = sum(not result.holds for result in results)
    print(f"{len(results)} benchmarks in {time.monotonic() - begun:.0f} s, {short or 'none'} falls short")
    return 1 if short else 0


def _wanted(name: str, chosen: Sequence[str]) -> bool:
    return not chosen or name in chosen


def _run(name: str, chosen: Sequence[str]) -> Sequence[Result | Figure]:
    if not _wanted(name, chosen):
        return []
    run: Callable[[], Iterable[Result | Figure]] = import_module(f"benchmarks.{name}").run
    results = []
    for result in run():  # one that takes an hour says each line when it has it
        print(result.line(), flush=True)
        results.append(result)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
