"""Gradients: where a backward can't begin, what it can't read, and what may not be changed in place."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Failed, quoted
from tensordrill.explanation.rules.rule import FIRST, Fix, Reason, changed, instead, of, rule
from tensordrill.explanation.sources import text_at
from tensordrill.explanation.step import Step
from tensordrill.kinds.code import parsed
from tensordrill.messages import Message, message
from tensordrill.sandbox.trace import Place, SavedTensor
from tensordrill.sandbox.values import Bool, Nothing

_REFUSED = ("leaf Variable", "no_grad mode", "is a view and is being modified inplace")
"""torch's words where it refuses a change in place: whether gradients were switched off is not known of any process."""
SEVERAL = frozenset(("SplitBackward0", "UnbindBackward0", "SplitWithSizesBackward0", "ChunkBackward0"))


@rule("backward", needs=("input",))
def backward(call: Failed, x: Argument) -> Reason:
    """`backward` from several numbers, from what needs no gradient, twice, or over what was changed."""
    if not x.fact.requires_grad:
        return _detached(call, x)
    return _start(call, x, call.get("gradient")) or _saved(call)


def _detached(call: Failed, x: Argument) -> Sequence[Message]:
    """Return that a tensor requires no gradient, and the step that cut its graph, where one did."""
    flag = message("autograd-detached", x=x.code)
    step = None if x.step is None else _cut(call.steps, x.step)
    if step is None:
        graph = _without_graph(call, x)
        return (flag,) if graph is None else (flag, graph)
    place = {"step": _code(step), "line": step.line}
    if step.no_grad:
        return flag, message("autograd-cut-no-grad", **place)
    return flag, message("autograd-cut", **place)


def _without_graph(call: Failed, x: Argument) -> Message | None:
    """Return that a tensor was computed from a gradient whose own graph was not kept."""
    todo = [] if x.step is None else [x.step]
    names = set()
    for number in todo:
        step = call.steps[number]
        names |= {(step.file, step.expression)}
        todo += {each for each in (*step.earlier, step.of) if each is not None} - {*todo}
    for file, tree in ((file, parsed(call.sources.get(file, ""))) for file in {file for file, _ in names}):
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Assign) and (made := _gradient(node.value)) is not None:
                assigned = (
                    each.id
                    for target in node.targets
                    for each in ast.walk(target)
                    if isinstance(each, ast.Name)
                )
                name = next((name for name in assigned if (file, name) in names), None)
                if name is not None:
                    code = f"`{quoted(ast.unparse(made))}`"
                    return message("autograd-create-graph", name=name, code=code, line=node.lineno)
    return None


def _gradient(node: ast.expr) -> ast.Call | None:
    """Return a call of `torch.autograd.grad` that does not keep the graph of what it gives."""
    node = node.value if isinstance(node, ast.Subscript) else node
    if not isinstance(node, ast.Call) or ast.unparse(node.func) not in (
        "torch.autograd.grad",
        "autograd.grad",
    ):
        return None
    return None if any(keyword.arg in ("create_graph", None) for keyword in node.keywords) else node


def _cut(steps: Sequence[Step], last: int) -> Step | None:
    """Return the step nearest to the last one that was given a graph, or ran without gradients, and gave none."""
    todo, known = [last], {last}
    while todo:
        number = todo.pop(0)
        step = steps[number]
        earlier = [each for each in (*step.earlier, step.of) if each is not None]
        if step.memory != "same" and step.call is not None:
            given = [steps[each].tensor for each in earlier]
            is_layer = step.no_grad and step.call.owner == "module"
            is_innermost = not any(_reads_number(steps[each], steps) for each in earlier)
            reads_number = is_innermost and _reads_number(step, steps)
            if any(tensor.requires_grad for tensor in given) or is_layer or reads_number:
                return step
        earlier = earlier or _inside(steps, number)
        todo += [each for each in earlier if each not in known]
        known.update(earlier)
    return None


def _inside(steps: Sequence[Step], number: int) -> list[int]:
    """Return the parts of a step's expression that require no gradient, as in a comprehension: no operands."""
    whole = steps[number]
    return [
        at
        for at, step in enumerate(steps[:number])
        if (step.file, step.line) == (whole.file, whole.line)
        and step.expression != whole.expression
        and step.expression in whole.expression
        and not step.tensor.requires_grad
    ]


