"""Arguments: their types, their numbers, and sizes that have to be the same."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "dtype-called": ("x = torch.ones(2)\ntorch.int(x)", "`torch.int` is a dtype, which can't be called."),
    "swapped-by-type": (
        "x = torch.tensor(3)\ntorch.polygamma(x, 4)",
        ("`input` of `polygamma` is of type Tensor; `4` is of type int. With `torch.tensor(4)` it works."),
    ),
    "functional-unfold": (
        "x = torch.tensor([], dtype=torch.int64)\nF.unfold(x, 2, 1, 0, (1, 2))",
        None,
    ),
    "along-ndim": (
        "x = torch.ones(1, 1, 5)\ntorch.take_along_dim(x, torch.tensor([[1], [0]]), 1)",
        (
            "`take_along_dim` wants an index with as many dims as `x` (1, 1, 5); `torch.tensor([[1], "
            "[0]])` (2, 1) has 2."
        ),
    ),
    "scatter-reduce": (
        "x = torch.ones(2, 2)\nx.scatter_reduce(0, torch.zeros(3, dtype=torch.long), x, 'sum')",
        (
            "`scatter_reduce` wants an index with as many dims as `x` (2, 2); `torch.zeros(3, "
            "dtype=torch.long)` (3,) has 1."
        ),
    ),
    "linalg-integers": (
        "x = torch.ones(2, 2, dtype=torch.int64)\ntorch.linalg.det(x)",
        "`linalg.det` is for floating-point numbers; `x` is int64. With `x.float()` it works.",
    ),
    "new-dims": (
        "x = torch.ones(2, 3)\ntorch.diag_embed(x, dim1=7)",
        (
            "`diag_embed` puts in a new dim, so its range is one wider than that of other functions: for "
            "`x` (2, 3) it is -3 to 2. 7 is outside."
        ),
    ),
    "no-dims": (
        "x = torch.ones(())\ntorch.fft.fft(x)",
        "`x` is 0-d: it has no dims, and `fft.fft` needs one to go along.",
    ),
    "least": ("torch.linspace(0, 3, -1)", "`steps` of `linspace` is at least 0; here it is -1."),
    "step": (
        "torch.arange(0, 3, -1)",
        "`arange` goes from 0 to 3 in steps of -1, which leads away from it or nowhere.",
    ),
    "out": (
        "x, y = torch.ones(2, 2), torch.ones(2, dtype=torch.float64)\ntorch.amax(x, 0, out=y)",
        "`out` of `amax` has the dtype of `x`, float32; `y` is float64.",
    ),
    "window": (
        "torch.signal.windows.hann(3, dtype=torch.int64)",
        "`dtype` of `hann` is float32 or float64; here it is int64.",
    ),
    "call": (
        "d = [torch.ones(3), torch.ones(3)]\ntorch.tensor(d)",
        (
            "`torch.tensor` takes numbers, in lists; `d` holds tensors of several elements. "
            "`torch.stack(d)` works."
        ),
    ),
    "call-2": (
        "d = [torch.ones(3), torch.ones(4)]\ntorch.tensor(d)",
        "`torch.tensor` takes numbers, in lists; `d` holds tensors of several elements.",
    ),
    "vdot": (
        "a, b = torch.ones(3), torch.ones(4)\ntorch.vdot(a, b)",
        "`vdot` takes vectors of one length; `a` has 3 elements and `b` has 4.",
    ),
    "tensordot": (
        "a, b = torch.ones(3, 4), torch.ones(4, 5)\ntorch.tensordot(a, b, dims=2)",
        "`tensordot` needs one size in dim 0 of `a` (3, 4) and dim 0 of `b` (4, 5): 3 and 4 differ.",
    ),
    "tensordot-2": (
        "a, b = torch.ones(3, 4), torch.ones(5, 4)\ntorch.tensordot(a, b, dims=1)",
        "`tensordot` needs one size in dim 1 of `a` (3, 4) and dim 0 of `b` (5, 4): 4 and 5 differ.",
    ),
    "movedim": (
        "x = torch.ones(2, 3)\nx.movedim((0, 1), (1,))",
        "`movedim` takes as many on both sides: (0, 1) has 2, (1,) has 1.",
    ),
    "roll": (
        "x = torch.ones(2, 3)\nx.roll((1, 2), 0)",
        "`roll` takes as many on both sides: (1, 2) has 2, (0,) has 1.",
    ),
    "unfold": (
        "x = torch.ones(5)\nx.unfold(0, 6, 1)",
        "`size` of `unfold` is at most the size of dim 0 of `x` (5,), 5; here it is 6.",
    ),
    "index_add": (
        "x, i, s = torch.ones(3, 2), torch.tensor([0, 2]), torch.ones(2, 3)\nx.index_add(0, i, s)",
        "`index_add` needs one size in dim 1 of `x` (3, 2) and dim 1 of `s` (2, 3): 2 and 3 differ.",
    ),
    "index_add-2": (
        "x, i, s = torch.ones(3, 2), torch.tensor([0, 2]), torch.ones(3, 2)\nx.index_add(0, i, s)",
        "`index_add` needs one size in dim 0 of `i` (2,) and dim 0 of `s` (3, 2): 2 and 3 differ.",
    ),
    "take": (
        "x = torch.arange(3)\nx.take(torch.tensor([5]))",
        "`take` counts the 3 elements of `x` (3,) from -3 to 2; `torch.tensor([5])` holds 5.",
    ),
    "diagonal": (
        "x = torch.ones(2, 3)\nx.diagonal(dim1=1, dim2=1)",
        "`diagonal` needs two dims; both are dim 1.",
    ),
    "sum": (
        "x = torch.ones(2, 3)\nx.sum(0, 1)",
        "`sum` takes several dims as one tuple. `x.sum((0, 1))` works.",
    ),
    "mean": (
        "x = torch.ones(2, 3)\nx.mean(-1, -2)",
        "`mean` takes several dims as one tuple. `x.mean((-1, -2))` works.",
    ),
    "call-3": (
        "x = torch.ones(2, 3)\nx.shape[2]",
        "`x.shape` is (2, 3): it has 2 sizes, numbered -2 to 1; 2 is outside.",
    ),
    "cdist": (
        "a, b = torch.ones(3, 4), torch.ones(5, 3)\ntorch.cdist(a, b)",
        "`cdist` needs one size in dim 1 of `a` (3, 4) and dim 1 of `b` (5, 3): 4 and 3 differ.",
    ),
    "masked_fill": (
        "x, m = torch.ones(2, 3), torch.tensor([True, False])\nx.masked_fill(m, 0)",
        (
            "Aligned from the right, dim 1 of `x` (2, 3) has size 3 and dim 0 of `m` (2,) has 2; they "
            "differ and neither is 1. With `m.unsqueeze(1)` it works."
        ),
    ),
    "masked_select": (
        "x, m = torch.ones(2, 3), torch.tensor([True, False])\nx.masked_select(m)",
        (
            "Aligned from the right, dim 1 of `x` (2, 3) has size 3 and dim 0 of `m` (2,) has 2; they "
            "differ and neither is 1. With `m.unsqueeze(1)` it works."
        ),
    ),
    "where": (
        "c = torch.tensor([True, False])\ntorch.where(c, torch.ones(3), torch.zeros(3))",
        (
            "Aligned from the right, dim 0 of `c` (2,) has size 2 and dim 0 of `torch.ones(3)` (3,) has "
            "3; they differ and neither is 1."
        ),
    ),
    "reshape": (
        "x = torch.ones(6)\nx.reshape(-1, -1)",
        "Only one size can be -1, because torch works it out from the others; (-1, -1) has 2.",
    ),
    "expand": (
        "x = torch.ones(6)\nx.expand(-1, 6)",
        (
            "-1 keeps the size of a dim that is there. (-1, 6) has 1 more than `x` (6,) has dims, and a "
            "new dim in front needs a size."
        ),
    ),
    "split": (
        "x = torch.ones(6)\nx.split([2, 3])",
        "`split` by a list needs sizes that add up: dim 0 of `x` (6,) has size 6, (2, 3) add up to 5.",
    ),
    "split-2": ("x = torch.ones(6)\nx.split(-1)", "`split` takes the size of a part, 1 or more; it got -1."),
    "einsum": (
        "x = torch.ones(2, 3)\ntorch.einsum('ij,jk->ik', x, x)",
        "The letter `j` stands for one size: it is 3 in `x` (2, 3) and 2 in `x` (2, 3).",
    ),
    "einsum-2": (
        "x = torch.ones(2, 3)\ntorch.einsum('ij', x, x)",
        "The equation `ij` has 1 operand before `->`; 2 given.",
    ),
    "trace": (
        "x = torch.ones(2, 3)\ntorch.trace(torch.ones(3))",
        "`trace` takes a tensor of 2 dims; `torch.ones(3)` (3,) has 1.",
    ),
    "tril": ("x = torch.ones(3)\ntorch.tril(x)", "`tril` takes a tensor of at least 2 dims; `x` (3,) has 1."),
    "inv": (
        "x = torch.ones(3)\ntorch.linalg.inv(x)",
        "`linalg.inv` takes a tensor of at least 2 dims; `x` (3,) has 1.",
    ),
    "inv-2": (
        "x = torch.ones(2, 3)\ntorch.linalg.inv(x)",
        "`linalg.inv` takes square matrices; those of `x` (2, 3) are 2 by 3.",
    ),
    "det": (
        "x = torch.ones(2, 2, 3)\ntorch.linalg.det(x)",
        "`linalg.det` takes square matrices; those of `x` (2, 2, 3) are 2 by 3.",
    ),
    "gcd": ("torch.gcd(2, 3)", "`gcd` takes a tensor; `2` is of type int."),
    "logaddexp": (
        "x = torch.ones(3)\ntorch.logaddexp(x, 2)",
        ("`other` of `logaddexp` is of type Tensor; `2` is of type int. With `torch.tensor(2)` it works."),
    ),
    "logaddexp-2": (
        "a, b = torch.ones(3), torch.ones(4)\ntorch.logaddexp(a, b)",
        (
            "Aligned from the right, dim 0 of `a` (3,) has size 3 and dim 0 of `b` (4,) has 4; they "
            "differ and neither is 1."
        ),
    ),
    "kthvalue": (
        "x = torch.ones(2, 3)\nx.kthvalue(4)",
        "`k` of `kthvalue` is at most the size of dim 1 of `x` (2, 3), 3; here it is 4.",
    ),
    "topk": (
        "x = torch.ones(2, 3)\nx.topk(4)",
        "`k` of `topk` is at most the size of dim 1 of `x` (2, 3), 3; here it is 4.",
    ),
    "multinomial": (
        "x = torch.ones(2, 3)\ntorch.multinomial(x, 4)",
        "`num_samples` of `multinomial` is at most the size of dim 1 of `x` (2, 3), 3; here it is 4.",
    ),
    "cat": (
        "x = torch.ones(2, 3)\ntorch.cat([x, x.t()], 2)",
        "For `x` (2, 3), `cat` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "cat-2": ("x = torch.ones(2, 3)\ntorch.cat([x, 3])", "`cat` takes tensors; `3` is of type int."),
    "normal": (
        "x = torch.ones(2, 3)\ntorch.normal(x, torch.ones(2))",
        (
            "Aligned from the right, dim 1 of `x` (2, 3) has size 3 and dim 0 of `torch.ones(2)` (2,) "
            "has 2; they differ and neither is 1."
        ),
    ),
    "scatter_add": (
        ("x = torch.ones(2, 3)\nx.scatter_add(1, torch.zeros(2, 4, dtype=torch.long), torch.ones(2, 3))"),
        (
            "`scatter_add` takes a value of the source for every index: dim 1 of `torch.zeros(2, 4, "
            "dtype=torch.long)` (2, 4) has size 4, of `torch.ones(2, 3)` (2, 3) only 3."
        ),
    ),
    "index_copy": (
        "x = torch.ones(2, 3)\nx.index_copy(0, torch.tensor([0]), torch.ones(2, 3))",
        (
            "`index_copy` needs one size in dim 0 of `torch.tensor([0])` (1,) and dim 0 of "
            "`torch.ones(2, 3)` (2, 3): 1 and 2 differ."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence
