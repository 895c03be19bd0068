"""Layers, their functions, modules and loaders: what they take."""

from __future__ import annotations

import sys

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

_SAMPLES = "data" if sys.version_info >= (3, 13) else "batch"
"""What holds the samples: from Python 3.13 on the place of a loop's iterable says which call it was."""
FAILING = {
    "conv-groups": (
        "x, w = torch.ones(2, 2, 4), torch.ones(2, 2, 2)\nF.conv1d(x, w, groups=3)",
        "`conv1d` cuts the outputs into 3 groups; `w` (2, 2, 2) gives 2, no multiple of 3.",
    ),
    "Conv2d": (
        "m = nn.Conv2d(3, 8, 3)\nx = torch.ones(1, 36, 42, 3)\nm(x)",
        (
            "`Conv2d` takes 3 channels: its weight is (8, 3, 3, 3), (out, in / groups, …). `x` (1, 36, "
            "42, 3) has 36."
        ),
    ),
    "Conv2d-2": (
        "m = nn.Conv2d(4, 8, 3, groups=2)\nx = torch.ones(1, 6, 9, 9)\nm(x)",
        (
            "`Conv2d` takes 4 channels: its weight is (8, 2, 3, 3), (out, in / groups, …). `x` (1, 6, 9, "
            "9) has 6. `groups` is 2."
        ),
    ),
    "Conv2d-3": (
        "m = nn.Conv2d(3, 8, 3)\nx = torch.ones(1, 9, 9, 9)\nm(x)",
        (
            "`Conv2d` takes 3 channels: its weight is (8, 3, 3, 3), (out, in / groups, …). `x` (1, 9, 9, "
            "9) has 9."
        ),
    ),
    "Conv2d-4": (
        "m = nn.Conv2d(3, 8, 3, padding=1)\nx = torch.ones(1, 3, 0, 5)\nm(x)",
        (
            "The kernel of `Conv2d` reaches over 3 elements, and dim 2 of `x` (1, 3, 0, 5) has size 0. "
            "Padded by 1 on both sides it has 2."
        ),
    ),
    "Conv2d-5": (
        "m = nn.Conv2d(3, 8, 5)\nx = torch.ones(1, 3, 2, 9)\nm(x)",
        "The kernel of `Conv2d` reaches over 5 elements, and dim 2 of `x` (1, 3, 2, 9) has size 2.",
    ),
    "Conv2d-6": (
        "m = nn.Conv2d(3, 8, 3)\nx = torch.ones(1, 3, 9, 9, dtype=torch.float64)\nm(x)",
        (
            "`Conv2d` takes one dtype: `weight` is float32, `x` is float64. With "
            "`x.to(torch.float32)` it works."
        ),
    ),
    "Conv2d-7": (
        "m = nn.Conv2d(3, 8, 3)\nx = torch.ones(9, 9)\nm(x)",
        "`Conv2d` takes (N, C, H, W) or (C, H, W); `x` (9, 9) has 2 dims.",
    ),
    "Conv1d": (
        "m = nn.Conv1d(16, 8, 3)\nx = torch.ones(4, 10, 16)\nm(x)",
        (
            "`Conv1d` takes 16 channels: its weight is (8, 16, 3), (out, in / groups, …). `x` (4, 10, "
            "16) has 10."
        ),
    ),
    "conv2d": (
        "x, w = torch.ones(1, 4, 5, 5), torch.ones(8, 2, 3, 3)\nF.conv2d(x, w)",
        (
            "`conv2d` takes 2 channels: its weight is (8, 2, 3, 3), (out, in / groups, …). `x` (1, 4, 5, "
            "5) has 4."
        ),
    ),
    "conv2d-2": (
        "x, w = torch.ones(1, 4, 5, 5), torch.ones(8, 3, 3, 3)\nF.conv2d(x, w, groups=2)",
        (
            "`conv2d` takes 6 channels: its weight is (8, 3, 3, 3), (out, in / groups, …). `x` (1, 4, 5, "
            "5) has 4. `groups` is 2."
        ),
    ),
    "conv2d-3": (
        "x, w = torch.ones(1, 4, 5, 5), torch.ones(8, 4, 3)\nF.conv2d(x, w)",
        "`conv2d` takes a tensor of 4 dims; `w` (8, 4, 3) has 3.",
    ),
    "conv2d-4": (
        "x, w, b = torch.ones(1, 4, 5, 5), torch.ones(8, 4, 3, 3), torch.ones(4)\nF.conv2d(x, w, b)",
        "`conv2d` needs one size in dim 0 of `b` (4,) and dim 0 of `w` (8, 4, 3, 3): 4 and 8 differ.",
    ),
    "conv2d-5": (
        "x, w = torch.ones(1, 4, 5, 5), torch.ones(8, 4, 3, 3)\nF.conv2d(x, w, stride=0)",
        "`stride` of `conv2d` is at least 1; here it is 0.",
    ),
    "ConvTranspose2d": (
        "m = nn.ConvTranspose2d(3, 8, 3)\nx = torch.ones(1, 8, 9, 9)\nm(x)",
        (
            "`ConvTranspose2d` takes 3 channels: its weight is (3, 8, 3, 3), (in, out / groups, …). `x` "
            "(1, 8, 9, 9) has 8."
        ),
    ),
    "conv_transpose2d": (
        "x, w = torch.ones(1, 3, 5, 5), torch.ones(4, 8, 3, 3)\nF.conv_transpose2d(x, w)",
        (
            "`conv_transpose2d` takes 4 channels: its weight is (4, 8, 3, 3), (in, out / groups, …). `x` "
            "(1, 3, 5, 5) has 3."
        ),
    ),
    "max_pool2d": (
        "x = torch.ones(1, 3, 2, 2)\nF.max_pool2d(x, 3)",
        ("The kernel of `max_pool2d` reaches over 3 elements, and dim 2 of `x` (1, 3, 2, 2) has size 2."),
    ),
    "MaxPool2d": (
        "m = nn.MaxPool2d(3)\nx = torch.ones(1, 3, 2, 2)\nm(x)",
        ("The kernel of `max_pool2d` reaches over 3 elements, and dim 2 of `x` (1, 3, 2, 2) has size 2."),
    ),
    "AvgPool2d": (
        "m = nn.AvgPool2d(3)\nx = torch.ones(1, 3, 2, 2)\nm(x)",
        "The kernel of `AvgPool2d` reaches over 3 elements, and dim 2 of `x` (1, 3, 2, 2) has size 2.",
    ),
    "max_pool2d-2": (
        "x = torch.ones(3, 3)\nF.max_pool2d(x, 3)",
        "`max_pool2d` takes a tensor of 3 or 4 dims; `x` (3, 3) has 2.",
    ),
    "max_pool2d-3": (
        "x = torch.ones(1, 3, 8, 8)\nF.max_pool2d(x, 2, padding=2)",
        "`padding` of `max_pool2d` is at most half of the window: it is 2, and the window is 2.",
    ),
    "BatchNorm1d": (
        "m = nn.BatchNorm1d(8)\nx = torch.ones(1, 8)\nm(x)",
        (
            "Batch norm takes mean and variance of each channel while it trains, and an input of shape "
            "(1, 8) has one value for each. It needs a larger batch; in `eval()` it uses the averages "
            "that it kept."
        ),
    ),
    "BatchNorm1d-2": (
        "m = nn.BatchNorm1d(8)\nx = torch.ones(4, 6)\nm(x)",
        (
            "`batch_norm` needs one size in dim 1 of `x` (4, 6) and dim 0 of `running_mean` (8,): 6 and "
            "8 differ."
        ),
    ),
    "BatchNorm2d": (
        "m = nn.BatchNorm2d(8)\nx = torch.ones(4, 8)\nm(x)",
        "`BatchNorm2d` takes a tensor of 4 dims; `x` (4, 8) has 2.",
    ),
    "LayerNorm": (
        "m = nn.LayerNorm(8)\nx = torch.ones(4, 6)\nm(x)",
        "`layer_norm` takes an input whose last dims are (8,); `x` is (4, 6).",
    ),
    "layer_norm": (
        "x = torch.ones(4, 6)\nF.layer_norm(x, (4, 5))",
        "`layer_norm` takes an input whose last dims are (4, 5); `x` is (4, 6).",
    ),
    "GroupNorm": (
        "m = nn.GroupNorm(3, 6)\nx = torch.ones(4, 4, 2)\nm(x)",
        ("`group_norm` cuts the channels into 3 groups; `x` (4, 4, 2) has 4 channels, no multiple of 3."),
    ),
    "group_norm": (
        "x = torch.ones(4, 5, 2)\nF.group_norm(x, 2)",
        ("`group_norm` cuts the channels into 2 groups; `x` (4, 5, 2) has 5 channels, no multiple of 2."),
    ),
    "InstanceNorm2d": (
        "m = nn.InstanceNorm2d(3)\nx = torch.ones(2, 3, 1, 1)\nm(x)",
        (
            "Instance norm takes mean and variance over the places of each channel, and an input of "
            "shape (2, 3, 1, 1) has one."
        ),
    ),
    "LSTM": (
        (
            "m = nn.LSTM(3, 4)\n"
            "x, h = torch.ones(5, 2, 3), (torch.ones(1, 3, 4), torch.ones(1, 2, 4))\n"
            "m(x, h)"
        ),
        "`LSTM` takes a state of shape (1, 2, 4), (layers, batch, features); `h[0]` has (1, 3, 4).",
    ),
    "GRU": (
        "m = nn.GRU(3, 4)\nx, h = torch.ones(5, 2, 3), torch.ones(1, 2, 5)\nm(x, h)",
        "`GRU` takes a state of shape (1, 2, 4), (layers, batch, features); `h` has (1, 2, 5).",
    ),
    "GRU-2": (
        "m = nn.GRU(3, 4)\nx = torch.ones(5)\nm(x)",
        "`GRU` takes a tensor of 2 or 3 dims; `x` (5,) has 1.",
    ),
    "GRUCell": (
        "m = nn.GRUCell(3, 4)\nx, h = torch.ones(2, 3), torch.ones(3, 4)\nm(x, h)",
        "`GRUCell` takes a state of shape (2, 4), (batch, features); `h` has (3, 4).",
    ),
    "GRU-3": (
        "m = nn.GRU(3, 4)\nx, h = torch.ones(5, 2, 3), torch.ones(2, 4)\nm(x, h)",
        "With an input of 3 dims, `x` (5, 2, 3), `GRU` takes a state of 3 dims; `h` (2, 4) has 2.",
    ),
    "MultiheadAttention": (
        (
            "m = nn.MultiheadAttention(8, 2, batch_first=True)\n"
            "x, k = torch.ones(3, 5, 8), torch.ones(3, 5, 5)\n"
            "m(x, x, x, attn_mask=k)"
        ),
        (
            "The attention mask `k` has shape (3, 5, 5); (6, 5, 5) is needed. That is (batch · heads, "
            "queries, keys): one mask for each of 3 samples and each of 2 heads."
        ),
    ),
    "MultiheadAttention-2": (
        (
            "m = nn.MultiheadAttention(8, 2)\n"
            "x, k = torch.ones(5, 3, 8), torch.ones(4, 4)\n"
            "m(x, x, x, attn_mask=k)"
        ),
        (
            "The attention mask `k` has shape (4, 4); (5, 5) is needed. That is (queries, keys), the "
            "same for all samples."
        ),
    ),
    "MultiheadAttention-3": (
        "m = nn.MultiheadAttention(8, 2)\nx = torch.ones(5, 3, 6)\nm(x, x, x)",
        "The attention was made for 8 features; the last dim of `x` (5, 3, 6) is 6.",
    ),
    "MultiheadAttention-4": (
        "m = nn.MultiheadAttention(8, 3)",
        "`MultiheadAttention` cuts `embed_dim` into `num_heads` equal parts: 8 is no multiple of 3.",
    ),
    "Linear": (
        (
            "m = nn.Sequential(nn.Linear(2, 3))\n"
            "sd = {'module.' + k: v for k, v in m.state_dict().items()}\n"
            "m.load_state_dict(sd)"
        ),
        (
            "Every key of the state dict begins with `module.`, and the keys of this module don't: "
            "`{key.removeprefix('module.'): value for key, value in state.items()}` takes it off."
        ),
    ),
    "Linear-2": (
        (
            "a, b = nn.Sequential(nn.Linear(2, 3)), nn.Sequential(nn.Linear(2, 4))\n"
            "b.load_state_dict(a.state_dict())"
        ),
        "`0.weight` has shape (3, 2) in the state dict and (4, 2) in the module.",
    ),
    "Linear-3": (
        (
            "a, b = nn.Sequential(nn.Linear(2, 3)), nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 4))\n"
            "b.load_state_dict(a.state_dict())"
        ),
        "The module has 2 keys that the state dict doesn't have: `1.weight`, `1.bias`.",
    ),
    "call": (
        (
            "data = [torch.ones(3), torch.ones(4)]\n"
            "for b in torch.utils.data.DataLoader(data, batch_size=2): pass"
        ),
        (
            "The loader stacks the samples of a batch, and stacked tensors have one shape: "
            f"`{_SAMPLES}[0]` has (3,), `{_SAMPLES}[1]` has (4,). Bring them to one size, or give the `DataLoader` a "
            "`collate_fn`."
        ),
    ),
    "CrossEntropyLoss": (
        "y, t = torch.ones(4, 3), torch.ones(4)\nnn.CrossEntropyLoss(y, t)",
        "`CrossEntropyLoss` is a class: calling it makes the loss, and the loss takes the tensors.",
    ),
    "MSELoss": (
        "y, t = torch.ones(4, 3), torch.ones(4, 3)\nnn.MSELoss(y, t)",
        (
            "`MSELoss` is a class: calling it makes the loss, and the loss takes the tensors. "
            "`nn.MSELoss()(y, t)` works."
        ),
    ),
    "SGD": (
        (
            "class N(nn.Module):\n"
            "    def __init__(self):\n"
            "        super().__init__()\n"
            "        self.l = [nn.Linear(2, 2)]\n"
            "torch.optim.SGD(N().parameters(), lr=0.1)"
        ),
        (
            "`SGD` got no parameters: `parameters()` gave none. A module finds layers that are its "
            "attributes or in an `nn.ModuleList`, not in a plain list."
        ),
    ),
    "linear": (
        "x, w, b = torch.ones(2, 3), torch.ones(4, 3), torch.ones(3)\nF.linear(x, w, b)",
        "`linear` needs one size in dim 0 of `b` (3,) and dim 0 of `w` (4, 3): 3 and 4 differ.",
    ),
    "cross_entropy": (
        "x, t = torch.ones(2, 3, 4), torch.zeros(2, 4, dtype=torch.long) + 3\nF.cross_entropy(x, t)",
        "`x` (2, 3, 4) scores 3 classes, numbered 0 to 2; `t` holds 3.",
    ),
    "cross_entropy-2": (
        (
            "x, t, w = torch.ones(2, 3), torch.zeros(2, dtype=torch.long), torch.ones(2)\n"
            "F.cross_entropy(x, t, weight=w)"
        ),
        "`cross_entropy` needs one size in dim 0 of `w` (2,) and dim 1 of `x` (2, 3): 2 and 3 differ.",
    ),
    "pad": (
        "x = torch.ones(3, 4)\nF.pad(x, (1, 1, 1))",
        "Pads come in pairs, before and after, from the last dim on; (1, 1, 1) has 3.",
    ),
    "pad-2": (
        "x = torch.ones(3, 4)\nF.pad(x, (1, 1, 1, 1, 1, 1))",
        "`x` (3, 4) has 2 dims, so that there are at most 4 pads; (1, 1, 1, 1, 1, 1) has 6.",
    ),
    "interpolate": (
        "x = torch.ones(3, 4)\nF.interpolate(x, scale_factor=2)",
        "`interpolate` takes a tensor of 3 to 5 dims; `x` (3, 4) has 2.",
    ),
    "interpolate-2": (
        "x = torch.ones(1, 3, 4, 4)\nF.interpolate(x, size=(3,))",
        ("`size` has a number for each dim after batch and channels: `x` (1, 3, 4, 4) has 2, `(3,)` has 1."),
    ),
    "pixel_shuffle": (
        "x = torch.ones(1, 3, 4, 4)\nF.pixel_shuffle(x, 2)",
        "`pixel_shuffle` takes channels in multiples of 2 × 2 = 4; `x` (1, 3, 4, 4) has 3.",
    ),
    "huber_loss": (
        "a, b = torch.ones(3), torch.ones(4)\ntorch.nn.functional.huber_loss(a, b)",
        (
            "Aligned from the right, dim 0 of `a` (3,) has size 3 and dim 0 of `b` (4,) has 4; they "
            "differ and neither is 1."
        ),
    ),
    "poisson_nll_loss": (
        "a, b = torch.ones(3, 4), torch.ones(4)\nF.poisson_nll_loss(a, b[:3])",
        (
            "Aligned from the right, dim 0 of `b[:3]` (3,) has size 3 and dim 1 of `a` (3, 4) has 4; "
            "they differ and neither is 1."
        ),
    ),
    "Flatten": (
        "x = torch.ones(2, 3)\nnn.Flatten(2)(x)",
        "For `x` (2, 3), `Flatten` takes a dim from -2 to 1; 2 is outside.",
    ),
    "Embedding": (
        "m = nn.Embedding(3, 2)\nm(torch.tensor([3]))",
        "The table has 3 rows, numbered 0 to 2; `torch.tensor([3])` holds 3.",
    ),
    "dropout": (
        "x = torch.ones(2, 3)\nF.dropout(x, 1.5)",
        "`p` of `dropout` is from 0 to 1; here it is 1.5.",
    ),
    "mse_loss": (
        "x = torch.ones(2, 3)\nF.mse_loss(x, torch.ones(2, 3), reduction='avg')",
        "`reduction` of `mse_loss` is `none`, `mean` or `sum`; here it is `avg`.",
    ),
    "scaled_dot_product_attention": (
        (
            "F.scaled_dot_product_attention(torch.ones(2, 4, 5, 8), torch.ones(2, 4, 6, 7), torch.ones(2, 4, 6, 8))"
        ),
        (
            "`scaled_dot_product_attention` needs one size in dim 3 of `torch.ones(2, 4, 5, 8)` (2, 4, "
            "5, 8) and dim 3 of `torch.ones(2, 4, 6, 7)` (2, 4, 6, 7): 8 and 7 differ."
        ),
    ),
    "nll_loss": (
        "F.nll_loss(torch.ones(2, 3), torch.tensor([0, 5]))",
        "`torch.ones(2, 3)` (2, 3) scores 3 classes, numbered 0 to 2; `torch.tensor([0, 5])` holds 5.",
    ),
    "Bilinear": (
        "nn.Bilinear(3, 4, 5)(torch.ones(2, 3), torch.ones(2, 3))",
        (
            "`Bilinear` needs one size in dim 1 of `torch.ones(2, 3)` (2, 3) and dim 2 of `weight` (5, "
            "3, 4): 3 and 4 differ."
        ),
    ),
    "kl_div": (
        "F.kl_div(torch.ones(2, 3), torch.ones(2, 4))",
        (
            "Aligned from the right, dim 1 of `torch.ones(2, 4)` (2, 4) has size 4 and dim 1 of "
            "`torch.ones(2, 3)` (2, 3) has 3; they differ and neither is 1."
        ),
    ),
    "Unflatten": (
        "x = torch.ones(2, 3)\nnn.Unflatten(1, (2, 2))(x)",
        "`unflatten` splits dim 1 of `x` (2, 3), which has size 3; (2, 2) multiplies to 4.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence
