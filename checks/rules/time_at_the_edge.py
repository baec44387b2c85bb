"""`now()` is called at the edge only; everything further in is told the time, so that a test can tell it too."""

import ast
from collections.abc import Iterator

from checks.sources import Problem, Source, dotted

ASKING = (
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "timezone.now", "timezone.localtime", "timezone.localdate", "time.time", "wall.now",
)  # fmt: skip

# Where a request, a job or a command begins.
EDGES = (
    "tresen/api/**",
    "tresen/config/**",
    "tresen/live/**",
    "tresen/local/**",
    "tresen/timekeeping/**",
    "tresen/workspace/middleware.py",
    "tresen/workspace/**/views.py",
    "tresen/workspace/**/views/*.py",
    "tresen/*/tasks.py",
    # A connector's `send` answers with the time at which the other side took the message.
    "tresen/channels/*/sending.py",
    "tresen/channels/*/interface/sending.py",
    # What is asked of a queue is signed with the time at which it is asked.
    "tresen/channels/*/interface/notification_queue.py",
    # A signed request says when it was signed.
    "tresen/channels/*/proving.py",
    # A platform that looks back a few days only, unless it is told from which day on.
    "tresen/channels/*/interface/today.py",
)


def time_at_the_edge(source: Source) -> Iterator[Problem]:
    """Calls that ask for the time where it should be an argument."""
    if not source.within("tresen/**") or source.within(*EDGES):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and _asks(dotted(node.func)):
            yield source.problem(node, f"{dotted(node.func)}() away from the edge; take the time as an argument")


def _asks(name: str) -> bool:
    return any(name == asking or name.endswith(f".{asking}") for asking in ASKING)
