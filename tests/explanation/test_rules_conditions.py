"""Each line of the table of conditions holds in torch: a call works, and fails with each argument that breaks one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tensordrill.explanation.rules.values import CONDITIONS, LINES
from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import raises

GIVEN = """
x, p, n, b, m = torch.ones(3), torch.full((3,), 0.5), torch.arange(3), torch.ones(3, dtype=torch.bool), torch.ones(3, 3)
i, t = torch.zeros(3, dtype=torch.int64), torch.tensor([0])
one, two, three = (torch.ones(1, 1, *(4,) * count) for count in (1, 2, 3))
k1, k2, k3 = (torch.ones(1, 1, *(2,) * count) for count in (1, 2, 3))
i1, i2, i3 = (each.long() for each in (k1, k2, k3))
both, pair, triple, float32 = (0, 1), (2, 2), (2, 2, 2), torch.float32
w = torch.ones(3, requires_grad=True)
scores, labels = torch.zeros(3, 1, 4), torch.ones(1, 2, dtype=torch.int64)
logits, classes = torch.ones(2, 4), torch.tensor([0, 1])
"""
_SLIDING = "stride=1, padding=0, dilation=1, groups=1"
_WINDOW = "M=3, dtype=float32"
CALLS = {
    **{
        f"conv{count}d": f"F.conv{count}d({x}, k{count}, {_SLIDING})"
        for count, x in enumerate(("one", "two", "three"), 1)
    },
    **{
        f"conv_transpose{count}d": f"F.conv_transpose{count}d({x}, k{count}, {_SLIDING})"
        for count, x in enumerate(("one", "two", "three"), 1)
    },
    **{
        f"{name}{count}d": f"nn.{name}{count}d(1, 1, 2, {_SLIDING})({x})"
        for name in ("Conv", "ConvTranspose")
        for count, x in enumerate(("one", "two", "three"), 1)
    },
    **{
        f"max_pool{count}d": f"F.max_pool{count}d({x}, kernel_size=2, stride=1, padding=0, dilation=1)"
        for count, x in enumerate(("one", "two", "three"), 1)
    },
    "avg_pool1d": "F.avg_pool1d(one, kernel_size=2, stride=1, padding=0)",
    "AvgPool1d": "nn.AvgPool1d(kernel_size=2, stride=1, padding=0)(one)",
    "avg_pool2d": "F.avg_pool2d(two, kernel_size=2, stride=1, padding=0, divisor_override=1)",
    "AvgPool2d": "nn.AvgPool2d(kernel_size=2, stride=1, padding=0, divisor_override=1)(two)",
    "avg_pool3d": "F.avg_pool3d(three, kernel_size=2, stride=1, padding=0, divisor_override=1)",
    "AvgPool3d": "nn.AvgPool3d(kernel_size=2, stride=1, padding=0, divisor_override=1)(three)",
    **{
        f"adaptive_{kind}_pool{count}d": f"F.adaptive_{kind}_pool{count}d({x}, output_size={size})"
        for kind in ("avg", "max")
        for count, x, size in ((1, "one", "2"), (2, "two", "pair"), (3, "three", "triple"))
    },
    **{
        f"max_unpool{count}d": f"F.max_unpool{count}d(k{count}, indices=i{count}, kernel_size=2)"
        for count in (1, 2, 3)
    },
    "group_norm": "F.group_norm(one, num_groups=1)",
    "pad": "F.pad(one, both, mode='constant')",
    "grid_sample": "F.grid_sample(two, torch.zeros(1, 2, 2, 2), mode='bilinear', padding_mode='zeros')",
    "embedding_bag": "F.embedding_bag(input=i, weight=m, offsets=t, mode='sum')",
    **{name: f"F.{name}(x, p=0.5)" for name in ("dropout", "alpha_dropout", "feature_alpha_dropout")},
    "feature_dropout": "torch.feature_dropout(m, p=0.5, train=True)",
    **{
        f"dropout{count}d": f"F.dropout{count}d({x}, p=0.5)"
        for count, x in enumerate(("one", "two", "three"), 1)
    },
    **{name: f"nn.{name}(p=0.5)" for name in ("Dropout", "AlphaDropout", "FeatureAlphaDropout")},
    **{f"Dropout{count}d": f"nn.Dropout{count}d(p=0.5)" for count in (1, 2, 3)},
    "celu": "F.celu(x, alpha=1.0)",
    "gelu": "F.gelu(x, approximate='none')",
    "softshrink": "F.softshrink(x, lambd=0.5)",
    "huber_loss": "F.huber_loss(x, x, delta=1.0)",
    "smooth_l1_loss": "F.smooth_l1_loss(x, x, beta=1.0)",
    "triplet_margin_loss": "F.triplet_margin_loss(m, m, m, margin=1.0)",
    "triplet_margin_with_distance_loss": "F.triplet_margin_with_distance_loss(m, m, m, margin=1.0)",
    "multi_margin_loss": "F.multi_margin_loss(logits, target=classes, p=1)",
    "multilabel_margin_loss": "F.multilabel_margin_loss(x, target=n)",
    "cross_entropy": "F.cross_entropy(logits, classes, label_smoothing=0.5)",
    "binary_cross_entropy": "F.binary_cross_entropy(input=p, target=p)",
    "kl_div": "F.kl_div(input=x, target=x)",
    "gaussian_nll_loss": "F.gaussian_nll_loss(x, x, var=x)",
    **{name: f"torch.optim.{name}([w], lr=0.1, weight_decay=0.0)" for name in ("SGD", "Adam", "AdamW")},
    "pack_padded_sequence": "nn.utils.rnn.pack_padded_sequence(m.unsqueeze(2), lengths=n * 0 + 3)",
    **{
        name: f"torch.signal.windows.{name}({_WINDOW})"
        for name in "cosine hamming hann bartlett blackman nuttall general_hamming".split()
    },
    "exponential": f"torch.signal.windows.exponential({_WINDOW}, tau=1.0)",
    "gaussian": f"torch.signal.windows.gaussian({_WINDOW}, std=1.0)",
    "kaiser": f"torch.signal.windows.kaiser({_WINDOW}, beta=1.0)",
    "general_cosine": f"torch.signal.windows.general_cosine({_WINDOW}, a=both)",
    "normal_": "x.normal_(0, std=1)",
    "log_normal_": "x.log_normal_(0, std=1)",
    "cauchy_": "x.cauchy_(0, sigma=1)",
    "exponential_": "x.exponential_(lambd=1)",
    "geometric_": "x.geometric_(p=0.5)",
    "bernoulli": "torch.bernoulli(input=p)",
    "bernoulli_": "x.bernoulli_(p=0.5)",
    "multinomial": "torch.multinomial(input=p, num_samples=1, out=i)",
    "arange": "torch.arange(start=0, end=3)",
    "linspace": "torch.linspace(0, 1, steps=3)",
    "logspace": "torch.logspace(0, 1, steps=3)",
    **{name: f"torch.{name}(size=both)" for name in ("zeros", "ones", "empty", "rand", "randn")},
    "full": "torch.full(size=both, fill_value=1)",
    "tile": "x.tile(dims=both)",
    "repeat": "x.repeat(repeats=both)",
    "one_hot": "F.one_hot(input=i)",
    "eye": "torch.eye(n=2, m=2)",
    "randperm": "torch.randperm(n=3)",
    "tril_indices": "torch.tril_indices(row=2, col=2)",
    "triu_indices": "torch.triu_indices(row=2, col=2)",
    "combinations": "torch.combinations(x, r=2)",
    "kthvalue": "torch.kthvalue(x, k=1)",
    "topk": "torch.topk(x, k=1)",
    "diff": "torch.diff(x, n=1)",
    "mean": "torch.mean(x, dtype=float32)",
    "nanmean": "torch.nanmean(x, dtype=float32)",
    "div": "torch.div(x, x, rounding_mode='floor')",
    "isclose": "torch.isclose(x, x, rtol=0.1, atol=0.1)",
    "allclose": "torch.allclose(x, x, rtol=0.1, atol=0.1)",
    "gradient": "torch.gradient(x, edge_order=1)",
    "quantile": "torch.quantile(input=x, q=0.5, interpolation='linear')",
    "nanquantile": "torch.nanquantile(input=x, q=0.5, interpolation='linear')",
    "cov": "torch.cov(x, fweights=n, aweights=p)",
    "complex": "torch.complex(real=x, imag=x)",
    "bincount": "torch.bincount(input=n, minlength=0)",
    "histc": "torch.histc(x, bins=3)",
    "renorm": "torch.renorm(m, p=2, dim=0, maxnorm=1)",
    "linalg_qr": "torch.linalg.qr(m, mode='reduced')",
    "searchsorted": "torch.searchsorted(x, x, side='left')",
    "meshgrid": "torch.meshgrid(x, x, indexing='ij')",
    "where": "torch.where(condition=b, input=x, other=x)",
    "masked_select": "torch.masked_select(x, mask=b)",
    "masked_scatter": "torch.masked_scatter(x, mask=b, source=x)",
    "masked_fill": "torch.masked_fill(x, mask=b, value=1)",
    **{name: f"torch.{name}(x, 0, index=i)" for name in ("gather", "index_select")},
    "index_fill": "torch.index_fill(x, 0, index=i, value=1)",
    "take": "torch.take(x, index=i)",
    **{name: f"torch.{name}(x, 0, index=i, source=x)" for name in ("index_add", "index_copy")},
    "scatter": "torch.scatter(x, 0, index=i, src=x, reduce='add')",
    "scatter_add": "torch.scatter_add(x, 0, index=i, src=x)",
    "scatter_reduce": "torch.scatter_reduce(x, 0, index=i, src=x, reduce='sum')",
    "index_reduce": "torch.index_reduce(x, 0, index=i, source=x, reduce='prod')",
    "take_along_dim": "torch.take_along_dim(x, indices=i, dim=0)",
    "repeat_interleave": "torch.repeat_interleave(x, repeats=n)",
    "as_strided": "torch.as_strided(m, size=pair, stride=both)",
    "ctc_loss": "F.ctc_loss(scores, labels, input_lengths=t + 3, target_lengths=t + 2)",
    "narrow": "torch.narrow(x, 0, start=t[0], length=1)",
    "chunk": "torch.chunk(x, chunks=2)",
    "rot90": "torch.rot90(m, dims=both)",
    "roll": "torch.roll(m, shifts=both, dims=both)",
}
"""A call of each function, with the arguments that conditions are on by their names."""


def conditions() -> Iterator[tuple[str, str, str]]:
    """Yield each function with an argument and the condition on it."""
    for names, _, text in (line.partition(": ") for line in LINES.strip().splitlines()):
        for condition in text.split(", "):
            argument, _, words = condition.partition(" ")
            yield from ((name, argument.removeprefix("*"), words) for name in names.split())


def broken(value: str, words: str) -> str:
    """Return what breaks a condition in place of an argument that meets it."""
    is_tensor = re.fullmatch(r"[pnmbx]|i\d?|t\b.*|classes|n \* .*", value) is not None
    match words.split():
        case [">=", low]:
            return f"({value}) * 0 + ({low} - 1)" if is_tensor else f"{int(low) - 1}"
        case [">", low]:
            return low
        case ["between", _, high]:
            return high
        case [_, "to", high]:
            return f"{value} * 0 + {high}.5" if is_tensor else f"{high}.5"
        case ["finite"]:
            return f"{value} * float('inf')" if is_tensor else "float('inf')"
        case ["nonzero"]:
            return "0"
        case ["some", "numbers"]:
            return "()"
        case [_, "number" | "numbers"]:
            return "(1, 1, 1, 1)"
    if value == "float32":
        return "torch.int64"
    if is_tensor:
        return f"({value}).to(torch.{'int32' if words == 'int64' else 'complex64'})"
    return "7" if words[0].isdigit() else "'foo'"


def test_each_condition_holds(sandbox: Sandbox) -> None:
    assert set(CALLS) == set(CONDITIONS)
    good, bad = [f"{GIVEN}\n{call}" for call in CALLS.values()], []
    for name, argument, words in conditions():
        match = re.search(rf"\b{argument}=((?:\([^)]*\)|[^,)])+)", CALLS[name])
        assert match, (name, argument)
        start, end = match.span(1)
        bad.append(f"{GIVEN}\n{CALLS[name][:start]}{broken(match[1], words)}{CALLS[name][end:]}")
    assert [call for call, raised in zip(good, raises(sandbox, good), strict=True) if raised] == []
    assert [call for call, raised in zip(bad, raises(sandbox, bad), strict=True) if not raised] == []
