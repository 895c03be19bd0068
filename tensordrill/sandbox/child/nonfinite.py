"""The first nan of a run, and infinities that reach a loss: where they come out of finite values, and why."""

from __future__ import annotations

import math
from typing import Any

import torch
from encode import has_values, text
from events import Event
from gradients import GradientWatcher
from models import parameters

MAX_ELEMENTS = 1 << 16
"""Elements of a tensor that is looked at each time; a larger one is, the first MAX_LOOKS times."""
MAX_LARGE = 1 << 22
MAX_LOOKS = 8
MAX_GRADIENTS = 200

_Tensor, _Module = torch.Tensor, torch.nn.Module
_HANDLING = frozenset("nan_to_num nan_to_num_ nanmean nansum nanmedian nanquantile".split())
_ROOTS = frozenset("sqrt rsqrt pow ** sqrt_".split())
_LOGS = frozenset("log log2 log10 log1p log_ logit".split())
_QUOTIENTS = frozenset("/ /= div divide true_divide div_ reciprocal".split())
_SOFTMAXES = frozenset("softmax log_softmax Softmax LogSoftmax logsumexp".split())
_ATTENTION = frozenset(
    "MultiheadAttention scaled_dot_product_attention multi_head_attention_forward TransformerEncoderLayer "
    "TransformerEncoder TransformerDecoderLayer TransformerDecoder Transformer".split()
)
_SPREADS = frozenset("std var std_mean var_mean".split())
_MASKING = frozenset("masked_fill masked_fill_ where full full_like fill_ new_full tensor triu tril".split())


class NonFiniteWatcher:
    """Looks at values until the first nan."""

    def __init__(self, gradients: GradientWatcher) -> None:
        self._gradients = gradients
        self._looks: dict[Any, int] = {}
        self._nan: dict[str, Any] | None = None
        self._inf: dict[str, Any] | None = None
        self._given: dict[str, Any] | None = None
        self._is_handled = False
        self._is_in_a_loss = False

    def evaluated(self, event: Event) -> None:
        """Look at a tensor, or after a backward call at the gradients."""
        if event.function in _HANDLING:
            self._is_handled = True
        if self._nan is not None:
            return
        if isinstance(event.value, _Tensor):
            self._look(event, event.value)
        elif event.value is None and event.function == "backward":
            self._look_at_gradients(event)
        elif type(event.value) is tuple:
            for item in event.value[:4]:
                if isinstance(item, _Tensor) and self._nan is None:
                    self._look(event, item)

    def _look(self, event: Event, tensor: torch.Tensor) -> None:
        if not _is_worth(tensor) or not self._has_looks(event, tensor.numel()):
            return
        if _is_finite(tensor):
            return
        operands = [each for each in event.tensors if _is_worth(each)]
        if operands and isinstance(event.called, _Module):
            operands += [each for _, each in parameters(event.called) if _is_worth(each)]
        numbers = [value for _, _, value in event.arguments if isinstance(value, float)]
        if not operands and self._given is None and tensor.isnan().any():
            self._given = _clue(event, tensor, "nan", "data")
        if not operands or any(not math.isfinite(number) for number in numbers):
            return
        if tensor.isnan().any():
            if not any(each.isnan().any() for each in operands):
                self._nan = _clue(event, tensor, "nan", _why_nan(event, operands))
        elif self._inf is None and event.function not in _MASKING and all(map(_is_finite, operands)):
            self._inf = _clue(event, tensor, "inf", _why_inf(event))

    def _has_looks(self, event: Event, numel: int) -> bool:
        if numel <= MAX_ELEMENTS:
            return True
        self._looks[event.key] = self._looks.get(event.key, 0) + 1
        return numel <= MAX_LARGE and self._looks[event.key] <= MAX_LOOKS

    def _look_at_gradients(self, event: Event) -> None:
        if any(not _is_finite(tensor) for tensor in event.tensors if _is_worth(tensor)):
            self._is_in_a_loss = True
            return
        named = [(name, value) for name, value in event.frame.f_locals.items() if isinstance(value, _Tensor)]
        named += self._gradients.named_parameters(event)
        for name, leaf in named[:MAX_GRADIENTS]:
            grad = leaf.grad if leaf.is_leaf else None
            if grad is not None and _is_worth(grad) and grad.numel() <= MAX_ELEMENTS and not _is_finite(grad):
                is_nan = bool(grad.isnan().any())
                self._nan = _clue(event, grad, "nan" if is_nan else "inf", "")
                self._nan["gradient"] = text(name)
                return

    def report(self) -> list[dict[str, Any]]:
        """Return the first nan, or infinities that a loss was computed from."""
        if self._is_handled:
            return []
        if self._inf is not None and (self._is_in_a_loss or self._nan is not None):
            return [self._inf]
        first = self._nan or (self._given if self._is_in_a_loss else None)
        return [] if first is None else [first]


