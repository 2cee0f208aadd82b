"""The code as Python reads it: each file parsed and gone through once in a process."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax of a file."""
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return all that stands in a file, at any depth."""
    return list(ast.walk(tree(path)))
