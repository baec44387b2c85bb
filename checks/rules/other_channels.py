"""Nobody outside tresen/channels asks which channel it is: differences are data or functions of the connector."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from checks.sources import Problem, Source

HOME = "tresen/channels/**"
# The demo shop plays the platforms themselves: it writes what each of them would send.
PLAYED = "tresen/local/demo/**"
NAMES = {"channel", "channel_key", "connector_key"}
ADVICE = "asks for a channel by name; let the connector say what differs"
IN_TEMPLATE = re.compile(r"\b(channel|channel_key|connector_key|connector\.key)\s*(==|!=|(not\s+)?in)\s*['\"(\[]")


def no_channel_questions(source: Source) -> Iterator[Problem]:
    """Comparisons and matches of a channel with a literal."""
    if not source.within("tresen/**") or source.within(HOME) or source.within(PLAYED):
        return
    for node in source.nodes:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(_is_channel, sides)) and any(map(_is_literal, sides)):
                yield source.problem(node, ADVICE)
        if isinstance(node, ast.Match) and _is_channel(node.subject):
            yield source.problem(node, ADVICE)


def no_channel_questions_in_templates(root: Path) -> Iterator[Problem]:
    """The same in templates."""
    for path in sorted((root / "tresen").rglob("templates/**/*.*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if IN_TEMPLATE.search(line):
                yield Problem(path.relative_to(root).as_posix(), number, ADVICE)


def _is_channel(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in NAMES or (node.attr == "key" and _named_connector(node.value))
    return isinstance(node, ast.Name) and node.id in NAMES


def _named_connector(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name == "connector"


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return bool(node.elts) and all(map(_is_literal, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""
