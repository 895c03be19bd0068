"""Nodes of a syntax tree: where they are, what they apply, and to what."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Position = tuple[int, int, int, int]

PROGRAM = "<program>"
"""The file of a program that is no file, as tracebacks name it."""

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|",
    ast.BitXor: "^", ast.BitAnd: "&", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.Invert: "~", ast.USub: "-", ast.UAdd: "+", ast.Not: "not",
}  # fmt: skip


def position(node: ast.AST) -> Position:
    """Return the lines (from 1) and columns (bytes, from 0) where a node begins and ends."""
    return (
        getattr(node, "lineno", 0),
        getattr(node, "col_offset", 0),
        getattr(node, "end_lineno", 0) or 0,
        getattr(node, "end_col_offset", 0) or 0,
    )


def put_back(trees: Iterable[ast.AST]) -> frozenset[ast.Name]:
    """Return the names whose variables no frame has any more when an exception has left their comprehension.

    From Python 3.12 on a comprehension has no frame of its own: its variables are those of the frame around, which gets
    its own of the same names back (https://peps.python.org/pep-0709/). The first iterable is evaluated outside.
    """
    if sys.version_info < (3, 12):
        return frozenset()
    names: set[ast.Name] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp):
            targets = [part.target for part in node.generators]
            bound = {name.id for target in targets for name in _names(target)}
            outside = set(_names(node.generators[0].iter))
            names |= {name for name in _names(node) if name.id in bound} - outside
    return frozenset(names)


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Name))


def place(node: ast.AST, module: str) -> dict[str, Any]:
    """Return a `trace.Place` as plain data; `module` is the file of a module, "" for the program."""
    return whereabouts(*position(node), module)


def whereabouts(line: int, column: int, end_line: int, end_column: int, module: str) -> dict[str, Any]:
    """Return a `trace.Place` as plain data, within the lines and columns that there can be."""
    return {
        "line": max(line, 1),
        "column": max(column, 0),
        "end_line": max(end_line, 1),
        "end_column": max(end_column, 0),
        "file": module,
    }


def unread(error: SyntaxError, source: str, module: str, *, counts_bytes: bool) -> dict[str, Any]:
    """Return the place in a text that Python stopped at: some letters of a line, or all of it.

    The parser counts columns in letters, the compiler in bytes, as a `trace.Place` does.
    """
    line, start, end = error.lineno or 1, (error.offset or 1) - 1, (error.end_offset or 0) - 1
    if error.end_lineno != line or end <= start:
        end = start + 1
    text = "".join(source.split("\n")[line - 1 : line])
    if not counts_bytes and error.text is not None:
        is_part = error.text.strip() != text.strip()  # as of what stands in an f-string
        start, end = (0, len(text)) if is_part else (start, end)
        start, end = (len(text[:column].encode(errors="replace")) for column in (start, end))
    return whereabouts(line, start, line, end, module)


def kind(node: ast.AST) -> str:
    """Name what a node does, as `trace.Failure` says it."""
    match node:
        case ast.Call():
            return "call"
        case ast.Attribute():
            return "attribute"
        case ast.Subscript():
            return "index"
        case ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.AugAssign():
            return "operator"
        case ast.Name():
            return "name"
        case _:
            return "statement"


def function(node: ast.AST) -> str:
    """Name what a node applies: a function, an attribute, `[]`, or an operator's sign."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
        case ast.Attribute(attr=name):
            return name
        case ast.Subscript():
            return "[]"
        case ast.BinOp(op=sign) | ast.UnaryOp(op=sign):
            return _SIGNS[type(sign)]
        case ast.AugAssign(op=sign):
            return _SIGNS[type(sign)] + "="
        case ast.Compare(ops=[sign, *_]):
            return _SIGNS[type(sign)]
        case _:
            return ""


def operands(node: ast.AST) -> list[tuple[str, ast.expr]]:
    """Return the nodes that a node is applied to, each with its role."""
    match node:
        case ast.Call():
            return _arguments(node)
        case ast.Attribute(value=value):
            return [("self", value)]
        case ast.Subscript(value=value, slice=index):
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            return [("self", value), *((str(number), part) for number, part in enumerate(parts))]
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right, *_]):
            return [("left", left), ("right", right)]
        case ast.AugAssign(target=left, value=right):
            return [("left", left), ("right", right)]
        case ast.UnaryOp(operand=operand):
            return [("self", operand)]
        case ast.Expr(value=value) | ast.Assign(value=value):
            return [("value", value)]
        case _:
            return []


def _arguments(node: ast.Call) -> list[tuple[str, ast.expr]]:
    roles: list[tuple[str, ast.expr]] = []
    if isinstance(node.func, ast.Attribute):
        roles.append(("self", node.func.value))
    else:
        roles.append(("function", node.func))
    roles += [(str(number), argument) for number, argument in enumerate(node.args)]
    return roles + [(keyword.arg or "**", keyword.value) for keyword in node.keywords]


# ---- where it failed ----


def node_at(trees: list[ast.Module], wanted: Position) -> ast.AST | None:
    """Find the operation at a position; else the smallest statement on its line."""
    nodes = [node for tree in trees for node in ast.walk(tree) if hasattr(node, "lineno")]
    exact = [node for node in nodes if position(node) == wanted]
    for node in sorted(exact, key=lambda each: isinstance(each, ast.stmt | ast.Name)):
        return node
    ending = [node for node in nodes if isinstance(node, ast.expr) and position(node)[2:] == wanted[2:]]
    if ending:
        return min(ending, key=lambda node: abs(position(node)[0] - wanted[0]))
    lines = [
        node
        for node in nodes
        if isinstance(node, ast.stmt) and node.lineno <= wanted[0] <= (node.end_lineno or 0)
    ]
    return min(lines, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


def stored(trees: list[ast.Module], target: ast.AST) -> ast.Assign | None:
    """Return the assignment to an item or an attribute; None where a node is no target of one."""
    if not isinstance(getattr(target, "ctx", None), ast.Store):
        return None
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Assign) and any(each is target for each in node.targets):
            return node
    return None