def _reads_number(step: Step, steps: Sequence[Step]) -> bool:
    """Whether an expression takes plain numbers out of a tensor that requires a gradient."""
    tree = parsed(step.expression)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
    texts = [
        ast.unparse(node.func.value)
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("item", "tolist")
    ]
    return any(each.expression in texts and each.tensor.requires_grad for each in steps)


def _start(call: Failed, x: Argument, gradient: Argument | None) -> Reason:
    if gradient is None or isinstance(gradient.value, Nothing):
        count = math.prod(x.shape)
        if count == 1:
            return None
        if call.name != "backward":
            return message("autograd-scalar-grad", count=count, **of(x))
        return message("autograd-scalar", count=count, **of(x)), *instead(call, "{input}.sum().backward()")
    if gradient.tensor is None or gradient.shape == x.shape:
        return None
    given = {"gradient": gradient.code, "shape_gradient": gradient.shape}
    return message("autograd-gradient", **given, **of(x))


def _saved(call: Failed) -> Reason:
    """Return sentences on what a backward could not read."""
    if not call.failure.saved:
        return None
    saved = call.failure.saved[0]
    if saved.freed is not None:
        return message("autograd-freed", line=saved.freed, function=saved.function), *_again(call, saved)
    return _needed(call, saved), *_changes(call, saved)


def _again(call: Failed, saved: SavedTensor) -> Sequence[Message]:
    """Return what to do about a graph that is gone: in a loop, to let no round reach into the one before."""
    if saved.freed != call.failure.place.line:
        return (message("autograd-retain-graph"),)
    names = [f"`{carried.name}`" for carried in call.failure.carried]
    if not names:
        kept = call.failure.kept
        return (message("autograd-kept", name=f"`{kept}`") if kept else message("autograd-round"),)
    first = call.failure.carried[0]
    fix = f"tuple(each.detach() for each in {first.name})" if first.is_sequence else f"{first.name}.detach()"
    return (message("autograd-carried", names=", ".join(names), fix=fix),)


def _needed(call: Failed, saved: SavedTensor) -> Message:
    step = call.steps[saved.step] if saved.step is not None else None
    code = _code(step) if step else f"`{saved.function}`"
    if saved.name:
        return message("autograd-overwritten-leaf", name=saved.name, step=code)
    if step and not saved.is_whole:
        return message("autograd-overwritten-inside", function=saved.function, step=code)
    what = message("autograd-result") if saved.what == "result" else message("autograd-operand")
    return message("autograd-overwritten", what=what, step=code)


def _changes(call: Failed, saved: SavedTensor) -> Sequence[Message]:
    """Return what changed a saved tensor, and what to do instead."""
    if not saved.changes:
        return ()
    if saved.is_update:
        place = saved.changes[0]
        return (message("autograd-updated", change=_text(call, place), line=place.line),)
    return (
        *(message("autograd-change", change=_text(call, place), line=place.line) for place in saved.changes),
        message(
            "autograd-overwritten-list" if _is_item(call, saved.changes[0]) else "autograd-overwritten-fix"
        ),
    )


def _is_item(call: Failed, change: Place) -> bool:
    """Whether a change is an assignment to an item, which has no form that leaves the tensor alone."""
    return re.match(r"[^=]*\]\s*=[^=]", text_at(change, call.sources)) is not None


def _text(call: Failed, place: Place) -> str:
    return f"`{quoted(text_at(place, call.sources))}`"


def _code(step: Step) -> str:
    return f"`{quoted(step.expression)}`"


@rule("grad", needs=("outputs:any",))
def grad(call: Failed, x: Argument) -> Reason:
    """`torch.autograd.grad` of what needs no gradient."""
    if x.tensor is not None:
        if not x.tensor.requires_grad:
            return _detached(call, x)
        if reason := _start(call, x, call.get("grad_outputs")):
            return reason
    inputs = call.get("inputs")
    if (unused := _UNUSED.match(call.raised.message)) and inputs is not None:
        pieces = inputs.items or (inputs,)
        name = pieces[int(unused[1])].code if int(unused[1]) < len(pieces) else f"`inputs[{unused[1]}]`"
        return message("autograd-unused", name=name)
    for each in (inputs, *inputs.items) if inputs is not None else ():
        if each.tensor is not None and not each.tensor.requires_grad:
            return message("autograd-inputs", x=each.code)
    return _saved(call)


_UNUSED = re.compile(r"The differentiated Tensor at index (\d+) appears to not have been used in the graph")


