"""The one picture after a wrong answer: of the step where two programs part, and of what the question is about."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec.structs import replace

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.bindings import bound_names, name_of
from tensordrill.explanation.call import Call
from tensordrill.explanation.cells import Cells, cells
from tensordrill.explanation.difference import own_steps, parting
from tensordrill.explanation.drawing import RESHAPING, Drawing
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.line import Line, line
from tensordrill.explanation.pictures import Picture, alignment_of, call_of, of_the_error
from tensordrill.explanation.selection import VIEWS, selection
from tensordrill.explanation.shapes import from_front, merge
from tensordrill.explanation.step import Step
from tensordrill.explanation.strip import Strip, StripCell, strip
from tensordrill.explanation.walk import Walk, walk
from tensordrill.kinds.answers import Difference
from tensordrill.messages import Message, message
from tensordrill.sandbox.values import Nothing

Subject: TypeAlias = Literal["sharing", "memory", "shape", "values", "outcome", "other"]
"""The aspect in which an answer is wrong: shared memory, its layout, …; `outcome` is whether the program
raises, `other` is what no picture shows."""


def of_code(
    yours: Explanation, about: Subject, solution: Explanation | None = None, *, shows_key: bool = False
) -> Picture | None:
    """Return the picture of what code does that the solution doesn't; with the key, what that does instead.

    Without a solution it is that of the last step that has one.
    """
    failed = of_the_error(yours)
    if failed is not None:
        return failed
    if about == "other" or yours.ended is not None:
        return None
    if solution is None:
        return _first(yours, reversed(range(len(yours.steps))), about) if yours.error is None else None
    mine, theirs = _apart(yours, solution, about)
    own = mine[0] if mine else None
    if not (shows_key and theirs and yours.error is None):
        return own
    if own is None:
        return replace(theirs[0], is_solution=True)
    alike = [each for each in theirs if type(each.drawing) is type(own.drawing)]
    return replace(own, solution=(alike or theirs)[0])


def _apart(one: Explanation, other: Explanation, about: Subject) -> tuple[list[Picture], list[Picture]]:
    """Return the pictures of the steps where two programs part, but for those that show the same of both."""
    return _of_one(one, other, about), _of_one(other, one, about)


def _of_one(one: Explanation, other: Explanation, about: Subject) -> list[Picture]:
    aspect = _aspect(about)
    shown = {_geometry(each.drawing) for each in _pictures(other, own_steps(other, one, aspect), about)}
    drawn = _pictures(one, parting(one, other, aspect), about)
    return [each for each in drawn if _geometry(each.drawing) not in shown]


def _geometry(drawing: Drawing) -> object:
    """Return what a drawing shows, whatever its operands are called and whatever their elements are."""
    match drawing:
        case Alignment():
            return drawing.kind, drawing.columns, drawing.batch
        case Strip():
            return tuple(part.order if isinstance(part, StripCell) else part for part in drawing.parts)
        case Line():
            return drawing.shapes
        case Walk():
            return drawing.dims, drawing.given.shape, drawing.result.shape
        case _:
            return drawing


def compared_about(differences: Collection[Difference], must: Collection[str]) -> Subject:
    """Return what code is wrong about; where it raised, what it is compared on."""
    facets: set[str] = {difference.facet for difference in differences}
    if "outcome" in facets:
        facets.update(must)
    if facets & {"stride", "contiguous"}:
        return "memory"
    if "memory" in facets:
        return "sharing"
    if facets & {"values", "outcome"}:
        return "values"
    return "shape" if "shape" in facets else "other"


def of_program(
    program: Explanation, misread: Explanation | None, about: Subject, asked: str, first_line: int = 1
) -> Picture | None:
    """Return the picture of what a program does where it is misread.

    `misread` is the program that a wrong answer speaks of. Where that is not known, it is the last step from
    `first_line` on that leads to what is `asked`, and that gives more than one number.
    """
    failed = of_the_error(program)
    if failed is not None:
        return failed
    if about == "other" or program.ended is not None or program.error is not None:
        return None
    if misread is not None:
        own, _ = _apart(program, misread, about)
        if own or parting(program, misread, _aspect(about)):
            return own[0] if own else None
    leading = _leading(program, asked)
    late = [index for index in reversed(leading) if program.steps[index].line >= first_line]
    return _first(program, [index for index in late if program.steps[index].tensor.shape], about)


def _aspect(about: Subject) -> Literal["values", "memory"]:
    return "memory" if about in ("sharing", "memory") else "values"


def _leading(explanation: Explanation, asked: str) -> list[int]:
    """Return the steps that lead to the names in an expression, in their order."""
    names = bound_names(explanation.source)
    wanted = set(re.findall(r"\w+", asked))
    ends = {name_of(step, names) or step.expression: index for index, step in enumerate(explanation.steps)}
    waiting = [index for name, index in ends.items() if name in wanted]
    leading: set[int] = set()
    while waiting:
        index = waiting.pop()
        if index not in leading:
            leading.add(index)
            step = explanation.steps[index]
            waiting += (*step.earlier, *([] if step.of is None else [step.of]))
    return sorted(leading)


def _first(explanation: Explanation, indices: Iterable[int], about: Subject) -> Picture | None:
    return next(_pictures(explanation, indices, about), None)


def _pictures(explanation: Explanation, indices: Iterable[int], about: Subject) -> Iterator[Picture]:
    for index in indices:
        is_of_memory = about in ("sharing", "memory")
        drawing = _memory(explanation, index, about) if is_of_memory else _drawn(explanation, index, about)
        if drawing is not None:
            yield Picture(drawing, explanation.steps[index].expression)


# ---- what a step is drawn as ----


def _memory(explanation: Explanation, index: int, about: Subject) -> Drawing | None:
    """Draw where a tensor's elements lie; memory of its own shows nothing of what is shared."""
    step, call = explanation.steps[index], call_of(explanation, index)
    if call is None:
        return None
    if step.memory == "copy" and (table := _merged(step, call)):
        return table
    return None if about == "sharing" and step.memory in ("new", "copy") else strip(step.tensor)


