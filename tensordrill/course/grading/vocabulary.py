"""The code that shares a process with other answers: it computes with tensors, and reaches nothing else.

Python confines nothing within a process: code that reaches `sys`, a frame or the attributes of a module can answer
for what runs after it. Here is a small language that cannot, as a list of what it has: a construct, a name or a module
that is not listed is no part of it. Its values are tensors, numbers, lists and functions; it reads attributes of these
names alone, whoever's they are, and sets none.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable
from functools import lru_cache

from tensordrill.kinds.code import parsed
from tensordrill.sandbox.protocol import Program

_CONSTRUCTS = (
    ast.Module, ast.Expr, ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Starred, ast.Tuple,
    ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Call,
    ast.keyword, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.NamedExpr, ast.JoinedStr,
    ast.FormattedValue, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context, ast.Assign, ast.AugAssign,
    ast.AnnAssign, ast.If, ast.For, ast.While, ast.Break, ast.Continue, ast.Pass, ast.With, ast.withitem,
    ast.FunctionDef, ast.Lambda, ast.arguments, ast.arg, ast.Return, ast.Raise, ast.Assert, ast.Import, ast.ImportFrom,
    ast.alias,
)  # fmt: skip
"""No class: its methods could set attributes of whatever they are called with. No `try`: what ends a program may not be
held up. No `match`, which reads attributes by keywords."""
_MODULES = frozenset(("math", "numpy", "torch", "torch.nn", "torch.nn.functional"))
_BUILTINS = frozenset(
    (
        "abs all any bool dict enumerate filter float frozenset int isinstance iter len list map max min next pow "
        "print range repr reversed round set slice sorted str sum tuple zip "
        "AssertionError Exception IndexError RuntimeError TypeError ValueError"
    ).split()
)
_REFUSED = frozenset(vars(builtins)) - _BUILTINS
_ATTRIBUTES = frozenset(
    """
    nn functional F linalg fft autograd Tensor Size dtype device bool uint8 int8 int16 int32 int64 int long short
    float16 bfloat16 float32 float64 half float double complex64 complex128 cfloat cdouble inf nan pi e newaxis T mT
    H mH shape ndim grad is_leaf requires_grad real imag values indices sign logabsdet eigenvalues eigenvectors size
    dim numel nelement stride storage_offset is_contiguous item tolist numpy from_numpy element_size itemsize
    is_floating_point is_complex is_tensor type_as to cpu contiguous clone detach copy tensor as_tensor arange
    linspace logspace zeros ones full empty eye zeros_like ones_like full_like empty_like new_zeros new_ones
    new_full new_empty new_tensor rand randn randint randperm rand_like randn_like manual_seed normal uniform
    complex polar view view_as reshape reshape_as flatten unflatten ravel squeeze unsqueeze transpose swapaxes
    swapdims t permute movedim moveaxis adjoint expand expand_as broadcast_to broadcast_tensors repeat
    repeat_interleave tile as_strided unfold diagonal narrow select unbind chunk split tensor_split hsplit vsplit
    dsplit cat concat concatenate stack hstack vstack dstack column_stack row_stack block_diag view_as_real
    view_as_complex meshgrid cartesian_prod combinations atleast_1d atleast_2d atleast_3d roll flip fliplr flipud
    rot90 diag diag_embed diagflat tril triu tril_indices triu_indices index_select index_fill index_add index_copy
    index_put gather scatter scatter_add scatter_reduce take take_along_dim masked_fill masked_select masked_scatter
    where nonzero argwhere one_hot bucketize searchsorted histc bincount unique unique_consecutive isin abs neg add
    sub mul div floor_divide remainder fmod pow square sqrt rsqrt exp exp2 expm1 log log2 log10 log1p sin cos tan
    asin acos atan atan2 sinh cosh tanh sigmoid relu reciprocal ceil floor round trunc frac clamp clip lerp hypot
    erf logaddexp float_power nan_to_num sgn signbit subtract multiply divide true_divide negative absolute maximum
    minimum fmax fmin addcmul addcdiv copysign heaviside ldexp xlogy gcd lcm conj conj_physical resolve_conj angle
    sum nansum mean nanmean prod std var std_mean var_mean min max amin amax aminmax argmin argmax median nanmedian
    quantile mode all any count_nonzero cumsum cumprod cummax cummin logsumexp logcumsumexp norm dist diff trapezoid
    cov corrcoef sort argsort msort topk kthvalue eq ne lt le gt ge equal allclose isclose isnan isinf isfinite
    logical_and logical_or logical_xor logical_not bitwise_and bitwise_or bitwise_xor bitwise_not mm mv dot vdot
    inner outer ger bmm matmul addmm addmv addbmm baddbmm addr chain_matmul multi_dot einsum tensordot kron cdist
    cross trace inv det slogdet cholesky qr svd eig eigh eigvals eigvalsh solve lstsq pinv matrix_power matrix_norm
    vector_norm matrix_rank svdvals softmax log_softmax softmin softplus gelu silu elu selu leaky_relu hardtanh
    logsigmoid glu normalize cosine_similarity linear bilinear embedding cross_entropy nll_loss mse_loss l1_loss
    smooth_l1_loss huber_loss binary_cross_entropy binary_cross_entropy_with_logits kl_div conv1d conv2d conv3d
    max_pool1d max_pool2d avg_pool1d avg_pool2d adaptive_avg_pool1d adaptive_avg_pool2d layer_norm group_norm
    batch_norm rms_norm pad interpolate dropout pixel_shuffle pixel_unshuffle scaled_dot_product_attention fold
    Linear Conv1d Conv2d ReLU Sigmoid Tanh Softmax LogSoftmax GELU Flatten Unflatten Identity Dropout Embedding
    LayerNorm BatchNorm1d BatchNorm2d MaxPool2d AvgPool2d Sequential ModuleList Parameter CrossEntropyLoss MSELoss
    weight bias in_features out_features parameters named_parameters named_modules modules children named_children
    state_dict train eval zero_grad step optim SGD Adam AdamW utils clip_grad_norm clip_grad_value rnn pad_sequence
    backward requires_grad_ retain_grad zero no_grad enable_grad inference_mode fill contiguous_format
    preserve_format channels_last append extend items keys index count join startswith endswith upper lower strip
    array asarray astype fabs fsum comb factorial isqrt perm degrees radians
    """.split()
)
"""Names of torch, tensors, layers, lists and texts, and in place with `_`. Missing on purpose: what loads or saves,
compiles, sets a default, calls back later (hooks), finds attributes by a text, or does not check indices (sparse)."""


def only_computes(programs: Iterable[Program]) -> bool:
    """Whether an answer's code is of this language, so that its programs can share a process with other answers.

    >>> only_computes([Program(code="y = x.sum(dim=0)", value="y")])
    True
    >>> only_computes([Program(code="torch.sum = print")])
    False
    """
    texts = {text for program in programs for text in (program.code, program.value) if text}
    return all(map(_is_of_the_language, texts))


@lru_cache(maxsize=1000)
def _is_of_the_language(text: str) -> bool:
    tree = parsed(text)
    return tree is not None and all(map(_is_listed, ast.walk(tree)))


def _is_listed(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
            return name not in _REFUSED and "__" not in name
        case ast.Attribute(attr=name, ctx=ast.Load()):
            return name in _ATTRIBUTES or name.rstrip("_") in _ATTRIBUTES
        case ast.Attribute():
            return False
        case ast.Import(names=names):
            return all(each.name in _MODULES for each in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            return level == 0 and module in _MODULES and all(each.name in _ATTRIBUTES for each in names)
        case _:
            return isinstance(node, _CONSTRUCTS)
