"""Variables of a loop that get a new tensor which nothing reads, where the items were to change."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.kinds.code import parsed
from tensordrill.messages import message
from tensordrill.sandbox.trace import Place

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def unread(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each loop that computes its variable anew from itself, for nobody to read."""
    evaluated = {call.place for call in graph}
    for file, source in graph.sources.items():
        for name, value in _unread(source):
            end = value.end_lineno or 1, value.end_col_offset or 0
            place = Place(value.lineno, value.col_offset, *end, file)
            if place in evaluated:
                text = message("suspicious-rebound", name=name, value=graph.text(place))
                yield Suspicion("unused-result", place, "likely", text)


@lru_cache(8)
def _unread(source: str) -> tuple[tuple[str, ast.BinOp], ...]:
    tree = parsed(source)
    paths = list(_paths(tree, ())) if tree else []
    return tuple(
        (name, value)
        for path in paths
        for name, value in _rebound(path)
        if not any(_reads(other, path, name) for other in paths)
    )


def _paths(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[tuple[ast.AST, ...]]:
    """Yield each node below one, and itself, with those above it: the outermost first."""
    path = (*above, node)
    yield path
    for child in ast.iter_child_nodes(node):
        yield from _paths(child, path)


def _rebound(path: tuple[ast.AST, ...]) -> Iterator[tuple[str, ast.BinOp]]:
    """Yield the variable of the loop that an assignment in it computes from itself."""
    match path[-2:]:
        case [ast.For(target=target), ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp() as value)]:
            if name in _names(target) and name in _names(value):
                yield name, value


def _reads(other: tuple[ast.AST, ...], path: tuple[ast.AST, ...], name: str) -> bool:
    """Whether a node may read the value that an assignment gave a variable."""
    node, loop, assignment = other[-1], path[-2], path[-1]
    if not isinstance(node, ast.Name) or node.id != name or not isinstance(node.ctx, ast.Load):
        return False
    own_names = (_binds(each, inner, name) for each, inner in pairwise(other) if each is not loop)
    if assignment in other or any(own_names):
        return False
    is_later = (node.lineno, node.col_offset) > (assignment.lineno, assignment.col_offset)  # type: ignore[attr-defined]
    is_elsewhere = _scope(other) is not _scope(path)
    is_next_round = any(isinstance(each, ast.For | ast.While) and each in other for each in path[:-2])
    return is_later or is_elsewhere or (is_next_round and loop not in other)


def _binds(node: ast.AST, inner: ast.AST, name: str) -> bool:
    """Whether a node gives a variable of this name a value of its own for what is in it."""
    match node:
        case ast.For(target=target, iter=iterated):
            return inner is not iterated and name in _names(target)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return any(name in _names(part.target) for part in node.generators)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            arguments = [each for each in ast.walk(node.args) if isinstance(each, ast.arg)]
            return any(each.arg == name for each in arguments)
    return False


def _scope(path: tuple[ast.AST, ...]) -> ast.AST:
    return next((node for node in reversed(path) if isinstance(node, _FUNCTIONS)), path[0])


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
