"""Tensors that can't be joined, and parts that can't be cut."""

from __future__ import annotations

from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import Fix, Reason, changed, of, of_two, rule
from tensordrill.explanation.shapes import cat as joined
from tensordrill.explanation.shapes import from_front
from tensordrill.messages import message

_JOINING = ("cat", "stack", "hstack", "vstack", "dstack")
_CUT = {"hsplit": 1, "vsplit": 0, "dsplit": 2}


@rule(*_JOINING, raises="TypeError", needs=("tensors:any",))
def no_list(call: Failed, given: Argument) -> Reason:
    """Something else than one list of tensors."""
    dim = call.get("dim")
    if given.tensor is not None and (dim.tensor is not None if dim else call.rest):
        return message("cat-one-list", function=call.function, x=given.code)
    x = next((item for item in given.items if item.tensor is None and item.value is not None), None)
    return message("cat-no-tensor", function=call.function, x=x.code, type=x.type) if x else None


@rule(*_JOINING, raises="RuntimeError ValueError", needs=("tensors:any",))
def nothing(call: Failed, given: Argument) -> Reason:
    """An empty list."""
    is_empty = given.type in ("list", "tuple") and getattr(given.value, "v", None) == () and not given.items
    return message("cat-nothing", function=call.function) if is_empty else None


@rule("cat", needs=("tensors:any", "dim:int=0"))
def cat(call: Failed, given: Argument, dim: int) -> Reason:
    """`cat` of tensors that differ in more than one dim."""
    pieces = _pieces(given)
    flat = next((each for each in pieces if not each.shape), None)
    if flat is not None:
        return message("cat-flat", function=call.function, x=flat.code)
    return _clash(call, [each for each in pieces if each.shape != (0,)], dim)


def _pieces(given: Argument) -> list[Argument]:
    return [item for item in given.items if item.tensor is not None]


def _clash(call: Failed, pieces: Sequence[Argument], dim: int) -> Reason:
    """Return where the first piece that does not go with the first one differs from it."""
    if not pieces or not from_front([dim], len(pieces[0].shape)):
        return None
    a, dim = pieces[0], dim % len(pieces[0].shape)
    for b in pieces[1:]:
        m, n = len(a.shape), len(b.shape)
        if m != n:
            lower = a if m < n else b
            fixes = changed(lower, f"{{}}.unsqueeze({dim})") * (abs(m - n) == 1 and call.name == "cat")
            return message("cat-ndim", function=call.function, m=m, n=n, **of_two(a, b)), *fixes
        at = _differing(a, b, dim)
        if at is not None:
            sizes = {"dim": dim, "at": at, "m": a.shape[at], "n": b.shape[at]}
            other = _fits(pieces) if call.name == "cat" else None
            would = [Fix(message("cat-other-dim", dim=other), f"torch.cat({{tensors}}, {other})")]
            would *= other not in (None, dim)
            return message("cat-size", function=call.function, **sizes, **of_two(a, b)), *would
    return None


def _differing(a: Argument, b: Argument, dim: int) -> int | None:
    columns = joined((a.shape, b.shape), dim).columns
    return next((at for at, column in enumerate(columns) if column.mark == "clash"), None)


def _fits(pieces: Sequence[Argument]) -> int | None:
    """Return the dim along which all of them would join."""
    shapes = [each.shape for each in pieces]
    dims = range(len(shapes[0]) if len(set(map(len, shapes))) == 1 else 0)
    return next((dim for dim in dims if not joined(shapes, dim).is_clash), None)


@rule("stack", needs=("tensors:any",))
def stack(_: Failed, given: Argument) -> Reason:
    """`stack` of tensors with different shapes."""
    pieces = _pieces(given)
    other = next((each for each in pieces if each.shape != pieces[0].shape), None)
    if other is None:
        return None
    dim = _fits(pieces)
    would = [] if dim is None else [Fix(message("cat-instead", dim=dim), f"torch.cat({{tensors}}, {dim})")]
    return message("cat-stack", **of_two(pieces[0], other)), *would


@rule("hstack", "vstack", "dstack", needs=("tensors:any",))
def side_by_side(call: Failed, given: Argument) -> Reason:
    """`hstack`, `vstack` and `dstack`: `cat` along dim 1, 0 or 2, of tensors that get new dims until they have it."""
    pieces, least = _pieces(given), {"hstack": 1, "vstack": 2, "dstack": 3}[call.name]
    if not pieces:
        return None
    other = next(
        (each for each in pieces if max(len(each.shape), least) != max(len(pieces[0].shape), least)), None
    )
    if other is not None:
        counts = {"m": max(len(pieces[0].shape), least), "n": max(len(other.shape), least), "least": least}
        return message("cat-least", function=call.function, **counts, **of_two(pieces[0], other))
    if any(len(each.shape) < least for each in pieces):
        return None
    return _clash(call, pieces, 0 if call.name == "vstack" or len(pieces[0].shape) == 1 else least - 1 or 1)


@rule(*_CUT, needs=("input", "indices_or_sections:any"))
def equal_parts(call: Failed, x: Argument, given: Argument) -> Reason:
    """`hsplit`, `vsplit` and `dsplit` into so many parts as do not divide the dim."""
    dim, count = min(_CUT[call.name], len(x.shape) - 1), given.integer
    if count is None or dim < 0 or (count > 0 and x.shape[dim] % count == 0):
        return None
    return message("cat-parts", function=call.function, dim=dim, size=x.shape[dim], count=count, **of(x))


@rule("split", needs=("input", "dim:int=0"))
def split(call: Failed, x: Argument, dim: int) -> Reason:
    """`split` into sizes that do not add up."""
    given = call.get("split_size") or call.get("split_size_or_sections")
    sizes = given.integers if given else None
    if not given or not sizes or not -len(x.shape) <= dim < len(x.shape):
        return None
    size = x.shape[dim]
    if given.type == "int":
        is_wrong = sizes[0] < 0 or (sizes[0] == 0 and size != 0)
        return message("cat-split-size", size=sizes[0]) if is_wrong else None
    if sum(sizes) == size or min(sizes) < 0:
        return None
    values = {"dim": dim % len(x.shape), "size": size, "sizes": sizes, "total": sum(sizes)}
    return message("cat-split-sum", **values, **of(x))


@rule("narrow", raises="RuntimeError IndexError", needs=("input", "dim:int", "start:int", "length:int"))
def narrow(call: Failed, x: Argument, dim: int, start: int, length: int) -> Reason:
    """`narrow` beyond the end of a dim."""
    if not -len(x.shape) <= dim < len(x.shape):
        return None
    size = x.shape[dim]
    values = {"function": call.function, "dim": dim % len(x.shape), "size": size, "start": start, **of(x)}
    if not -size <= start <= size:
        return message("cat-narrow-start", **values)
    end = start + size * (start < 0) + length
    return message("cat-narrow", length=length, end=end, **values) if end > size else None
