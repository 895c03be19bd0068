"""Values that arguments take, layers, loaders, optimizers: programs that fail, and why, in one job."""

from __future__ import annotations

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import failing
from tests.needs import without_cuda

_BLOCKS = """
x = torch.ones(3)
torch.quantile(x, 1.5)
= `q` of `quantile` is from 0 to 1; here it is 1.5.

x, q = torch.ones(3), torch.tensor([0.5, 1.5])
x.quantile(q)
= `q` of `quantile` is from 0 to 1; `q` holds 1.5.

x = torch.ones(3)
torch.quantile(x, 0.5, interpolation='mean')
= `interpolation` of `quantile` is `linear`, `lower`, `higher`, `midpoint` or `nearest`; here it is `mean`.

x = torch.arange(3)
x.quantile(0.5)
= `input` of `quantile` is float32 or float64; `x` is int64. With `x.float()` it works.

x, w = torch.ones(5), torch.tensor([1, 2, -1, 1, 1])
torch.cov(x, fweights=w)
= `fweights` of `cov` is at least 0; `w` holds -1.

x, w = torch.ones(5), torch.ones(5)
torch.cov(x, fweights=w)
= `fweights` of `cov` holds integers; `w` is float32. With `w.long()` it works.

x, w = torch.ones(5), torch.ones(4)
torch.cov(x, aweights=w)
= `cov` needs one size in dim 0 of `w` (4,) and dim 0 of `x` (5,): 4 and 5 differ.

p = torch.tensor([0.5, 1.5])
torch.bernoulli(p)
= `input` of `bernoulli` is from 0 to 1; `p` holds 1.5.

p = torch.tensor([0.5, float('nan')])
torch.multinomial(p, 1)
= `input` of `multinomial` is a finite number; `p` holds nan.

x = torch.ones(3)
x.normal_(0, -1)
= `std` of `normal_` is at least 0; here it is -1.

x = torch.ones(3)
x.geometric_(1)
= `p` of `geometric_` is between 0 and 1; here it is 1.

x = torch.ones(3)
x.uniform_(2, 1)
= `from` of `uniform_` is at most `to`; here they are 2 and 1.

torch.arange(0, float('inf'))
= `end` of `arange` is a finite number; here it is inf.

torch.zeros(2, -1)
= `size` of `zeros` is at least 0; here it is -1.

x = torch.ones(1, 2, 3, 4)
F.adaptive_avg_pool2d(x, (5,))
= `output_size` of `adaptive_avg_pool2d` has 2 numbers; here it has 1.

x = torch.ones(1, 2, 4, 4)
F.avg_pool2d(x, 2, divisor_override=0)
= `divisor_override` of `avg_pool2d` is not 0; here it is 0.

x, w = torch.ones(1, 3, 5, 5), torch.ones(4, 3, 3, 3)
F.conv2d(x, w, stride=2, padding='same')
= `padding='same'` gives an output of the input's size, which a stride of 2 does not.

nn.Conv2d(3, 4, 3, groups=2)
= `Conv2d` cuts `in_channels` into `groups` equal parts: 3 is no multiple of 2.

nn.GroupNorm(3, 8)
= `GroupNorm` cuts `num_channels` into `num_groups` equal parts: 8 is no multiple of 3.

nn.Dropout(1.5)
= `p` of `Dropout` is from 0 to 1; here it is 1.5.

x = torch.ones(3, 3)
x.rot90(1, (0,))
= `dims` of `rot90` has 2 numbers; here it has 1.

x = torch.ones(3)
F.hardtanh(x, 1, -1)
= `min_val` of `hardtanh` is at most `max_val`; here they are 1 and -1.

x = torch.ones(3)
x.div(2, rounding_mode='round')
= `rounding_mode` of `div` is `trunc` or `floor`; here it is `round`.

x = torch.ones(3)
x.mean(dtype=torch.int64)
= `dtype` of `mean` is floating point or complex; here it is int64.

a, b = torch.ones(2), torch.ones(2, dtype=torch.float64)
torch.lerp(a, b, 0.5)
= `lerp` takes one dtype: `a` is float32, `b` is float64. With `b.to(torch.float32)` it works.

a, b = torch.ones(2), torch.ones(2, dtype=torch.int64)
torch.complex(a, b)
= `imag` of `complex` is float32, float64 or float16; `b` is int64. With `b.float()` it works.

a, b = torch.eye(2), torch.ones(3)
torch.linalg.solve(a, b)
= `linalg.solve` needs one size in dim 1 of `a` (2, 2) and dim 0 of `b` (3,): 2 and 3 differ.

a, b = torch.ones(5, 2), torch.ones(5, 2)
torch.linalg.cross(a, b)
= `linalg.cross` takes vectors of 3 elements along dim -1; `a` (5, 2) has 2 there.

x, i = torch.ones(1, 1, 2, 2), torch.zeros(1, 1, 2, 1, dtype=torch.long)
F.max_unpool2d(x, i, 2)
= `max_unpool2d` takes two tensors of one shape: `x` has (1, 1, 2, 2), `i` has (1, 1, 2, 1).

x, i = torch.ones(1, 1, 2, 2), torch.full((1, 1, 2, 2), 50)
F.max_unpool2d(x, i, 2)
= The output has (4, 4) places for each channel, numbered 0 to 15; `i` holds 50.

x = torch.ones(0, 9, 9)
F.max_pool2d(x, 2)
= `max_pool2d` takes at least one element in each dim but the batch; dim 0 of `x` (0, 9, 9) has size 0.

x, w = torch.ones(3), torch.ones(2)
F.prelu(x, w)
= `prelu` takes one weight for a tensor without channels, of fewer than 2 dims; `w` has shape (2,).

x, b = torch.ones(3), torch.ones(2, 2)
torch.bucketize(x, b)
= `boundaries` of `bucketize` has 1 dim; `b` (2, 2) has 2.

x, m, v = torch.ones(2, 2), torch.ones(2, 2, dtype=torch.bool), torch.ones(1)
x.masked_fill(m, v)
= `value` of `masked_fill` has 0 dims; `v` (1,) has 1.

x, m, v = torch.ones(3), torch.tensor([True, False, True]), torch.ones(1)
x.masked_scatter(m, v)
= The mask `m` picks 2 elements, and `v` (1,) has 1.

x, m = torch.ones(3), torch.ones(2, dtype=torch.bool)
torch.masked.sum(x, mask=m)
= Aligned from the right, dim 0 of `m` (2,) has size 2 and dim 0 of `x` (3,) has 3; they differ and neither is 1.

x, i, v = torch.ones(3), torch.tensor([0, 5]), torch.ones(2)
x.index_put([i], v)
= Dim 0 of `x` (3,) has size 3: indices go from -3 to 2. `i` holds 5.

x, i, v = torch.ones(3, 2), torch.tensor([0, 1]), torch.ones(3)
x.index_put((i,), v)
= The place `x[i]` has shape (2, 2), and `v` (3,) does not broadcast to it.

x, r = torch.ones(3, 2), torch.tensor([1, 2, 3])
x.repeat_interleave(r, dim=1)
= `repeat_interleave` takes one count for all, or one for each place along `x` (3, 2), 2 here; `r` has 3.

x, r = torch.ones(3), torch.tensor([1, -2, 1])
x.repeat_interleave(r)
= `repeats` of `repeat_interleave` is at least 0; `r` holds -2.

i, w = torch.tensor([0, 1]), torch.ones(3, 2)
F.embedding_bag(i, w)
= `embedding_bag` of a vector needs `offsets`, the place in `i` (2,) where each bag begins.

i, w, o = torch.tensor([[0, 1]]), torch.ones(3, 2), torch.tensor([0])
F.embedding_bag(i, w, o)
= Each row of `i` (1, 2) is a bag of its own, so that `embedding_bag` takes no `offsets`.

i, w, o = torch.tensor([0, 5]), torch.ones(3, 2), torch.tensor([0])
F.embedding_bag(i, w, o)
= The table has 3 rows, numbered 0 to 2; `i` holds 5.

p, t = torch.zeros(5, 2, 4), torch.ones(2, 3, dtype=torch.long)
n, m = torch.tensor([6, 5]), torch.tensor([3, 3])
F.ctc_loss(p, t, n, m)
= `input_lengths` of `ctc_loss` is at most the size of dim 0 of `p` (5, 2, 4), 5; `n` holds 6.

p, t = torch.zeros(5, 2, 4), torch.ones(2, 3, dtype=torch.long)
n, m = torch.tensor([5, 5]), torch.tensor([3, 3])
F.ctc_loss(p, t, n, m, blank=4)
= `blank` is one of the 4 classes of `p` (5, 2, 4), numbered 0 to 3; here it is 4.

a, b, t = torch.ones(3, 4), torch.ones(3, 4), torch.ones(3, 1)
F.cosine_embedding_loss(a, b, t)
= `target` of `cosine_embedding_loss` has at most 1 dim; `t` (3, 1) has 2.

x, t, v = torch.ones(4, 3), torch.ones(4, 3), torch.ones(4, 2)
F.gaussian_nll_loss(x, t, v)
= `gaussian_nll_loss` takes a variance for each element, of shape (4, 3) as `x`, or one for each row, (4, 1); `v` has (4, 2).

x, g = torch.ones(1, 1, 3, 3), torch.ones(1, 2, 2, 3)
F.grid_sample(x, g)
= The last dim of the grid has a number for each dim after batch and channels: `x` (1, 1, 3, 3) has 2, `g` is (1, 2, 2, 3).

x = torch.ones(1, 1, 3, 3)
F.pad(x, (1, 1), mode='reflect')
= With mode `reflect`, 1 pair of pads takes a tensor of 2 or 3 dims; `x` (1, 1, 3, 3) has 4.

x = torch.ones(1, 1, 3, 3)
nn.ReflectionPad2d(3)(x)
= With mode `reflect`, dim 3 of `x` (1, 1, 3, 3) is padded with its own elements, by at most 2 on a side; here it is 3.

x = torch.ones(6)
x.as_strided((2, 4), (4, 1))
= The last element that `as_strided` reaches is number 7 of the memory of `x`, counted from 0; it has 6 elements.

x = torch.ones(6)
x.as_strided((2, 2), (1,))
= `as_strided` takes a stride for each size: (2, 2) has 2, (1,) has 1.

x = torch.ones(3, 4)
x.sum_to_size(2, 4)
= `sum_to_size` takes a shape that broadcasts to `x` (3, 4); (2, 4) does not.

x = torch.ones(3, 5)
torch.hsplit(x, 2)
= `hsplit` cuts dim 1 of `x` (3, 5) into equal parts: size 5 can't be cut into 2.

a, b = torch.ones(3), torch.ones(2, 2, 2)
torch.vstack([a, b])
= `vstack` gives each tensor at least 2 dims and then takes the same number: `a` (3,) has 2, `b` (2, 2, 2) has 3.

x = torch.ones(3, 3)
torch.gradient(x, spacing=[1.0], dim=(0, 1))
= `gradient` takes one spacing for each dim; it got 1 spacing for 2 dims.

x = torch.ones(3, 1)
torch.gradient(x)
= `gradient` needs at least 2 elements along each dim; dim 1 of `x` (3, 1) has size 1.

torch.empty_permuted((2, 3), (0, 0))
= `empty_permuted` takes an order of the 2 dims of (2, 3), each of them once and counted from 0; (0, 0) is none.

x = torch.ones(5, 6)
torch.histogramdd(x, [1, 1])
= `histogramdd` takes a number of bins for each of the 6 coordinates in the last dim of `x` (5, 6); it got 2.

torch.linspace(0, 1, 3.0)
= `steps` of `linspace` is of type int; `3.0` is of type float.

x = torch.ones(2, 3)
torch.hsplit(x, 'a')
= `sections/indices` of `hsplit` is of type int / tuple of ints; `'a'` is of type str.

a, b = torch.ones(2, 3, 4), torch.ones(2, 5, 4)
torch.einsum('...ij,...jk->...ik', a, b)
= The letter `j` stands for one size: it is 4 in `a` (2, 3, 4) and 5 in `b` (2, 5, 4).

a, b = torch.ones(2, 3, 4), torch.ones(3, 4, 4)
torch.einsum('...ij,...jk->...ik', a, b)
= The dims that `...` stands for have to broadcast: they are (2,) in `a` (2, 3, 4) and (3,) in `b` (3, 4, 4).

a = torch.ones(2)
torch.einsum('...ij->...ji', a)
= Each dim has one letter: `...ij` names 2, `a` (2,) has 1.

a = torch.ones(2, 2)
torch.einsum('ij->ii', a)
= The letter `i` may stand only once after `->`.

a = torch.ones(2, 2)
torch.einsum('i1->i', a)
= An equation is made of letters, `,`, `...` and `->`; `i1->i` has `1`.

a = torch.ones(2, 2)
torch.einsum(a, 'ij->ji')
= The equation comes first, and `a` is a tensor.

a = torch.ones(2, 2)
torch.einsum('ij,jk->ik', a, 3)
= `einsum` takes tensors; `3` is of type int.

m, x = nn.MultiheadAttention(8, 2, batch_first=True), torch.ones(3, 5, 8)
p = torch.zeros(5, 3, dtype=torch.bool)
m(x, x, x, key_padding_mask=p)
= A padding mask is (batch, keys), or (keys,) of one sample: dim 0 of `p` (5, 3) has size 5, and 3 is needed.

m, x = nn.MultiheadAttention(8, 2), torch.ones(5, 3, 8)
p = torch.zeros(3, 5, dtype=torch.long)
m(x, x, x, key_padding_mask=p)
= `key_padding_mask` of `MultiheadAttention` is bool or floating point; `p` is int64.

m, x, p = nn.MultiheadAttention(8, 2), torch.ones(5, 3, 8), torch.ones(5)
m(x, x, x, attn_mask=p)
= With a query of 3 dims, `x` (5, 3, 8), `attn_mask` has 2 or 3 dims; `p` (5,) has 1.

m, x, k = nn.MultiheadAttention(8, 2), torch.ones(5, 3, 8), torch.ones(4, 2, 8)
m(x, k, k)
= `MultiheadAttention` needs one size in dim 1 of `x` (5, 3, 8) and dim 1 of `k` (4, 2, 8): 3 and 2 differ.

q, k, p = torch.ones(2, 4, 8), torch.ones(2, 6, 8), torch.ones(4, 5)
F.scaled_dot_product_attention(q, k, k, attn_mask=p)
= The attention mask `p` (4, 5) does not broadcast to (2, 4, 6), (…, queries, keys).

x, w, b = torch.ones(1, 4, 5, 5), torch.ones(4, 8, 3, 3), torch.ones(4)
F.conv_transpose2d(x, w, b)
= `conv_transpose2d` needs one size in dim 0 of `b` (4,) and dim 1 of `w` (4, 8, 3, 3): 4 and 8 differ.

m, x, h = nn.LSTM(3, 4), torch.ones(5, 2, 3), torch.ones(1, 2, 4)
m(x, h)
= `LSTM` takes its state as a pair, `(h, c)`; `h` (1, 2, 4) is one tensor.

m, x, h = nn.GRU(3, 4), torch.ones(5, 3), torch.ones(1, 2, 4)
m(x, h)
= With an input of 2 dims, `x` (5, 3), `GRU` takes a state of 2 dims; `h` (1, 2, 4) has 3.

m, x, h = nn.LSTMCell(3, 4), torch.ones(2, 3), torch.ones(3, 4)
m(x, (h, h))
= `LSTMCell` takes a state of shape (2, 4), (batch, features); `h` has (3, 4).

m, x, h = nn.GRUCell(3, 4), torch.ones(2, 3), torch.ones(2, 5)
m(x, h)
= `GRUCell` takes a state of shape (2, 4), (batch, features); `h` has (2, 5).

m, x, h = nn.RNN(3, 4), torch.ones(5, 2, 3), torch.ones(1, 2, 4, dtype=torch.float64)
m(x, h)
= `RNN` takes one dtype: `weight_ih_l0` is float32, `h` is float64.

x, n = torch.ones(5, 2, 3), torch.tensor([5, 4, 1])
nn.utils.rnn.pack_padded_sequence(x, n)
= `pack_padded_sequence` needs one size in dim 0 of `n` (3,) and dim 1 of `x` (5, 2, 3): 3 and 2 differ.

m, x = nn.BatchNorm1d(3), torch.ones(2, 3, dtype=torch.float64)
m(x)
= `batch_norm` takes one dtype: `weight` is float32, `x` is float64. With `x.to(torch.float32)` it works.

m, x = nn.BatchNorm1d(3), torch.ones(2, 3, dtype=torch.int64)
m(x)
= `BatchNorm1d` has no implementation for int64, the dtype of `x`.

x, t = torch.ones(4, 3, dtype=torch.int64), torch.tensor([0, 1, 2, 1])
F.cross_entropy(x, t)
= `cross_entropy` has no implementation for int64, the dtype of `x`. With `x.float()` it works.

p, t = torch.tensor([1.5]), torch.tensor([1.])
nn.BCELoss()(p, t)
= `binary_cross_entropy` takes probabilities, from 0 to 1; `p` (1,) holds 1.5. Logits become probabilities by `sigmoid`. `F.binary_cross_entropy_with_logits(p, t)` works.

data = [{'a': [1, 2]}, {'a': [1, 2, 3]}]
for batch in torch.utils.data.DataLoader(data, batch_size=2): pass
= The loader joins the lists of a batch piece by piece, so they have one length: 2 and 3 differ.

data = [None, None]
for batch in torch.utils.data.DataLoader(data, batch_size=2): pass
= The loader joins the samples of a batch, and one of them is None or holds None: `__getitem__` gives None where it ends without a `return`.

data = []
torch.utils.data.DataLoader(data, shuffle=True)
= `DataLoader` draws from the samples, and `data` has none.

x, y = torch.ones(3), torch.ones(4)
torch.utils.data.TensorDataset(x, y)
= `TensorDataset` needs one size in dim 0 of `x` (3,) and dim 0 of `y` (4,): 3 and 4 differ.

x = [[1, 2], [3]]
torch.tensor(x)
= A tensor has one size for each dim, and the lists in `x` have 2 and 1 pieces.

x = [1, None]
torch.tensor(x)
= `tensor` takes numbers, in lists; `x` holds a value of type None.

x = [1, 2]
torch.from_numpy(x)
= `from_numpy` takes a numpy array; `x` is of type list. `torch.tensor(x)` works.

w = torch.ones(3, requires_grad=True)
torch.optim.SGD(w, lr=0.1)
= `SGD` takes several parameters, in a list; `w` is one tensor.

w = torch.ones(3, requires_grad=True)
v = w * 2
torch.optim.SGD([v], lr=0.1)
= `SGD` changes leaves, and `v` was computed (MulBackward0) from others.

m = nn.Linear(2, 2)
torch.optim.Adam(m.parameters(), lr=-1)
= `lr` of `Adam` is at least 0; here it is -1.

m = nn.Linear(2, 2)
torch.optim.SGD(m.parameters(), learning=0.1)
= `SGD` has no keyword `learning`; it has `dampening`, `differentiable`, `foreach`, `fused`, `lr`, `maximize`, `momentum`, `nesterov`, `weight_decay`.

a, b = torch.ones(3, 4), torch.ones(4, 5)
torch.tensordot(a, b, dims=([0], [0]))
= `tensordot` needs one size in dim 0 of `a` (3, 4) and dim 0 of `b` (4, 5): 3 and 4 differ.

a, b = torch.ones(3, 4), torch.ones(4, 5)
torch.tensordot(a, b, dims=3)
= `dims` of `tensordot` is a number of dims that both have, at most 2: `a` is (3, 4), `b` is (4, 5). Here it is 3.

x = torch.ones(5)
x.unfold(0, 2, 0)
= `step` of `unfold` is at least 1; here it is 0.

a, b = torch.ones(3, 2), torch.ones(3)
torch.meshgrid(a, b)
= `meshgrid` takes a tensor of at most 1 dim; `a` (3, 2) has 2.

a, b = torch.ones(2, 3), torch.ones(4, 5)
torch.linalg.multi_dot([a, b])
= `linalg.multi_dot` multiplies along the last dim of `a` (2, 3) and the last but one of `b` (4, 5): 3 and 4 differ.

a, b = torch.ones(2, 3), torch.ones(4, 5)
torch.chain_matmul(a, b)
= `chain_matmul` multiplies along the last dim of `a` (2, 3) and the last but one of `b` (4, 5): 3 and 4 differ.

x = torch.ones(2, 3)
torch.matrix_power(x, 2)
= `matrix_power` takes square matrices; those of `x` (2, 3) are 2 by 3.

x = torch.ones(3)
F.glu(x)
= `glu` cuts dim 0 of `x` (3,) into equal parts: size 3 can't be cut into 2.

x = torch.ones(3)
nn.init.xavier_uniform_(x)
= `xavier_uniform_` takes a tensor of at least 2 dims; `x` (3,) has 1.

x = torch.ones(3)
F.mse_loss(x, 3)
= `mse_loss` takes a tensor; `3` is of type int. With `torch.tensor(3)` it works.

m = nn.Linear(2, 3)
m([1., 2.])
= `Linear` takes a tensor; `[1., 2.]` is of type list.

n = 5
nn.Linear(n / 2, 3)
= Sizes are integers; `n / 2` is of type float. `n / 2` is a float also where nothing is left over; `//` gives an integer.

layers = [nn.Linear(2, 2)]
nn.Sequential(layers)
= `Sequential` takes modules, each as an argument of its own; `layers` is of type list.

nn.Sequential(nn.Linear(2, 2), nn.ReLU)
= `Sequential` takes modules, and `nn.ReLU` is a class: `nn.ReLU()` makes a module.

a, b = torch.ones(2, 3), torch.ones(4, 3)
torch.chain_matmul(a, b)
= `chain_matmul` multiplies along the last dim of `a` (2, 3) and the last but one of `b` (4, 3): 3 and 4 differ. With `b.mT` it works.

x = torch.ones(3)
x.topk(-1)
= `k` of `topk` is at least 0; here it is -1.

a, b = torch.ones(3, 4), torch.ones(2, 5)
torch.tensordot(a, b, dims=([-1], [-3]))
= For `b` (2, 5), `tensordot` takes a dim from -2 to 1; -3 is outside.

a, b = torch.ones(3), torch.ones(3, dtype=torch.complex64)
torch.complex(a, b)
= `imag` of `complex` is float32, float64 or float16; `b` is complex64.

m, x = nn.GroupNorm(3, 3), torch.ones(1, 3)
m(x)
= Group norm takes mean and variance of each group of channels, and here a group has one value.

m, x, h = nn.GRUCell(3, 4), torch.ones(3), torch.ones(5)
m(x, h)
= `GRUCell` takes a state of shape (4,), (features,); `hx` has (5,).

m, x, p = nn.MultiheadAttention(8, 2), torch.ones(5, 8), torch.ones(4, dtype=torch.bool)
m(x, x, x, key_padding_mask=p)
= A padding mask is (batch, keys), or (keys,) of one sample: dim 0 of `p` (4,) has size 4, and 5 is needed.

m, x, p = nn.MultiheadAttention(8, 2), torch.ones(5, 8), torch.ones(4, 5, 5)
m(x, x, x, attn_mask=p)
= The attention mask `p` has shape (4, 5, 5); (2, 5, 5) is needed.

a, b = torch.ones(2, dtype=torch.float64), torch.ones(2)
a.inner(b)
= `inner` takes one dtype: `a` is float64, `b` is float32. With `b.to(torch.float64)` it works.

x = torch.ones(3)
torch.linalg.pinv(x)
= `linalg.pinv` takes a tensor of at least 2 dims; `x` (3,) has 1.
"""  # noqa: E501 (a sentence a line)
FAILING = dict(block.split("\n= ") for block in _BLOCKS.strip().split("\n\n"))
"""Programs, and the sentence below each."""


def test_failing_programs_say_why(sandbox: Sandbox) -> None:
    cases = failing(sandbox, list(FAILING))
    texts = {case.source: " ".join(message.text("en") for message in case.messages) for case in cases}
    assert texts == FAILING


@without_cuda
def test_a_build_that_can_use_no_gpu_is_named(sandbox: Sandbox) -> None:
    (case,) = failing(sandbox, ["x = torch.ones(3)\nx.to('cuda')"])
    assert " ".join(message.text("en") for message in case.messages) == (
        "This build of torch can't use a GPU. "
        "`'cuda' if torch.cuda.is_available() else 'cpu'` is the device that is there."
    )
