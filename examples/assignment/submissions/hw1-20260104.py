# %% Homework 1: first steps in PyTorch · 박지호 (20260104)
# Write each answer in its cell; `...` means not answered yet. Every cell stands for
# itself: an answer may use what its own cell gives, torch, nn, F, np and math. Run this
# file, or `tensordrill check hw1-20260104.py`, to see how you are doing. With a syntax
# error anywhere in it, Python runs none of the file; the command checks the rest all the
# same.
# tensordrill-handout: {"assignment":"hw1","student":"20260104","name":"박지호","mark":"a48c99695c7a0766"}
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill

tensordrill.check_on_error()

# %% 1. reductions/position-of-the-largest (1 point)
# reductions/position-of-the-largest@194746965178995
# Each row of `logits` belongs to one example. Fill the blank so that `predicted` holds
# the class with the largest logit of each.
# What goes in place of `____`? Write it in quotes.
logits = torch.tensor([
    [23, 7, 13, 25],
    [12, 40, 22, 31],
])

# predicted = logits.____
answer = "argmax(dim=1)"

# %% 2. matmul/name-of-the-product (1 point)
# matmul/name-of-the-product@3218237921670
# Fill in a function's name so that `y[i]` is the matrix product of `a[i]` and `b`, for
# both i.
# What goes in place of `____`? Write it in quotes.
a = torch.arange(4, 22).view(2, 3, 3)
b = torch.arange(9).view(3, 3)

# y = torch.____(a, b)
answer = "matmul"

# %% 3. module/path-of-a-layer (1 point)
# module/path-of-a-layer@229996924544113
# Fill in the path for which `layer` is `net.body[2][0]`.
# What goes in place of `____`?
net = nn.Module()
net.body = nn.Sequential(
    nn.Sequential(nn.Linear(2, 2), nn.ReLU()),
    nn.Sequential(nn.Linear(2, 2), nn.Tanh()),
    nn.Sequential(nn.Linear(2, 2), nn.GELU()),
)
net.head = nn.Linear(2, 1)

# layer = net.get_submodule(____)
answer = "body.2.0"

# %% 4. reductions/rows-that-sum-to-one (2 points)
# reductions/rows-that-sum-to-one@47955953231973
# Divide each row of `counts` by its own sum, so that every row adds up to 1.
# `answer` is one expression.
counts = torch.tensor([
    [14, 9, 3],
    [12, 5, 11],
])

answer = counts / counts.sum(dim=1, keepdim=True)

# %% 5. indexing/logit-of-the-label (2 points)
# indexing/logit-of-the-label@115046718462855
# `logits` has one row for each example and one column for each class. Give the vector of
# 3 logits that belong to each example's own label.
# `answer` is one expression.
logits = torch.tensor([
    [68, -1, -22, 3, 8, -85],
    [62, 53, 12, 99, 46, 70],
    [28, 67, -88, 16, -17, 24],
])
labels = torch.tensor([0, 2, 2])

answer = logits[torch.arange(len(labels)), labels]

# %% 6. view/channels-to-the-end (2 points)
# view/channels-to-the-end@60924911443962
# Give the same images as (N, H, W, C), sharing memory with `x`.
# `answer` is one expression.
# compared: shape, values, shared memory
x = torch.arange(36).view(1, 4, 3, 3)   # N, C, H, W

answer = ...

# %% 7. module/linear-as-addmm (2 points)
# module/linear-as-addmm@126151846118364
# On a matrix, `nn.Linear` computes one `addmm`. Fill in the operands so that `y` equals
# `layer(x)`, with the layer's own weight and bias.
# What goes in place of each `____`? List them in their order; what stands in quotes stays
# in quotes.
layer = nn.Linear(3, 4)
nn.init.constant_(layer.bias, 10.)
layer.weight = nn.Parameter(torch.arange(12.).reshape(4, 3))
x = torch.arange(15.).reshape(5, 3)

# y = torch.addmm(____, ____, ____)
answer = [..., ..., ...]

# %% 8. autograd/norm-of-all-gradients (2 points)
# autograd/norm-of-all-gradients@86192976831723
# Before clipping you want to log the norm. Write `grad_norm`: the root of the sum of the
# squares of all gradients of `net`. Not every parameter has one.
# Complete the function.
# not to be called: clip_grad_norm_, get_total_norm
#
# It is called with values such as
# net = nn.ParameterList([torch.zeros(2), torch.zeros(()), torch.zeros(3)])
# net[0].grad = torch.tensor([2, 9], dtype=torch.float32)
# net[1].grad = torch.tensor(8.)

def grad_norm(net):
    ...

# %% 9. indexing/reorder-each-row (2 points)
# indexing/reorder-each-row@99647491185057
# Write `reorder`. Each row of `order` holds column numbers; row r of the result holds the
# numbers of `scores[r]` in the order `order[r]`.
# Complete the function.
#
# It is called with values such as
# scores = torch.tensor([
#     [32, 84, 73],
#     [63, 40, 76],
#     [39, 99, 65],
# ])
# order = torch.tensor([[1, 2, 0], [2, 0, 1], [1, 0, 2]])

def reorder(scores, order):
    ...

# %% 10. view/split-the-heads (3 points)
# view/split-the-heads@281406627804560
# Write `split(x, heads)`. `x` has shape (batch, tokens, width), and each token's width is
# divided into `heads` neighbouring parts of equal size. Return them as (batch, heads,
# tokens, part), without copying.
# Complete the function.
# compared: shape, values, shared memory
# points: shape 1, values 1, shared memory 1
#
# It is called with values such as
# x = torch.arange(18).view(1, 2, 9)
# heads = 3

def split(x, heads):
    return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2).contiguous()

# %% 11. module/a-linear-layer-of-your-own (4 points)
# module/a-linear-layer-of-your-own@255405897563161
# Write `Affine`, which does what `nn.Linear` does. `Affine(i, o)` has a `weight` and a
# `bias` of zeros, of such shapes that the state dict of an `nn.Linear(i, o)` can be
# loaded into it. Its input is a matrix. Do not call torch's `linear`.
# Complete the class.
# not to be called: linear
#
# It is used with values such as
# layer = nn.Linear(3, 5)
# nn.init.constant_(layer.bias, 10.)
# layer.weight = nn.Parameter(torch.arange(15.).reshape(5, 3))
# x = torch.arange(6.).reshape(2, 3)

class Affine(nn.Module):
    ...

# %% 12. autograd/a-step-by-hand (2 points)
# autograd/a-step-by-hand@156324940176735
# Which of these take a gradient step so that afterwards `w` has moved and is still a leaf
# that requires grad?
# Write the numbers that you pick, as `[1, 3]`, or `"none"`.
# This one is checked only after you hand it in.
#
# w = torch.tensor([8., 9.], requires_grad=True)
# (0.5 * 2 * w).sum().backward()

# 1  w.detach().sub_(0.5 * w.grad)
# 2  w = w - 0.5 * w.grad
# 3  w -= 0.5 * w.grad
# 4  w.detach().clone().sub_(0.5 * w.grad)
# 5  with torch.no_grad():
#        w = w - 0.5 * w.grad
# 6  with torch.no_grad():
#        w -= 0.5 * w.grad
answer = ...

# %% How am I doing?
tensordrill.check()