def loop_around(trees: list[ast.Module], node: ast.AST | None) -> list[ast.stmt]:
    """Return the statements of the innermost loop around a node; none where there is no loop."""
    return _innermost_body(trees, node, (ast.For, ast.While))


def function_around(trees: list[ast.Module], node: ast.AST | None) -> list[ast.stmt]:
    """Return the statements of the innermost function around a node; none at the top."""
    return _innermost_body(trees, node, (ast.FunctionDef,))


def _innermost_body(
    trees: list[ast.Module], node: ast.AST | None, kinds: tuple[type[ast.stmt], ...]
) -> list[ast.stmt]:
    nodes: Iterator[Any] = (each for tree in trees for each in ast.walk(tree) if isinstance(each, kinds))
    around = [each for each in nodes if any(inner is node for inner in ast.walk(each))]
    body: list[ast.stmt] = (
        min(around, key=lambda each: position(each)[2] - each.lineno).body if around else []
    )
    return body


def names_read(statements: list[ast.stmt]) -> list[str]:
    """Return the names that statements read."""
    nodes = (each for statement in statements for each in ast.walk(statement))
    reads = (each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load))
    return list(dict.fromkeys(reads))


def carried_names(statements: list[ast.stmt]) -> list[str]:
    """Return the names that statements read before they assign them."""
    return _read_first(statements, lambda node: node.id if isinstance(node, ast.Name) else "")


def carried_attributes(trees: list[ast.Module], class_name: str) -> list[str]:
    """Return the attributes that a method of a class uses before it assigns them; to compare one is no use."""
    nodes = (each for tree in trees for each in ast.walk(tree))
    classes = (each for each in nodes if isinstance(each, ast.ClassDef) and each.name == class_name)
    names: dict[str, None] = {}
    for method in (each for own in classes for each in own.body if isinstance(each, ast.FunctionDef)):
        compares = (each for each in ast.walk(method) if isinstance(each, ast.Compare))
        compared = {id(part) for each in compares for part in (each.left, *each.comparators)}
        owner = method.args.args[0].arg if method.args.args else ""

        def attribute(node: ast.AST, owner: str = owner, compared: set[int] = compared) -> str:
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name == owner:
                    return "" if id(node) in compared else attribute
            return ""

        names |= dict.fromkeys(_read_first(method.body, attribute))
    return list(names)


def _read_first(statements: list[ast.stmt], name_of: Callable[[ast.AST], str]) -> list[str]:
    """Return the names of what is read before it surely was assigned, and is assigned."""
    reads: dict[str, None] = {}
    written: set[str] = set()
    surely: set[str] = set()
    for statement in statements:
        places: list[Any] = [each for each in ast.walk(statement) if name_of(each)]
        updated = [each.target for each in ast.walk(statement) if isinstance(each, ast.AugAssign)]
        for place in places:
            is_read = isinstance(place.ctx, ast.Load) or any(place is each for each in updated)
            if is_read and name_of(place) not in surely:
                reads[name_of(place)] = None
        written |= {name_of(place) for place in places if isinstance(place.ctx, ast.Store)}
        surely |= _surely_assigned(statement, name_of)
    return [name for name in reads if name in written]


def _surely_assigned(statement: ast.stmt, name_of: Callable[[ast.AST], str]) -> set[str]:
    """Return what a statement assigns whichever way it goes."""
    match statement:
        case ast.If(body=body, orelse=orelse):
            return _all_assigned(body, name_of) & _all_assigned(orelse, name_of)
        case ast.With(body=body):
            return _all_assigned(body, name_of)
        case ast.For() | ast.While() | ast.Try() | ast.Match():
            return set()
    nodes: Iterator[Any] = ast.walk(statement)
    return {name_of(each) for each in nodes if name_of(each) and isinstance(each.ctx, ast.Store)}


def _all_assigned(statements: list[ast.stmt], name_of: Callable[[ast.AST], str]) -> set[str]:
    return {name for statement in statements for name in _surely_assigned(statement, name_of)}


def iterated(node: ast.AST) -> list[ast.expr]:
    """Return the expressions that a node loops over or takes apart."""
    match node:
        case ast.For(iter=part):
            return [part]
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return [part.iter for part in node.generators]
        case ast.Call(args=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return [part.value for part in parts if isinstance(part, ast.Starred)]
        case ast.expr():
            return [node]
    return []


def tested(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions whose truth a node asks for, in order."""
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.Assert(test=test) | ast.IfExp(test=test):
            yield from tested(test)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for test in (test for part in node.generators for test in part.ifs):
                yield from tested(test)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from tested(part)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            yield from tested(part)
        case ast.expr():
            yield node


def unpacked(trees: list[ast.Module], target: ast.AST) -> ast.expr | None:
    """Return the expression whose value a tuple of targets takes apart, where a program writes it."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Assign):
            for each in node.targets:
                if (part := _part(each, node.value, target)) is not None:
                    return part
    return None


def _part(target: ast.expr, value: ast.expr, wanted: ast.AST) -> ast.expr | None:
    if target is wanted:
        return value
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        for each, part in zip(target.elts, value.elts, strict=False):
            if (inner := _part(each, part, wanted)) is not None:
                return inner
    return None
