"""Modules: state dicts, what calls them, and classes taken for functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, Fix, Reason, rule
from tensordrill.explanation.sources import text_at
from tensordrill.kinds.code import parsed
from tensordrill.messages import message
from tensordrill.sandbox.values import Class

_KEYS = re.compile(r'(Missing|Unexpected) key\(s\) in state_dict: ((?:"[^"]*"(?:, )?)+)')
_SIZES = re.compile(
    r"size mismatch for (\S+): copying a param with shape torch\.Size\(\[([^\]]*)\]\) from checkpoint, "
    r"the shape in current model is torch\.Size\(\[([^\]]*)\]\)"
)
_SIZE = re.compile(r"argument 'size' .*\bfloat\b")
_MOST_KEYS = 3
_INSIDE = ("model_state_dict", "state_dict", "model", "model_state", "net", "network", "module", "weights")
"""Keys under which checkpoints hold a state dict: https://docs.pytorch.org/tutorials/beginner/saving_loading_models.html."""
_FORWARD = re.compile(
    r"\w+\.forward\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) w(?:as|ere) given"
)
_LACKING = re.compile(r"\w+\.forward\(\) missing \d+ required positional arguments?: (.*)\Z")
_NO_FORWARD = re.compile(r'Module \[(\w+)\] is missing the required "forward" function')


@rule(FIRST)
def state_dict(call: Failed) -> Reason:
    """`load_state_dict` with a prefix before each key, with other keys, or with other sizes.

    torch's message lists them all, and the call's operands don't.
    """
    if call.failure.call.function != "load_state_dict":
        return None
    keys = {kind: re.findall(r'"([^"]*)"', names) for kind, names in _KEYS.findall(call.raised.message)}
    missing, unexpected = keys.get("Missing", []), keys.get("Unexpected", [])
    prefix = unexpected[0].partition(".")[0] + "." if unexpected else ""
    if missing and sorted(prefix + name for name in missing) == sorted(unexpected):
        return message("modules-prefix", prefix=prefix)
    sentences = []
    if missing:
        sentences.append(message("modules-missing", count=len(missing), keys=_listed(missing)))
    if unexpected:
        sentences.append(message("modules-unexpected", count=len(unexpected), keys=_listed(unexpected)))
    key = next((key for key in unexpected if key in _INSIDE), None)
    if missing and key is not None:
        x = next((each.dotted for each in call.given if each.role == "0" and each.expression), "checkpoint")
        sentences.append(message("modules-checkpoint", x=x, key=key))
    for key, given, own in _SIZES.findall(call.raised.message)[:1]:
        sentences.append(message("modules-sizes", key=key, given=_shape(given), own=_shape(own)))
    return sentences


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys[:_MOST_KEYS])


def _shape(sizes: str) -> tuple[int, ...]:
    return tuple(int(size) for size in sizes.split(", ") if size)


@rule(FIRST, raises="RuntimeError TypeError ValueError")
def loss_class(call: Failed) -> Reason:
    """`nn.CrossEntropyLoss(output, target)`: a class is called with what its instance takes."""
    given = call.rest
    if call.failure.call.owner != "class" or not call.function.endswith("Loss") or len(given) < 2:
        return None
    if any(each.tensor is None for each in given[:2]):
        return None
    fix = f"nn.{call.function}()({', '.join(each.text for each in given)})"
    return message("modules-class", function=call.function), Fix(
        message("fixes-use", fix=fix), f"nn.{call.function}()({{rest}})"
    )


@rule("class call", raises="TypeError")
def made(call: Failed) -> Reason:
    """A layer of a float's size, or `Sequential` of what is no module."""
    for part in call.rest if call.function == "Sequential" else ():
        if isinstance(part.value, Class):
            return message("modules-sequence-class", x=part.code, x_=part.text)
        if part.type in ("list", "tuple", "function", "builtin_function_or_method"):
            return message("modules-sequence", x=part.code, type=part.type)
    x = next((each for each in call.rest if each.type == "float"), None)
    if x is None or not _SIZE.search(call.raised.message):
        return None
    whole = [message("views-whole", quotient=x.text)] * ("/" in x.text.replace("//", ""))
    return message("views-type", value=x.code, type="float"), *whole