@rule(FIRST, needs=("input|self",))
def in_place(call: Failed, x: Argument) -> Reason:
    """An in-place change of a leaf that requires a gradient, or of a view of one: what torch checks before all else."""
    is_assigned = call.failure.call.node == "assignment"
    is_written = call.is_in_place or (is_assigned and call.function == "[]")
    is_refused = any(words in call.raised.message for words in _REFUSED)
    if not is_written or not is_refused or not x.fact.requires_grad or call.failure.no_grad:
        return None
    function = call.function
    if function == "[]":
        function = f"{x.text}[{', '.join(index.text for index in call.rest)}] ="
    no_grad = Fix(message("autograd-no-grad"), "with torch.no_grad():\n    {call}")
    if x.fact.is_leaf:
        if (base := _made_without_gradient(call, x)) is not None:
            return message(
                "autograd-leaf-no-grad", x=x.code, step=_code(base), line=base.line, function=function
            ), no_grad
        return message("autograd-leaf", x=x.code, function=function), no_grad
    if x.fact.grad_fn in SEVERAL:
        return message("autograd-many-views", x=x.code), *changed(x, "{}.clone()")
    leaf = _leaf(call, x)
    if leaf is None:
        return None
    return message("autograd-leaf-view", x=x.code, leaf=leaf, function=function), no_grad


def _made_without_gradient(call: Failed, x: Argument) -> Step | None:
    """Return the step that gave a view of a leaf while gradients were switched off."""
    number = x.step
    while number is not None and call.steps[number].memory == "same":
        number = call.steps[number].of
    step = None if number is None else call.steps[number]
    return step if step and step.no_grad and step.memory == "view" and not step.tensor.grad_fn else None


def _leaf(call: Failed, x: Argument) -> str | None:
    """Return the name of the leaf that requires a gradient and whose memory a tensor has."""
    memory = x.fact.storage
    same = [
        _code(step)
        for step in call.steps
        if step.tensor.is_leaf and step.tensor.requires_grad and step.kind == "value"
        if memory and step.tensor.storage and step.tensor.storage.id == memory.id
    ]
    others = [name for name in same if name != x.code]
    return next((name for name in others if name.strip("`").isidentifier()), others[0] if others else None)


@rule("numpy", needs=("input",))
def numpy(call: Failed, x: Argument) -> Reason:
    """`.numpy()` of a tensor that requires a gradient."""
    force = call.get("force")
    if not x.fact.requires_grad or (force is not None and force.value == Bool(True)):
        return None
    return message("autograd-numpy", x=x.code), *instead(call, "{input}.detach().numpy()")


@rule("other call", "python call")
def arrays(call: Failed) -> Reason:
    """`np.array(outputs)` of tensors that require a gradient."""
    if not call.raised.message.startswith("Can't call numpy() on Tensor that requires grad"):
        return None
    tensors = (each for whole in call.given for each in (whole, *whole.items) if each.tensor is not None)
    x = next((each for each in tensors if each.fact.requires_grad), None)
    if x is None:
        return None
    several = [message("autograd-arrays", x=each.text) for each in call.given[:1] if each.items]
    return message("autograd-numpy", x=x.code), *several


@rule("numpy", raises="TypeError", needs=("input",))
def unknown_to_numpy(_: Failed, x: Argument) -> Reason:
    """`.numpy()` of bfloat16."""
    return (
        (message("autograd-numpy-dtype", **of(x)), *changed(x, "{}.float()"))
        if x.dtype == "bfloat16"
        else None
    )


@rule("set attribute", needs=("self", "value"))
def assigned_grad(call: Failed, x: Argument, value: Argument) -> Reason:
    """`x.grad = …` with another shape or dtype."""
    if call.function != "grad":
        return None
    if value.shape != x.shape:
        return message("autograd-grad-shape", value=value.code, shape_value=value.shape, **of(x))
    if value.dtype == x.dtype:
        return None
    dtypes = {"dtype": x.dtype, "dtype_value": value.dtype}
    return message("autograd-grad-dtype", x=x.code, value=value.code, **dtypes)


@rule("requires_grad_", "set attribute", needs=("input|self",))
def flag(call: Failed, x: Argument) -> Reason:
    """`requires_grad` of a computed tensor set to False."""
    if x.fact.is_leaf or not call.function.startswith("requires_grad"):
        return None
    flag = message("autograd-flag", x=x.code, grad_fn=x.fact.grad_fn or "")
    return flag, *changed(x, "{}.detach()")


@rule("retain_grad", needs=("input",))
def retain(_: Failed, x: Argument) -> Reason:
    """`retain_grad` of what needs no gradient."""
    return None if x.fact.requires_grad else message("autograd-retain", x=x.code)
