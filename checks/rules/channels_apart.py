"""A connector knows its own folder and the contract; two that need the same share it in a folder that is none."""

import ast
from collections.abc import Iterator
from pathlib import Path

from checks.sources import Problem, Source

REGISTRY = "tresen.channels.registry"


def channels_apart(root: Path) -> Iterator[Problem]:
    """Imports of one connector by another, or of the registry by any."""
    channels = root / "tresen" / "channels"
    connectors = {path.parent.name for path in channels.glob("*/__init__.py") if _is_connector(path)}
    for name in sorted(connectors):
        for path in sorted((channels / name).rglob("*.py")):
            source = Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
            yield from _imports_of_others(source, connectors - {name})


def _is_connector(path: Path) -> bool:
    return any(line.startswith("CONNECTOR") for line in path.read_text(encoding="utf-8").splitlines())


def _imports_of_others(source: Source, others: set[str]) -> Iterator[Problem]:
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom):
            imported = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        else:
            continue
        for name in imported:
            parts = name.split(".")
            if parts[:2] == ["tresen", "channels"] and (name == REGISTRY or set(parts[2:3]) & others):
                yield source.problem(node, f"a connector imports {name}; it may know only itself and what is shared")
                break