def _merged(step: Step, call: Call) -> Drawing | None:
    """Draw why a reshape had to copy, or why a tensor that is not contiguous could still be viewed."""
    tensor = call.tensor("input")
    if call.name not in RESHAPING or tensor is None or tensor.stride is None or tensor.contiguous:
        return None
    return merge(tensor.shape, tensor.stride, step.tensor.shape)


def _drawn(explanation: Explanation, index: int, about: Subject) -> Drawing | None:
    step, call = explanation.steps[index], call_of(explanation, index)
    first = call.first if call else None
    if call is None or first is None or not (first.tensor or first.items):
        return None
    if call.name in RESHAPING and first.tensor is not None:
        return (_merged(step, call) if about == "outcome" else None) or line(first.tensor, step.tensor.shape)
    if call.name in WALKING and about == "values":
        return _walked(step, call) or alignment_of(step, call)
    if call.name in _SELECTING:
        return _selected(step, call)
    if call.function in _REORDERING and step.memory == "view":
        return strip(step.tensor)
    return alignment_of(step, call)


WALKING: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(
        "sum mean prod amax amin max min all any std var argmax argmin nansum nanmean median nanmedian mode "
        "count_nonzero norm quantile".split(),
        (),
    ),
    **dict.fromkeys(
        "softmax log_softmax softmin cumsum cumprod logcumsumexp cummax cummin logsumexp".split(), None
    ),
    **dict.fromkeys(("sort", "argsort"), (-1,)),
    "normalize": (1,),
}
"""Functions along dims, with the dims that they take by default: `()` is all, None is none."""


def _walked(step: Step, call: Call) -> Walk | None:
    tensor, dim = call.tensor("input"), call.get("dim")
    if dim is None or (isinstance(dim.value, Nothing) and WALKING[call.name] == ()):
        dims = WALKING[call.name]
    else:
        dims = dim.integers
    if tensor is None or not tensor.shape or dims is None:
        return None
    chosen = from_front(dims or range(len(tensor.shape)), len(tensor.shape)) or ()
    return walk(tensor, step.tensor, sorted(set(chosen)))


_SELECTING = VIEWS | frozenset("gather take_along_dim index_select take masked_select".split())
_REORDERING = frozenset(
    "t T mT H mH adjoint transpose swapaxes swapdims permute movedim moveaxis as_strided".split()
)


def _selected(step: Step, call: Call) -> Cells | None:
    tensor = call.first.tensor if call.first else None
    taken = selection(call, step.tensor, is_view=step.memory == "view")
    if tensor is None or taken is None or math.prod(tensor.shape) < 2:
        return None
    if step.memory == "view" and taken == tuple(range(math.prod(tensor.shape))):
        return None  # as `x[:, None]`, which takes everything
    index = None if call.name == "index_select" else call.tensor("index") or call.tensor("indices")
    return cells(tensor, step.tensor, taken, index, _rule(call, tensor.shape))


def _rule(call: Call, shape: tuple[int, ...]) -> tuple[Message, ...]:
    """Return in words which element `gather` takes for each place."""
    dim = call.integer("dim")
    if call.name != "gather" or dim is None or len(shape) > 3:
        return ()
    places = ["i", "j", "k"][: len(shape)]
    whole = ", ".join(places)
    places[dim] = f"index[{whole}]"
    return (message("cells-gather", place=whole, source=", ".join(places)),)