@rule("module call", raises="NotImplementedError")
def without_forward(call: Failed) -> Reason:
    """A call of a container, or of a module without `forward`."""
    match = _NO_FORWARD.search(call.raised.message)
    if match is None:
        return None
    if match[1] in ("ModuleList", "ModuleDict"):
        return message("modules-container", function=match[1], x=called(call) or "layers")
    return message("modules-no-forward", function=match[1])


def called(call: Failed) -> str:
    """Return what the program's call calls, as it is written."""
    return text_at(call.failure.place, call.sources).partition("(")[0]


@rule("module call", raises="TypeError")
def forward_arguments(call: Failed) -> Reason:
    """A call with more or fewer arguments than `forward` takes."""
    function, text = call.failure.call.function, call.raised.message
    if not text.startswith(f"{function}.forward()"):
        return None
    if lacking := _LACKING.match(text):
        names = lacking[1].replace("'", "`")
        return message("modules-lacking", function=function, names=names)
    match = _FORWARD.match(text)
    if match is None:
        return None
    wanted, count = int(match[1]) - 1, int(match[2]) - 1
    without_self = [message("modules-no-self")] * (wanted == 0)
    return message("modules-forward", function=function, wanted=wanted, count=count), *without_self


@rule("attribute", raises="AttributeError", needs=("self:any",))
def misspelt(call: Failed, x: Argument) -> Reason:
    """A layer of a class whose `__init__` is spelt in another way, so that it never ran."""
    inner, text = call.failure.inner, call.sources.get(call.failure.place.file, "")
    if inner is None or inner.owner != "module" or inner.function != x.type:
        return None
    tree = parsed(text)
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)) if tree else ()
    methods = [
        part.name
        for node in classes
        if node.name == x.type
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    ]
    name = next((name for name in methods if name in _MISSPELT), None)
    return None if name is None or "__init__" in methods else message("modules-misspelt", name=name)


_MISSPELT = ("__int__", "_init_", "__init_", "_init__", "init__", "__inti__", "__initi__")


@rule(FIRST, raises="TypeError")
def state_of_module(call: Failed) -> Reason:
    """`load_state_dict` of a module, or of the path of a file."""
    x = next((each for each in call.given if each.role != "self" and each.expression), None)
    if x is None or not call.raised.message.startswith("Expected state_dict to be dict-like, got"):
        return None
    if x.type == "str":
        return message("modules-path", x=x.code, x_=x.text)
    return message("modules-state", x=x.code, x_=x.dotted, type=x.type)


@rule("class call", "other call", raises="TypeError")
def class_called(call: Failed) -> Reason:
    """`Net(x)`: a class of the program's own is called with what its instance takes."""
    given = [each for each in call.given if each.tensor is not None]
    is_made = call.raised.message.startswith(f"{call.function}.__init__() takes 1 positional argument but ")
    return message("modules-constructor", function=call.function) if given and is_made else None


@rule(FIRST, raises="AttributeError TypeError")
def layer_made(call: Failed) -> Reason:
    """`nn.ReLU(x).sum()`: a layer is taken for what it computes."""
    given = (each for each in call.given if each.type in _WITHOUT_WEIGHTS and each.expression.endswith(")"))
    x = next(given, None)
    is_meant = x is not None and re.search(rf"\b{x.type}\b", call.raised.message)
    return message("modules-made", x=x.code, type=x.type) if x is not None and is_meant else None


_WITHOUT_WEIGHTS = frozenset(
    "ReLU ReLU6 LeakyReLU ELU SELU CELU GELU SiLU Mish Sigmoid Tanh Softplus Softsign Softmax LogSoftmax Softmin "
    "Hardtanh Hardsigmoid Hardswish Dropout Dropout1d Dropout2d Dropout3d Flatten Identity MSELoss L1Loss "
    "SmoothL1Loss HuberLoss CrossEntropyLoss NLLLoss BCELoss BCEWithLogitsLoss KLDivLoss".split()
)
"""Layers of `torch.nn` that can be made of nothing, so that a class is easily called where its layer is meant."""
