"""Every setting of an installation stands in docs/operations/settings.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

from checks.sources import Problem, Source

SETTINGS = "tresen/config/environment.py"
PAGE = "docs/operations/settings.md"


def documented_settings(root: Path) -> Iterator[Problem]:
    """Settings that the page does not name."""
    path = root / SETTINGS
    if not path.is_file():
        return
    page = root / PAGE
    words = page.read_text(encoding="utf-8") if page.is_file() else ""
    for name, line in variables(Source(SETTINGS, path.read_text(encoding="utf-8"))):
        if f"`{name}`" not in words:
            yield Problem(SETTINGS, line, f"{name} is not explained in {PAGE}")


def variables(source: Source) -> Iterator[tuple[str, int]]:
    """The environment variables of the class Environment, with their lines."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and node.name == "Environment":
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    yield _alias(item.value) or f"TRESEN_{item.target.id.upper()}", item.lineno


def _alias(value: ast.expr | None) -> str:
    if isinstance(value, ast.Call):
        for keyword in value.keywords:
            if keyword.arg == "validation_alias" and isinstance(keyword.value, ast.Constant):
                return str(keyword.value.value)
    return ""
