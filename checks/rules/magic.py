"""Nothing happens unseen: no Django signals, no overridden save or delete. What follows stands in reactions.py."""

import ast
from collections.abc import Iterator

from checks.sources import Problem, Source, dotted

SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")
OVERRIDES = {"save", "delete"}


def no_magic(source: Source) -> Iterator[Problem]:
    """Imports of signals, and models that do more than hold rows."""
    if not source.within("tresen/**"):
        return
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SIGNALS):
            yield source.problem(node, "a Django signal is a caller nobody sees; put the reaction into reactions.py")
        if isinstance(node, ast.ClassDef) and _is_model(node):
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and item.name in OVERRIDES:
                    yield source.problem(item, f"{node.name}.{item.name} is overridden; write an operation instead")


def _is_model(node: ast.ClassDef) -> bool:
    return any(dotted(base).split(".")[-1].endswith("Model") for base in node.bases)
