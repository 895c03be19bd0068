"""Mistakes of training scripts, each with its reason; those with a `~` come close and have another one, or none."""

from __future__ import annotations

from tensordrill.explanation.explanation import explanation
from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import run

FAILING: dict[str, tuple[str, str | None]] = {
    "conv of a picture without a batch": (
        "nn.Conv2d(1, 8, 3)(torch.ones(64, 28, 28))",
        "`Conv2d` takes 1 channel: its weight is (8, 1, 3, 3), (out, in / groups, …). `torch.ones(64, 28, "
        "28)` (64, 28, 28) has 64. An input of 3 dims is one sample, (C, H, W), without a batch.",
    ),
    "~conv of a batch with other channels": (
        "nn.Conv2d(1, 8, 3)(torch.ones(2, 3, 8, 8))",
        "`Conv2d` takes 1 channel: its weight is (8, 1, 3, 3), (out, in / groups, …). `torch.ones(2, 3, 8, "
        "8)` (2, 3, 8, 8) has 3.",
    ),
    "stride of three numbers": (
        "nn.Conv2d(3, 8, 3, stride=(2, 2, 1))(torch.ones(1, 3, 8, 8))",
        "`stride` of `Conv2d` is one number for all spatial dims, or one for each of 2; (2, 2, 1) has 3.",
    ),
    "~stride of two numbers": (
        "nn.Conv2d(3, 8, 3, stride=(2, 2))(torch.ones(1, 4, 8, 8))",
        "`Conv2d` takes 3 channels: its weight is (8, 3, 3, 3), (out, in / groups, …). `torch.ones(1, 4, 8, "
        "8)` (1, 4, 8, 8) has 4.",
    ),
    "output padding of the stride": (
        "nn.ConvTranspose2d(4, 4, 3, output_padding=1)(torch.ones(1, 4, 5, 5))",
        "`output_padding` of `ConvTranspose2d` chooses among the sizes that the stride leaves open, so it is "
        "smaller than `stride` or than `dilation`: here it is 1, and they are 1 and 1.",
    ),
    "~output padding below the stride": (
        "nn.ConvTranspose2d(4, 4, 3, stride=2, output_padding=1)(torch.ones(1, 3, 5, 5))",
        "`ConvTranspose2d` takes 4 channels: its weight is (4, 4, 3, 3), (in, out / groups, …). "
        "`torch.ones(1, 3, 5, 5)` (1, 3, 5, 5) has 3.",
    ),
    "same padding with a stride": (
        "nn.Conv2d(3, 8, 3, stride=2, padding='same')",
        "`padding='same'` gives an output of the input's size, which a stride of 2 does not.",
    ),
    "fold of other blocks": (
        "F.fold(torch.ones(1, 192, 49), (32, 32), 8, stride=8)",
        "With these settings an output of (32, 32) has 4 · 4 = 16 blocks, and `torch.ones(1, 192, 49)` (1, "
        "192, 49) holds 49: `fold` takes the settings that `unfold` had.",
    ),
    "fold of other columns": (
        "F.fold(torch.ones(1, 100, 16), (32, 32), 8, stride=8)",
        "Each column of `torch.ones(1, 100, 16)` (1, 100, 16) is a block of (8, 8) in each channel, so that "
        "its size is a multiple of 64; it is 100.",
    ),
    "shuffled channels": (
        "nn.PixelShuffle(2)(torch.ones(1, 6, 8, 8))",
        "`PixelShuffle` takes channels in multiples of 2 × 2 = 4; `torch.ones(1, 6, 8, 8)` (1, 6, 8, 8) has "
        "6.",
    ),
    "corners of nearest": (
        "F.interpolate(torch.ones(1, 3, 8, 8), scale_factor=2, mode='nearest', align_corners=True)",
        "`align_corners` says how to interpolate between elements; mode `nearest` does not, and takes none.",
    ),
    "picture without a batch": (
        "F.interpolate(torch.ones(3, 8, 8), size=(4, 4), mode='bilinear')",
        "`size` has a number for each dim after batch and channels: `torch.ones(3, 8, 8)` (3, 8, 8) has 1, "
        "`(4, 4)` has 2. With `torch.ones(3, 8, 8).unsqueeze(0)` it works.",
    ),
    "batch first in the state": (
        "nn.LSTM(5, 8, 2, batch_first=True)(torch.ones(4, 7, 5), (torch.ones(4, 2, 8), torch.ones(4, 2, 8)))",
        "`LSTM` takes a state of shape (2, 4, 8), (layers, batch, features); `torch.ones(4, 2, 8)` has (4, 2,"
        " 8). `batch_first` puts the batch first in the input and the output, not in the states.",
    ),
    "~state of other features": (
        "nn.LSTM(5, 8, 2, batch_first=True)(torch.ones(4, 7, 5), (torch.ones(2, 4, 9), torch.ones(2, 4, 9)))",
        "`LSTM` takes a state of shape (2, 4, 8), (layers, batch, features); `torch.ones(2, 4, 9)` has (2, 4,"
        " 9).",
    ),
    "state of the wrong dim": (
        "nn.GRU(5, 8)(torch.ones(4, 7, 5), torch.ones(1, 4, 8))",
        "`GRU` takes a state of shape (1, 7, 8), (layers, batch, features); `torch.ones(1, 4, 8)` has (1, 4, "
        "8). `batch_first` is False, so that the batch is dim 1 of `torch.ones(4, 7, 5)` (4, 7, 5), 7. A "
        "layer made with `batch_first=True` takes (batch, length, features).",
    ),
    "~state of a smaller batch": (
        "nn.GRU(5, 8)(torch.ones(4, 7, 5), torch.ones(1, 6, 8))",
        "`GRU` takes a state of shape (1, 7, 8), (layers, batch, features); `torch.ones(1, 6, 8)` has (1, 6, "
        "8).",
    ),
    "states of one direction": (
        "nn.GRU(5, 8, 2, bidirectional=True)(torch.ones(7, 4, 5), torch.ones(2, 4, 8))",
        "`GRU` takes a state of shape (4, 4, 8), (layers, batch, features); `torch.ones(2, 4, 8)` has (2, 4, "
        "8). It is bidirectional, with a state for each layer and direction: 2 · 2 = 4.",
    ),
    "~states of both directions": (
        "nn.GRU(5, 8, 2, bidirectional=True)(torch.ones(7, 4, 5), torch.ones(4, 3, 8))",
        "`GRU` takes a state of shape (4, 4, 8), (layers, batch, features); `torch.ones(4, 3, 8)` has (4, 3, "
        "8).",
    ),
    "state with a batch that the input lacks": (
        "nn.LSTM(5, 8)(torch.ones(7, 5), (torch.ones(1, 7, 8), torch.ones(1, 7, 8)))",
        "With an input of 2 dims, `torch.ones(7, 5)` (7, 5), `LSTM` takes a state of 2 dims; `torch.ones(1, "
        "7, 8)` (1, 7, 8) has 3.",
    ),
    "pair of states": (
        "nn.GRU(5, 8)(torch.ones(7, 3, 5), (torch.ones(1, 3, 8), torch.ones(1, 3, 8)))",
        "`GRU` takes its state as one tensor; only `LSTM` has a pair, `(h, c)`.",
    ),
    "lengths that are not sorted": (
        "torch.nn.utils.rnn.pack_padded_sequence(torch.ones(6, 3, 2), torch.tensor([3, 6, 4]))",
        "`pack_padded_sequence` takes the lengths from the longest to the shortest, and in `torch.tensor([3, "
        "6, 4])` (3,) 6 comes after 3. With `enforce_sorted=False` it sorts them itself.",
    ),
    "~lengths that need not be sorted": (
        "torch.nn.utils.rnn.pack_padded_sequence(torch.ones(6, 3, 2), torch.tensor([3, 0, 4]), enforce_sorted=False)",
        "`lengths` of `pack_padded_sequence` is at least 1; `torch.tensor([3, 0, 4])` holds 0.",
    ),
    "sequences that lie down": (
        "torch.nn.utils.rnn.pad_sequence([torch.ones(4, 12), torch.ones(4, 9)])",
        "`pad_sequence` pads dim 0 alone, so that all other dims are alike: `torch.ones(4, 12)` has (4, 12), "
        "`torch.ones(4, 9)` has (4, 9). It is dim 1 that differs here: of each `x.T` it is dim 0.",
    ),
    "sequences of other features": (
        "torch.nn.utils.rnn.pad_sequence([torch.ones(4, 12), torch.ones(5, 9)])",
        "`pad_sequence` pads dim 0 alone, so that all other dims are alike: `torch.ones(4, 12)` has (4, 12), "
        "`torch.ones(5, 9)` has (5, 9).",
    ),
    "packed for a layer": (
        "x = torch.nn.utils.rnn.pack_padded_sequence(torch.ones(4, 2, 5), [4, 3])\nnn.Linear(5, 1)(x)",
        "`x` is a packed sequence, not a tensor: `pad_packed_sequence(x)` gives the padded tensor and the "
        "lengths.",
    ),
    "keys of other features": (
        "x, image = torch.ones(2, 10, 8), torch.ones(2, 9, 12)\n"
        "nn.MultiheadAttention(8, 2, batch_first=True)(x, image, image)",
        "The attention takes queries, keys and values of 8 features; the last dim of `image` (2, 9, 12) is "
        "12. `kdim=12, vdim=12` makes one for such features.",
    ),
    "batch of a transformer": (
        "src, tgt = torch.ones(8, 20, 4), torch.ones(8, 12, 4)\nnn.Transformer(4, 2, 1, 1)(src, tgt)",
        "`Transformer` needs one size in dim 1 of `src` (8, 20, 4) and dim 1 of `tgt` (8, 12, 4): 20 and 12 "
        "differ. `batch_first` is False, so that `src` (8, 20, 4) is read as (length, batch, features). Made "
        "with `batch_first=True` it is (batch, length, features).",
    ),
    "~batches of a transformer": (
        "src, tgt = torch.ones(8, 20, 4), torch.ones(9, 20, 4)\n"
        "nn.Transformer(4, 2, 1, 1, batch_first=True)(src, tgt)",
        "`Transformer` needs one size in dim 0 of `src` (8, 20, 4) and dim 0 of `tgt` (9, 20, 4): 8 and 9 "
        "differ.",
    ),
    "padding of a batch that comes first": (
        "x, pad = torch.ones(8, 12, 4), torch.zeros(8, 12, dtype=torch.bool)\n"
        "nn.TransformerEncoderLayer(4, 2)(x, src_key_padding_mask=pad)",
        "A padding mask is (batch, keys), or (keys,) of one sample: dim 0 of `pad` (8, 12) has size 8, and 12"
        " is needed. `batch_first` is False, so that `x` (8, 12, 4) is read as (length, batch, features). "
        "Made with `batch_first=True` it is (batch, length, features).",
    ),
    "~padding of other lengths": (
        "x, pad = torch.ones(8, 12, 4), torch.zeros(8, 11, dtype=torch.bool)\n"
        "nn.TransformerEncoderLayer(4, 2, batch_first=True)(x, src_key_padding_mask=pad)",
        "A padding mask is (batch, keys), or (keys,) of one sample: dim 1 of `pad` (8, 11) has size 11, and "
        "12 is needed.",
    ),
    "sample that is None": (
        "data = [(1., None), (2., None)]\nfor x, y in torch.utils.data.DataLoader(data, 2): pass",
        "The loader joins the samples of a batch, and one of them is None or holds None: `__getitem__` gives "
        "None where it ends without a `return`.",
    ),
    "parts that are rounded": (
        "torch.utils.data.random_split(range(385), [346, 38])",
        "The parts have to add up to the number of samples, and 346 + 38 is 384. Where parts were rounded, "
        "the last one can be what the others leave over. Shares that add up to 1 need no rounding.",
    ),
    "shares above one": (
        "torch.utils.data.random_split(range(10), [0.5, 0.75])",
        "Shares have to add up to 1. The sum of 0.5, 0.75 is 1.25, and then they are taken for numbers of "
        "samples.",
    ),
    "data set without a length": (
        "class Data:\n"
        "    def __getitem__(self, i): return i\n"
        "torch.utils.data.DataLoader(Data(), shuffle=True)",
        "The loader asks the data set how many samples it has, and class `Data` has no `__len__`.",
    ),
    "~other things without a length": (
        "len(5)",
        None,
    ),
    "loader as iterator": (
        "loader = torch.utils.data.DataLoader(range(4))\nnext(loader)",
        "`loader` can be gone through many times, so that it is no iterator itself: `next(iter(loader))` "
        "gives the first batch.",
    ),
    "arrays for tensors": (
        "torch.utils.data.TensorDataset(np.zeros((3, 2)), np.zeros(3))",
        "`TensorDataset` takes tensors; `np.zeros((3, 2))` is of type ndarray, and "
        "`torch.as_tensor(np.zeros((3, 2)))` makes one.",
    ),
    "parameters given before": (
        "parameters = nn.Linear(2, 2).parameters()\nlist(parameters)\ntorch.optim.RMSprop(parameters)",
        "`RMSprop` got no parameters: `parameters` is a generator, which gives its parameters once, and it "
        "has given them all. `list(…)` keeps them.",
    ),
    "list without parameters": (
        "torch.optim.SGD([])",
        "`SGD` got no parameters: `[]` is empty.",
    ),
    "~module without parameters": (
        "torch.optim.SGD(nn.ReLU().parameters())",
        "`SGD` got no parameters: `parameters()` gave none. A module finds layers that are its attributes or "
        "in an `nn.ModuleList`, not in a plain list.",
    ),
    "module for parameters": (
        "model = nn.Linear(2, 2)\ntorch.optim.Adagrad(model)",
        "`Adagrad` goes through the parameters that it is given, and `model` is one object of type Linear. "
        "The parameters of a module are `model.parameters()`.",
    ),
    "~number for parameters": (
        "torch.optim.Adagrad(5)",
        None,
    ),
    "rate as text": (
        "torch.optim.Adam(nn.Linear(2, 2).parameters(), lr='1e-3')",
        "`lr` is a number; `'1e-3'` is a str, and `float('1e-3')` reads it.",
    ),
    "scheduler of a model": (
        "torch.optim.lr_scheduler.StepLR(nn.Linear(2, 2), 10)",
        "`StepLR` takes an optimizer; it got a Linear.",
    ),
    "state of another optimizer": (
        "one, two = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))\n"
        "torch.optim.Adam(two.parameters()).load_state_dict(torch.optim.Adam(one.parameters()).state_dict())",
        "The state is that of an optimizer with other parameters: it belongs to another model, or to other "
        "groups of parameters.",
    ),
    "checkpoint for a state dict": (
        "saved = {'epoch': 3, 'model_state_dict': nn.Linear(2, 2).state_dict()}\n"
        "nn.Linear(2, 2).load_state_dict(saved)",
        "The module has 2 keys that the state dict doesn't have: `weight`, `bias`. The state dict has 2 keys "
        "that the module doesn't have: `epoch`, `model_state_dict`. A checkpoint with such keys holds the "
        "state dict inside: load `saved['model_state_dict']`, if that is this module's.",
    ),
    "~other keys for a state dict": (
        "nn.Linear(2, 2).load_state_dict({'epoch': 3})",
        "The module has 2 keys that the state dict doesn't have: `weight`, `bias`. The state dict has 1 key "
        "that the module doesn't have: `epoch`.",
    ),
    "module for a state dict": (
        "model = nn.Linear(2, 2)\nnn.Linear(2, 2).load_state_dict(model)",
        "`load_state_dict` takes a dict, and `model` is of type Linear. A module's is `model.state_dict()`.",
    ),
    "path for a state dict": (
        "nn.Linear(2, 2).load_state_dict('model.pt')",
        "`load_state_dict` takes the state dict itself, and `'model.pt'` is a str: `torch.load('model.pt')` "
        "reads a file.",
    ),
    "list of layers is called": (
        "layers = nn.ModuleList([nn.Linear(2, 2)])\nlayers(torch.ones(2))",
        "`ModuleList` holds layers and does not call them. A loop calls each, `for layer in layers: x = "
        "layer(x)`; `nn.Sequential` calls them one after the other.",
    ),
    "no forward": (
        "class Net(nn.Module):\n    def forwards(self, x): return x\nNet()(torch.ones(2))",
        "Calling a module calls its `forward`, and class `Net` has none: is it spelt and indented as a method"
        " of the class?",
    ),
    "forward lacks an argument": (
        "class Net(nn.Module):\n    def forward(self, x, mask): return x\nNet()(torch.ones(2))",
        "`forward` of `Net` also takes `mask`, and this call gives no value for it.",
    ),
    "forward without self": (
        "class Net(nn.Module):\n    def forward(x): return x\nNet()(torch.ones(2))",
        "`forward` of `Net` takes 0 arguments; this call gives 1. A method takes the module as its first "
        "parameter, so that `forward` begins with `self`.",
    ),
    "~forward with too many arguments": (
        "class Net(nn.Module):\n    def forward(self, x): return x\nNet()(torch.ones(2), torch.ones(2))",
        "`forward` of `Net` takes 1 argument; this call gives 2.",
    ),
    "class is called": (
        "class Net(nn.Module):\n"
        "    def __init__(self): super().__init__()\n"
        "    def forward(self, x): return x\n"
        "Net(torch.ones(2))",
        "`Net` is a class: calling it makes an instance, and its `__init__` does not take these tensors. Make"
        " the instance first, and call that with them.",
    ),
    "~class lacks a number": (
        "class Net(nn.Module):\n    def __init__(self, n): super().__init__()\nNet()",
        None,
    ),
    "constructor that is misspelt": (
        "class Net(nn.Module):\n"
        "    def __int__(self): self.fc = nn.Linear(2, 2)\n"
        "    def forward(self, x): return self.fc(x)\n"
        "Net()(torch.ones(2))",
        "Python calls `__init__` when an instance is made; this class spells it `__int__`, so that it never "
        "ran.",
    ),
    "~constructor of another class": (
        "class Other:\n"
        "    def __int__(self): return 1\n"
        "class Net(nn.Module):\n"
        "    def forward(self, x): return self.fc(x)\n"
        "Net()(torch.ones(2))",
        None,
    ),
    "layer for its result": (
        "nn.Linear(2, 2)(nn.ReLU(torch.ones(2)))",
        "`nn.ReLU(torch.ones(2))` is a layer of type `ReLU`, not what it computes: `nn.ReLU(…)` makes a "
        "layer, and `nn.ReLU()(…)` also calls it.",
    ),
    "layer of a class in an attribute": (
        "act = nn.ReLU\nact(torch.ones(2)).sum()",
        "`act(torch.ones(2))` is a layer of type `ReLU`, not what it computes: `nn.ReLU(…)` makes a layer, "
        "and `nn.ReLU()(…)` also calls it.",
    ),
    "what an LSTM gives": (
        "x = nn.GRU(3, 8)(torch.ones(5, 2, 3))\nx[:, -1]",
        "`x` is a tuple, not a tensor; `x[0]` is one, of shape (5, 2, 8).",
    ),
    "list of tensors is moved": (
        "batch = [torch.ones(3), torch.ones(3)]\nbatch.to('cpu')",
        "`batch` is a list, not a tensor; `batch[0]` is one, of shape (3,). `torch.stack(batch)` makes one "
        "tensor of them.",
    ),
    "list of different tensors": (
        "batch = [torch.ones(3), torch.ones(2)]\nbatch.mean()",
        "`batch` is a list, not a tensor; `batch[0]` is one, of shape (3,).",
    ),
    "~list of numbers": (
        "batch = [1, 2]\nbatch.frobnicate()",
        None,
    ),
    "LSTM in a Sequential": (
        "nn.Sequential(nn.LSTM(8, 16), nn.Linear(16, 1))(torch.ones(4, 2, 8))",
        "`Linear` gets a tuple of (4, 2, 16), tuple, not a tensor. RNN, LSTM and GRU give their output and "
        "their state. In a `Sequential` each module gets all that the one before gives.",
    ),
    "function of what an LSTM gives": (
        "out = nn.GRU(3, 8)(torch.ones(5, 2, 3))\ntorch.relu(out)",
        "`out` is a tuple, not a tensor; `out[0]` is one, of shape (5, 2, 8).",
    ),
    "loss that is a number": (
        "total = 0.\ntotal += torch.ones(1).item()\ntotal.backward()",
        "`total` is of type float, not a tensor, and has no `backward`. `.item()` and `float()` give numbers,"
        " which no graph leads back from: add up the tensors themselves.",
    ),
    "pair compared with a tensor": (
        "((1, 2) == torch.ones(2)).sum()",
        "`(1, 2) == torch.ones(2)` is of type bool, not a tensor, and has no `sum`. `==` of a tensor and what"
        " is no tensor, array or number gives one bool.",
    ),
    "function without a return": (
        "def f(x): x * 2\nf(torch.ones(2)).sum()",
        "`f(torch.ones(2))` is None. A function that ends without a `return` gives None.",
    ),
    "None for an input": (
        "def f(x): x * 2\nout = f(torch.ones(2))\nF.mse_loss(out, torch.ones(2))",
        "`out` is None. A function that ends without a `return` gives None.",
    ),
    "gradient of a leaf before backward": (
        "w = torch.ones(2, requires_grad=True)\nw.grad.zero_()",
        "`w.grad` is None. `backward` fills it in for leaves that require a gradient and have a part in the "
        "loss; `zero_grad` sets it to None again.",
    ),
    "gradient of what was computed": (
        "x = torch.ones(3, requires_grad=True)\ny = x * 2\ny.sum().backward()\ny - 0.1 * y.grad",
        "`y.grad` is None: `y` was computed (MulBackward0), and `backward` keeps the gradients of leaves. "
        "Call `y.retain_grad()` before it, or take the leaf.",
    ),
    "gradient that is off": (
        "w = torch.ones(2)\nw.grad.zero_()",
        "`w.grad` is None: `w` does not require a gradient.",
    ),
    "product of lists": (
        "weights, outs = [0.5, 0.5], [torch.ones(2), torch.ones(2)]\nweights * outs",
        "`weights` is a list, and `*` goes element by element only where there is a tensor: "
        "`torch.tensor(weights)` makes one.",
    ),
    "fewer gradients than arguments": (
        "class Scale(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(ctx, x, scale): return x * scale\n"
        "    @staticmethod\n"
        "    def backward(ctx, grad): return grad\n"
        "Scale.apply(torch.ones(2, requires_grad=True), 2.).sum().backward()",
        "`backward` of `Scale` returns a gradient for each argument of `forward` apart from `ctx`: 2, and it "
        "returned 1. It is None for what needs no gradient.",
    ),
    "gradient of another shape": (
        "class Scale(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(ctx, x): return x.sum()\n"
        "    @staticmethod\n"
        "    def backward(ctx, grad): return grad.expand(3)\n"
        "Scale.apply(torch.ones(2, requires_grad=True)).backward()",
        "A gradient has the shape of what it is for: gradient 0 of `Scale` has (3,), and (2,) is needed.",
    ),
    "hook with another shape": (
        "x = torch.ones(3, requires_grad=True)\nx.register_hook(lambda grad: grad.sum())\nx.sum().backward()",
        "The hook `<lambda>` takes the place of a gradient by what it returns, and that has another shape.",
    ),
    "truth in vmap": (
        "torch.vmap(lambda x: x if x.sum() > 0 else -x)(torch.ones(4, 3))",
        "Inside `vmap` each sample has a truth of its own, and Python goes one way for all of them. "
        "`torch.where` chooses for each.",
    ),
    "item in vmap": (
        "torch.vmap(lambda x: x * x.sum().item())(torch.ones(4, 3))",
        "Inside `vmap` each sample has a number of its own, and `.item()` gives one. Leave it a tensor.",
    ),
    "random numbers in vmap": (
        "torch.vmap(lambda x: x + torch.randn(3))(torch.ones(4, 3))",
        "`vmap` has to know whether all samples get the same random numbers: `randomness='different'` or "
        "`'same'` tells it.",
    ),
    "write in vmap": (
        "def f(x):\n    out = torch.zeros(3)\n    out[0] = x\n    return out\ntorch.vmap(f)(torch.ones(4))",
        "What is written to is one tensor for all samples, and what is written differs between them. Make a "
        "new tensor instead, as with `torch.stack`, or one from an input, as `x.new_zeros(…)`.",
    ),
    "sizes in vmap": (
        "torch.vmap(torch.dot)(torch.ones(3, 4), torch.ones(2, 4))",
        "`vmap` goes along one dim of all its inputs together, the one that `in_dims` names, and here their "
        "sizes there are (3, 2). `in_dims` None hands an input on whole.",
    ),
    "product in vmap": (
        "torch.vmap(lambda x, w: x @ w, in_dims=(0, None))(torch.ones(4, 3), torch.ones(2, 3))",
        "`@` multiplies along the dim of `x` (3,) and the last but one of `w` (2, 3): 3 and 2 differ.",
    ),
    "copy of what was computed": (
        "import copy\nx = torch.ones(2, requires_grad=True) * 2\ncopy.deepcopy(x)",
        "`deepcopy` copies leaves, and `x` was computed (MulBackward0): `x.detach().clone()` copies its "
        "values.",
    ),
    "copy of a layer that holds what was computed": (
        "import copy\nm = nn.Linear(2, 2)\nm.cache = m.weight * 2\ncopy.deepcopy(m)",
        "`deepcopy` copies leaves, and what it copies here is or holds a tensor that was computed.",
    ),
    "probabilities with nan": (
        "torch.distributions.Categorical(torch.tensor([0.5, float('nan')]))",
        "`probs` of `Categorical` has to hold numbers that are not negative and add up to 1 along the last "
        "dim, and here it does not. `torch.tensor([0.5, float('nan')])` holds nan.",
    ),
    "scale of nothing": (
        "torch.distributions.Normal(torch.zeros(2), torch.tensor([1., -1.]))",
        "`scale` of `Normal` has to be greater than 0, and here it does not.",
    ),
    "value of no distribution": (
        "torch.distributions.Bernoulli(torch.tensor(0.5)).log_prob(torch.tensor(2.))",
        "A value of `Bernoulli` has to be 0 or 1, and here it does not.",
    ),
    "inverse of a singular matrix": (
        "torch.inverse(torch.ones(3, 3))",
        "A matrix in which a row is a sum of multiples of others is singular: it has no inverse, as one in "
        "`torch.ones(3, 3)` (3, 3). `torch.linalg.pinv` and `lstsq` do without.",
    ),
    "~inverse of no square": (
        "torch.inverse(torch.ones(3, 2))",
        "`inverse` takes square matrices; those of `torch.ones(3, 2)` (3, 2) are 3 by 2.",
    ),
    "factor of a matrix that is not definite": (
        "torch.linalg.cholesky(-torch.eye(2))",
        "`linalg.cholesky` takes symmetric matrices whose eigenvalues are all greater than 0, as `a @ a.mT` "
        "plus a small multiple of `torch.eye`; `-torch.eye(2)` (2, 2) holds another one.",
    ),
    "old class of tensors": (
        "out = [torch.ones(4), torch.ones(4)]\ntorch.FloatTensor(out)",
        "`torch.FloatTensor` takes numbers, in lists; `out` holds tensors of several elements. "
        "`torch.stack(out)` works.",
    ),
    "array of objects": (
        "torch.from_numpy(np.array([[1], 'a'], dtype=object))",
        "`np.array([[1], 'a'], dtype=object)` is an array of dtype object, and torch takes arrays of numbers "
        "or bools. Mixed types and rows of different lengths make numpy choose object.",
    ),
    "array that goes backwards": (
        "image = np.zeros((4, 4))\ntorch.from_numpy(image[::-1])",
        "`image[::-1]` goes backwards through its memory, as after `[::-1]` or `np.flip`, and a tensor can't."
        " `image[::-1].copy()` writes it out in order.",
    ),
    "size of a quotient": (
        "n = 6\ntorch.zeros(n / 2, 3)",
        "Sizes are integers; `n / 2` is of type float. `n / 2` is a float also where nothing is left over; "
        "`//` gives an integer.",
    ),
    "rows of a mask": (
        "x, mask = torch.ones(5, 3), torch.tensor([True, False, True, False, False])\n"
        "x[mask] = torch.zeros(4, 3)",
        "`mask` is true at 2 places, so that there is room for (2, 3); `torch.zeros(4, 3)` is (4, 3).",
    ),
    "float mask": (
        "x, mask = torch.ones(3), torch.tensor([1., 0., 1.])\nx[mask]",
        "A tensor as an index holds integers or bools; `mask` is float32. With `mask.bool()` it works.",
    ),
    "~float indices": (
        "x, index = torch.ones(3), torch.tensor([2., 0., 1.])\nx[index]",
        "A tensor as an index holds integers or bools; `index` is float32. With `index.long()` it works.",
    ),
    "index of the other dims": (
        "q, actions = torch.ones(32, 4), torch.zeros(32, dtype=torch.int64)\nq.gather(1, actions)",
        "`gather` wants an index with as many dims as `q` (32, 4); `actions` (32,) has 1. With "
        "`actions.unsqueeze(1)` it works.",
    ),
    "~index of other sizes": (
        "q, actions = torch.ones(32, 4), torch.zeros(5, dtype=torch.int64)\nq.gather(1, actions)",
        "`gather` wants an index with as many dims as `q` (32, 4); `actions` (5,) has 1.",
    ),
    "rows of boundaries": (
        "edges, x = torch.ones(2, 3), torch.ones(5)\ntorch.searchsorted(edges, x)",
        "Each row of `edges` (2, 3) is searched for a row of values, so that the values have the dims (2,) "
        "before their last; `x` is (5,). Boundaries of one dim are for values of any shape.",
    ),
    "logits for probabilities": (
        "x, y = torch.tensor([[3.], [0.5]]), torch.ones(2, 1)\nF.binary_cross_entropy(x, y)",
        "`binary_cross_entropy` takes probabilities, from 0 to 1; `x` (2, 1) holds 3. Logits become "
        "probabilities by `sigmoid`. `F.binary_cross_entropy_with_logits(x, y)` works.",
    ),
    "~nan for a probability": (
        "x, y = torch.tensor([float('nan')]), torch.ones(1)\nF.binary_cross_entropy(x, y)",
        "`binary_cross_entropy` takes probabilities, from 0 to 1; `x` (1,) holds nan.",
    ),
    "batch first for CTC": (
        "x, y, n, m = torch.zeros(4, 50, 20), torch.ones(4, 10).long(), torch.full((4,), 50), torch.full((4,), 10)\n"
        "F.ctc_loss(x, y, n, m)",
        "`x` (4, 50, 20) is read as (length, batch, classes), and `input_lengths` has a number for each "
        "sample of the batch; `n` has shape (4,). With `x.transpose(0, 1)` it works.",
    ),
    "~lengths for CTC": (
        "x, y, n, m = torch.zeros(50, 4, 20), torch.ones(4, 10).long(), torch.full((4,), 60), torch.full((4,), 10)\n"
        "F.ctc_loss(x, y, n, m)",
        "`input_lengths` of `ctc_loss` is at most the size of dim 0 of `x` (50, 4, 20), 50; `n` holds 60.",
    ),
    "pieces with a dim less": (
        "x, y = torch.ones(4, 8), torch.ones(4, 2, 8)\ntorch.cat([x, y], 1)",
        "`cat` takes tensors with the same number of dims: `x` (4, 8) has 2, `y` (4, 2, 8) has 3. With "
        "`x.unsqueeze(1)` it works.",
    ),
    "parts of a size": (
        "q, k, v = torch.ones(2, 96).split(24, 1)",
        "`torch.ones(2, 96).split(24, 1)` is a tuple of 4 pieces. `split` takes the size of a part; `chunk` "
        "takes how many parts there are to be.",
    ),
    "state that is a pair": (
        "out, h, c = nn.LSTM(5, 8)(torch.ones(7, 3, 5))",
        "`nn.LSTM(5, 8)(torch.ones(7, 3, 5))` is a tuple of 2 pieces. The second of them is a tuple, too: "
        "`out, (h, c) = …` takes it apart.",
    ),
    "truth of both sides": (
        "x = torch.ones(4)\nx[(x > 0) and (x < 2)]",
        "`and` takes one truth from each side, and `x > 0` (4,) has 4 elements. `&` goes element by element, "
        "with each side in parentheses.",
    ),
    "~truth of one side": (
        "x = torch.ones(4)\nif x > 0: pass",
        "`x > 0` (4,) has 4 elements, and Python asks it for one truth. `.any()` asks whether any is true, "
        "`.all()` whether all are.",
    ),
    "device of another name": (
        "torch.ones(2).to('gpu')",
        "`gpu` names no device: `cpu` is the processor, `cuda` an NVIDIA or AMD GPU, `mps` Apple's.",
    ),
    "arrays of what requires a gradient": (
        "out = [torch.ones(2, requires_grad=True)]\nnp.concatenate(out)",
        "`out[0]` requires a gradient, and numpy would lose it. `[each.detach() for each in out]` leaves the "
        "graph behind.",
    ),
    "states in one tensor": (
        "h, w = torch.zeros(4, 3), torch.ones(3, 3, requires_grad=True)\n"
        "for t in range(1, 4):\n"
        "    h[t] = torch.tanh(h[t - 1] @ w + 1)\n"
        "h.sum().backward()",
        "`backward` needs a tensor that a step inside `h[t - 1] @ w` saved (MmBackward0), and it was changed "
        "in place since. `h[t] = torch.tanh(h[t - 1] @ w + 1)` in line 3 changed it. All views of a tensor "
        "count its changes together. A list of the steps that `torch.stack` joins changes none.",
    ),
    "sparse matrix of other sizes": (
        "adjacency = torch.eye(3).to_sparse()\ntorch.sparse.mm(adjacency, torch.ones(4, 2))",
        "`torch.sparse.mm` multiplies along the last dim of `adjacency` (3, 3) and the last but one of "
        "`torch.ones(4, 2)` (4, 2): 3 and 4 differ.",
    ),
    "pair for a target": (
        "target = torch.ones(4, 2)\nF.mse_loss(torch.ones(4), target.max(1))",
        "`target.max(1)` is a pair of values and indices; `target.max(1).values` is the tensor.",
    ),
    "gradient without its graph": (
        "x = torch.ones(3, requires_grad=True)\n"
        "g, = torch.autograd.grad((x ** 2).sum(), x)\n"
        "(g.norm() - 1).backward()",
        "`g.norm() - 1` has no graph that a gradient could flow back through: its `requires_grad` is False "
        "and it has no `grad_fn`. `g` comes from `torch.autograd.grad((x ** 2).sum(), x)` in line 2, which "
        "keeps the graph of its gradients only with `create_graph=True`.",
    ),
    "~gradient with its graph": (
        "x = torch.ones(3, requires_grad=True)\n"
        "g, = torch.autograd.grad((x ** 2).sum(), x, create_graph=True)\n"
        "g.detach().norm().backward()",
        "`g.detach().norm()` has no graph that a gradient could flow back through: its `requires_grad` is "
        "False and it has no `grad_fn`. `g.detach()` in line 3 cut it: what went in requires a gradient, what"
        " came out doesn't.",
    ),
    "gradient of what has no part": (
        "x, z = torch.ones(3, requires_grad=True), torch.ones(3, requires_grad=True)\n"
        "torch.autograd.grad((x ** 2).sum(), [x, z])",
        "`z` has no part in what the gradient is taken of. With `allow_unused=True` its gradient is None.",
    ),
    "gradient of several": (
        "x = torch.ones(3, requires_grad=True)\ntorch.autograd.grad(x * 2, x)",
        "`grad` without `grad_outputs` begins at one number; `x * 2` (3,) has 3.",
    ),
    "bfloat16 for numpy": (
        "torch.ones(2, dtype=torch.bfloat16).numpy()",
        "numpy has no bfloat16, which `torch.ones(2, dtype=torch.bfloat16)` (2,) is. With `torch.ones(2, "
        "dtype=torch.bfloat16).float()` it works.",
    ),
    "slice to a float": (
        "x = torch.ones(10)\nx[: len(x) / 2]",
        "A slice begins and ends at integers; `: len(x) / 2` holds the float 5.0. `//` gives an integer.",
    ),
    "format of several numbers": (
        'x = torch.ones(3)\nf"{x:.3f}"',
        "A format as `.3f` is for one number, and this tensor has dims: `.item()` takes the number of one "
        "element out, `.tolist()` those of several.",
    ),
    "transforms of one picture": (
        "F.affine_grid(torch.eye(2, 3).unsqueeze(0), (2, 3, 8, 8))",
        "`affine_grid` takes a matrix for each of 2 pictures of (2, 3, 8, 8); `torch.eye(2, 3).unsqueeze(0)` "
        "is (1, 2, 3). With `torch.eye(2, 3).unsqueeze(0).expand(2, -1, -1)` it works.",
    ),
    "dtype as text": (
        "torch.tensor([1, 2], dtype='float32')",
        "`dtype` of `tensor` is of type torch.dtype; `'float32'` is of type str.",
    ),
    "~tuple for a layer": (
        "def f(x): return x, x\nnn.Linear(2, 2)(f(torch.ones(2)))",
        "`f(torch.ones(2))` is a tuple, not a tensor; `f(torch.ones(2))[0]` is one, of shape (2,).",
    ),
    "~module without the attribute": (
        "class Net(nn.Module): pass\nNet().weight",
        None,
    ),
    "~object for a layer": (
        "class Output: pass\nnn.Linear(2, 2)(Output())",
        None,
    ),
    "~words that are split": (
        'a, b = "x y z".split(" ")',
        None,
    ),
    "~class lacks an argument": (
        "class Data:\n    def __init__(self, x, y): self.x = x\nData(torch.ones(2))",
        None,
    ),
    "~mask that is None": (
        'F.scaled_dot_product_attention(torch.ones(1, 2, 3), torch.ones(1, 2, 3), "v", None)',
        '`value` of `scaled_dot_product_attention` is of type Tensor; `"v"` is of type str.',
    ),
    "~pieces of which not all are known": (
        "a, b = torch.ones(100).split(1)",
        None,
    ),
}


def test_a_script_says_why_it_fails(sandbox: Sandbox) -> None:
    sources = [source for source, _ in FAILING.values()]
    reasons = {}
    for name, source, observation in zip(FAILING, sources, run(sandbox, sources), strict=True):
        error = explanation(source, observation, "en", sandbox=sandbox).error
        assert error is not None, name
        reasons[name] = error.reason
    assert reasons == {name: reason for name, (_, reason) in FAILING.items()}
