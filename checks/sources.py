"""What our own rules look at: the repository's files, parsed once."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("tresen", "tests", "checks", "benchmarks", "bin")
PASSED_OVER = {"__pycache__", "migrations"}


@dataclass(frozen=True)
class Problem:
    """One place that breaks a rule. `path` is relative to the repository."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Source:
    """A Python file. `path` is relative to the repository."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    def within(self, *patterns: str) -> bool:
        """Whether the path is one of these; `**` stands for any number of folders."""
        return any(_pattern(pattern).fullmatch(self.path) for pattern in patterns)

    def problem(self, node: ast.AST, what: str) -> Problem:
        """A problem at this node."""
        return Problem(self.path, getattr(node, "lineno", 1), what)


def sources(root: Path = ROOT) -> Iterator[Source]:
    """Our Python files, migrations left out: those are written once and never read again."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if not PASSED_OVER & set(path.relative_to(root).parts):
                yield Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    # pathlib's full_match came with 3.13.
    escaped = re.escape(pattern).replace(r"\*\*/", "(.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.compile(escaped)


def dotted(node: ast.AST) -> str:
    """A name with its attributes, as written: "timezone.now"; empty for anything else."""
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else ""
    return node.id if isinstance(node, ast.Name) else ""
