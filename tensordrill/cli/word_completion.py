"""Tab completion in code: names of the program, torch's functions, and methods behind a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

_METHODS = (
    "abs add add_ all amax amin any argmax argmin argsort as_strided backward bmm bool chunk clamp clone "
    "contiguous copy_ cos cpu cumsum data_ptr detach device diagonal dim div dot double dtype equal exp "
    "expand expand_as fill_ flatten flip float gather grad grad_fn half index_add index_select int "
    "is_contiguous is_leaf item log long masked_fill masked_fill_ masked_select matmul max mean min mm "
    "movedim mT mul mul_ mv narrow ndim new_ones new_zeros norm numel numpy permute pow prod relu repeat "
    "repeat_interleave requires_grad requires_grad_ reshape retain_grad roll rsqrt scatter scatter_ "
    "scatter_add scatter_add_ select shape sigmoid sin size softmax sort split sqrt squeeze std "
    "storage_offset stride sub sum swapaxes T t tanh tensor_split tile to tolist topk transpose tril triu "
    "type unbind unflatten unfold unique unsqueeze untyped_storage var view view_as where zero_"
).split()
_TORCH = (
    "abs addmm all allclose amax any arange argmax argmin argsort as_strided as_tensor atleast_2d baddbmm "
    "bmm bool broadcast_tensors broadcast_to bucketize cat cdist chunk clamp clone complex64 concat cos "
    "cumsum diag diagonal div dot dstack einsum empty empty_like equal exp eye flatten flip float float16 "
    "float32 float64 from_numpy full full_like gather grad hstack index_select int32 int64 is_tensor "
    "isclose isfinite isnan linspace log logsumexp long manual_seed masked_select matmul max maximum mean "
    "meshgrid min minimum mm movedim mul multinomial mv no_grad norm ones ones_like outer permute pow "
    "rand randint randn randn_like randperm relu repeat_interleave reshape result_type roll rsqrt scatter "
    "sigmoid sin softmax sort split sqrt squeeze stack std sum swapaxes take_along_dim tanh tensor "
    "tensor_split tensordot tile topk transpose tril triu unbind unique unsqueeze var vstack where zeros "
    "zeros_like"
).split()
_FUNCTIONAL = (
    "conv1d conv2d cross_entropy dropout embedding gelu interpolate kl_div layer_norm linear log_softmax "
    "mse_loss nll_loss normalize one_hot pad relu scaled_dot_product_attention sigmoid silu softmax "
    "unfold"
).split()
_NN = (
    "BatchNorm1d BatchNorm2d Buffer Conv1d Conv2d CrossEntropyLoss Dropout Embedding Flatten functional "
    "GELU GRU Identity init LayerNorm Linear LSTM Module ModuleDict ModuleList MSELoss MultiheadAttention "
    "Parameter ParameterDict ParameterList ReLU RMSNorm Sequential Sigmoid Softmax Tanh"
).split()
_MODULES = {"torch": _TORCH, "F": _FUNCTIONAL, "functional": _FUNCTIONAL, "nn": _NN}
_WORDS = (
    "F None False True def else for if import in lambda len list math nn not np range return self super torch tuple"
).split()
_ASSIGNED = re.compile(r"^\s*(\w+)\s*=(?!=)", re.MULTILINE)
_BEFORE = re.compile(r"(?:(\w+|[)\]])\s*(\.))?(\w*)$")
"""The text before the cursor: an owner and a dot, where there are, and the word that was begun."""


def candidates(text: str, names: Sequence[str]) -> Iterator[str]:
    """Yield what the word at the end of a text may be completed to; `names` are those that code may use.

    >>> list(candidates("x.sq", ["x"]))
    ['sqrt', 'squeeze']
    >>> list(candidates("y = ro", ["rows"]))
    ['rows']
    """
    match = _BEFORE.search(text)
    owner, dot, word = match.groups("") if match else ("", "", "")
    if dot:
        known: Sequence[str] = _MODULES.get(owner, _METHODS)
    elif word:
        known = [*names, *_ASSIGNED.findall(text), *_WORDS]
    else:
        return
    yield from (
        candidate for candidate in dict.fromkeys(known) if candidate.startswith(word) and candidate != word
    )


def completer(names: Sequence[str]) -> Completer:
    """Return a completer of code that may use these names."""
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class WordCompleter(Completer):
        def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
            before = document.text_before_cursor
            begun = len(before) - len(re.sub(r"\w*$", "", before))
            yield from (Completion(word, -begun) for word in candidates(before, names))

    return WordCompleter()
