# %% Homework 1: first steps in PyTorch · Olivia Brown (20260109)
# Write each answer in its cell; `...` means not answered yet. Every cell stands for
# itself: an answer may use what its own cell gives, torch, nn, F, np and math. Run this
# file, or `tensordrill check hw1-20260109.py`, to see how you are doing. With a syntax
# error anywhere in it, Python runs none of the file; the command checks the rest all the
# same.
# tensordrill-handout: {"assignment":"hw1","student":"20260109","name":"Olivia Brown","mark":"ec9f161a3308d122"}
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill

tensordrill.check_on_error()

# %% 1. reductions/position-of-the-largest (1 point)
# reductions/position-of-the-largest@224902150827122
# Each row of `logits` belongs to one example. Fill the blank so that `predicted` holds
# the class with the largest logit of each.
# What goes in place of `____`? Write it in quotes.
logits = torch.tensor([
    [35, 5, 19, 13],
    [34, 36, 21, 15],
])

# predicted = logits.____
answer = "argmax(dim=1)"

# %% 2. matmul/name-of-the-product (1 point)
# matmul/name-of-the-product@65666411831897
# Fill in a function's name so that `y[i]` is the matrix product of `a` and `b[i]`, for
# both i.
# What goes in place of `____`? Write it in quotes.
a = torch.arange(4).view(2, 2)
b = torch.arange(3, 11).view(2, 2, 2)

# y = torch.____(a, b)
answer = "matmul"

# %% 3. module/path-of-a-layer (1 point)
# module/path-of-a-layer@191738469798719
# Fill in the path for which `layer` is `net.body[0][0]`.
# What goes in place of `____`?
net = nn.Module()
net.body = nn.Sequential(
    nn.Sequential(nn.Linear(4, 4), nn.ReLU()),
    nn.Sequential(nn.Linear(4, 4), nn.Tanh()),
    nn.Sequential(nn.Linear(4, 4), nn.GELU()),
)
net.head = nn.Linear(4, 1)

# layer = net.get_submodule(____)
answer = "body[0][0]"

# %% 4. reductions/rows-that-sum-to-one (2 points)
# reductions/rows-that-sum-to-one@38994538157136
# Divide each row of `counts` by its own sum, so that every row adds up to 1.
# `answer` is one expression.
counts = torch.tensor([
    [20, 13, 14],
    [12, 16, 11],
])

answer = counts / counts.sum(dim=1, keepdim=True

# %% 5. indexing/logit-of-the-label (2 points)
# indexing/logit-of-the-label@260180364577279
# `logits` has one row for each example and one column for each class. Give the vector of
# 5 logits that belong to each example's own label.
# `answer` is one expression.
logits = torch.tensor([
    [-59, 18, -80],
    [-96, 46, -99],
    [42, -34, -37],
    [53, 14, 60],
    [5, -97, -92],
])
labels = torch.tensor([0, 1, 0, 2, 2])

answer = logits[torch.arange(len(labels)), labels]

# %% 6. view/channels-to-the-end (2 points)
# view/channels-to-the-end@259286653774550
# Give the same images as (N, H, W, C), sharing memory with `x`.
# `answer` is one expression.
# compared: shape, values, shared memory
x = torch.arange(72).view(2, 4, 3, 3)   # N, C, H, W

answer = x.permute(0, 2, 3, 1)

# %% 7. module/linear-as-addmm (2 points)
# module/linear-as-addmm@95981426329864
# On a matrix, `nn.Linear` computes one `addmm`. Fill in the operands so that `y` equals
# `layer(x)`, with the layer's own weight and bias.
# What goes in place of each `____`? List them in their order; what stands in quotes stays
# in quotes.
layer = nn.Linear(5, 4)
nn.init.constant_(layer.bias, 10.)
layer.weight = nn.Parameter(torch.arange(20.).reshape(4, 5))
x = torch.arange(10.).reshape(2, 5)

# y = torch.addmm(____, ____, ____)
answer = [layer.bias, x, layer.weight.t()]

# %% 8. autograd/norm-of-all-gradients (2 points)
# autograd/norm-of-all-gradients@280991709448681
# Before clipping you want to log the norm. Write `grad_norm`: the root of the sum of the
# squares of all gradients of `net`. Not every parameter has one.
# Complete the function.
# not to be called: clip_grad_norm_, get_total_norm
#
# It is called with values such as
# net = nn.ParameterList([torch.zeros(2), torch.zeros(()), torch.zeros(3)])
# net[0].grad = torch.tensor([6, 2], dtype=torch.float32)
# net[1].grad = torch.tensor(2.)

def grad_norm(net):
    total = torch.tensor(0.)
    for p in net.parameters():
        if p.grad is not None:
            total += (p.grad ** 2).sum()
    return total.sqrt()

# %% 9. indexing/reorder-each-row (2 points)
# indexing/reorder-each-row@116032232110717
# Write `reorder`. Each row of `order` holds column numbers; row r of the result holds the
# numbers of `scores[r]` in the order `order[r]`.
# Complete the function.
#
# It is called with values such as
# scores = torch.tensor([
#     [9, 15, 3],
#     [14, 8, 51],
#     [60, 89, 90],
#     [45, 67, 30],
# ])
# order = torch.tensor([[2, 0, 1], [1, 0, 2], [2, 0, 1], [2, 0, 1]])

def reorder(scores, order):
    return scores.gather(1, order)

# %% 10. view/split-the-heads (3 points)
# view/split-the-heads@10211730468022
# Write `split(x, heads)`. `x` has shape (batch, tokens, width), and each token's width is
# divided into `heads` neighbouring parts of equal size. Return them as (batch, heads,
# tokens, part), without copying.
# Complete the function.
# compared: shape, values, shared memory
# points: shape 1, values 1, shared memory 1
#
# It is called with values such as
# x = torch.arange(36).view(2, 3, 6)
# heads = 3

def split(x, heads):
    return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)

# %% 11. module/a-linear-layer-of-your-own (4 points)
# module/a-linear-layer-of-your-own@211329183540705
# Write `Affine`, which does what `nn.Linear` does. `Affine(i, o)` has a `weight` and a
# `bias` of zeros, of such shapes that the state dict of an `nn.Linear(i, o)` can be
# loaded into it. Its input is a matrix. Do not call torch's `linear`.
# Complete the class.
# not to be called: linear
#
# It is used with values such as
# layer = nn.Linear(2, 5)
# nn.init.constant_(layer.bias, 10.)
# layer.weight = nn.Parameter(torch.arange(10.).reshape(5, 2))
# x = torch.arange(4.).reshape(2, 2)

class Affine(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(o, i))
        self.bias = nn.Parameter(torch.zeros(o))

    def forward(self, x)
        return torch.addmm(self.bias, x, self.weight.t())

# %% 12. autograd/a-step-by-hand (2 points)
# autograd/a-step-by-hand@279453131525304
# Which of these take a gradient step so that afterwards `w` has moved and is still a leaf
# that requires grad?
# Write the numbers that you pick, as `[1, 3]`, or `"none"`.
# This one is checked only after you hand it in.
#
# w = torch.tensor([7., 8.], requires_grad=True)
# (0.5 * 9 * w).sum().backward()

# 1  w -= 0.5 * w.grad
# 2  w.detach().clone().sub_(0.5 * w.grad)
# 3  w.data -= 0.5 * w.grad
# 4  w = w - 0.5 * w.grad
# 5  w.detach().sub_(0.5 * w.grad)
# 6  with torch.no_grad():
#        w -= 0.5 * w.grad
answer = [1, 3, 5, 6]

# %% How am I doing?
tensordrill.check()
