"""Files of at most 300 lines, functions of at most 40: the maximum is capped, as changes happen in the tail."""

import ast
from collections.abc import Iterator

from checks.sources import Problem, Source

LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def small_pieces(source: Source) -> Iterator[Problem]:
    """Files and functions that are too long. A docstring does not count: a contract may need its words."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield Problem(source.path, LONGEST_FILE + 1, f"{lines} lines; split it by meaning ({LONGEST_FILE} at most)")
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _lines(node) - _lines_of_docstring(node)
            if length > LONGEST_FUNCTION:
                yield source.problem(node, f"{node.name} has {length} lines ({LONGEST_FUNCTION} at most)")


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _lines_of_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return _lines(node.body[0]) if ast.get_docstring(node, clean=False) is not None else 0