def _is_worth(tensor: torch.Tensor) -> bool:
    return (tensor.is_floating_point() or tensor.is_complex()) and has_values(tensor)


def _is_finite(tensor: torch.Tensor) -> bool:
    return bool(tensor.isfinite().all())


def _clue(event: Event, tensor: torch.Tensor, what: str, cause: str) -> dict[str, Any]:
    bad = tensor.isnan() if what == "nan" else tensor.isinf()
    return {
        "clue": "non-finite",
        "place": event.place(),
        "what": what,
        "count": int(bad.sum()),
        "numel": tensor.numel(),
        "cause": cause,
    }


def _why_nan(event: Event, operands: list[torch.Tensor]) -> str:
    """Name what made nan of operands that have none, as far as they prove it."""
    function, first = event.function, operands[0]
    if all(each.numel() == 0 for each in operands):
        return "no-element"
    if function in _QUOTIENTS:
        return _why_quotient(operands)
    if function in _LOGS:
        return "negative-log" if (first < (-1 if function == "log1p" else 0)).any() else ""
    if function in _ROOTS:
        return "negative-root" if (first < 0).any() else ""
    if function in _SOFTMAXES:
        return "infinities" if (first == math.inf).any() else "masked-row" if first.isinf().any() else ""
    if function in _ATTENTION:
        return "masked-row" if _has_a_mask(event) else ""
    if function in _SPREADS:
        return "one-element"
    if function in ("cross_entropy", "CrossEntropyLoss", "nll_loss", "NLLLoss"):
        return _why_entropy(event)
    return "infinities" if any(each.isinf().any() for each in operands) else ""


def _why_quotient(operands: list[torch.Tensor]) -> str:
    if any(each.isinf().any() for each in operands):
        return "infinities"
    return "zero-by-zero" if any((each == 0).any() for each in operands) else ""


def _has_a_mask(event: Event) -> bool:
    """Whether one row of a mask, of bools or of numbers to add, leaves nothing."""
    for role, _, value in event.arguments:
        if not isinstance(value, _Tensor) or value.dim() == 0 or "mask" not in role:
            continue
        if value.dtype is torch.bool:
            is_kept = event.function == "scaled_dot_product_attention"  # there, True is what is looked at
            if (~value if is_kept else value).all(-1).any():
                return True
        if value.is_floating_point() and value.isinf().all(-1).any():
            return True
    return False


def _why_entropy(event: Event) -> str:
    target = event.argument(1, "target")
    if isinstance(target, _Tensor) and not target.is_floating_point() and (target == -100).all():
        return "all-ignored"
    return "infinities" if any(each.isinf().any() for each in event.tensors if _is_worth(each)) else ""


def _why_inf(event: Event) -> str:
    if event.function in _LOGS:
        return "log-of-zero"
    if event.function in _QUOTIENTS:
        return "zero-division"
    return "overflow"
