# %% Homework 1: tensors, products, a Module · 김민준 (20260101)
# Write each answer in its cell; `...` means not answered yet. Every cell stands for
# itself: an answer may use what its own cell gives, torch, nn, F, np and math. Run this
# file, or `tensordrill check hw1-20260101.py`, to see how you are doing. With a syntax
# error anywhere in it, Python runs none of the file; the command checks the rest all the
# same.
# tensordrill-handout: {"assignment":"hw1","student":"20260110","name":"강서준","mark":"d2900ac62d039d55"}
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill

tensordrill.check_on_error()

# %% 1. homework/mean-of-each-column (1 point)
# homework/mean-of-each-column@71162873207286
# Give the mean of each column of `x`, as floats in a tensor of shape (2,).
# `answer` is one expression.
x = torch.tensor([13, 16, 20, 19, 18, 6, 14, 4]).view(4, 2)

answer = x.float().mean(dim=0)

# %% 2. homework/center-the-rows (2 points)
# homework/center-the-rows@214679713283474
# Write `center(x)`. It gives `x`, a matrix of floats, with each row's mean subtracted
# from that row.
# Complete the function.
#
# It is called with values such as
# x = torch.tensor([28, 12, 0, 29, 1, 21]).float().view(3, 2)

def center(x):
    return x - x.mean(dim=1, keepdim=True)

# %% 3. homework/one-row-per-image (3 points)
# homework/one-row-per-image@16460055096409
# Write `flatten(images)`. It takes (batch, channel, height, width) and gives a matrix
# with all numbers of an image in one row, without copying them.
# Complete the function.
# compared: shape, values, shared memory
# points: shape 1, values 1, shared memory 1
#
# It is called with values such as
# images = torch.arange(48).view(2, 3, 2, 4)

def flatten(images):
    return images.view(images.shape[0], -1)

# %% 4. homework/drop-the-channel (1 point)
# homework/drop-the-channel@37305431126053
# `x` is a batch of grey images, (batch, 1, height, width). Give it without the channel
# dim. The batch dim stays, even for a batch of one image.
# `answer` is one expression.
x = torch.arange(8).view(2, 1, 2, 2)

answer = x.squeeze(1)

# %% 5. homework/a-score-for-each-class (2 points)
# homework/a-score-for-each-class@34651290388192
# Each row of `x` is a sample, each row of `w` the weights of a class. Give the scores,
# shape (3, 2): entry i, j is the dot product of sample i and class j.
# `answer` is one expression.
x = torch.arange(15).view(3, 5)
w = torch.arange(2, 12).view(2, 5)

answer = x @ w.t()

# %% 6. homework/operands-of-addmm (1 point)
# homework/operands-of-addmm@267702019184499
# Fill in the three tensors so that `y` is `bias + x @ w`.
# What goes in place of `____`?
bias = torch.arange(10, 14).view(2, 2)
x = torch.arange(4, 8).view(2, 2)
w = torch.arange(7, 11).view(2, 2)

# y = torch.addmm(____)
answer = bias, x, w

# %% 7. homework/a-module-of-your-own (4 points)
# homework/a-module-of-your-own@43164315024715
# Define a class `Affine`, an `nn.Module`. `Affine(w, b)` keeps `w` and `b` as Parameters
# with the names `weight` and `bias`; called with `x`, it gives `bias + x @ weight`.
# Write your lines below `# answer:`.
x = torch.arange(8.).view(2, 4)
w = torch.arange(1., 13.).view(4, 3)
b = torch.arange(3.) * 100

# answer:
class Affine(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(bias)

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight)

# %% 8. homework/one-step-of-descent (2 points)
# homework/one-step-of-descent@118137201483760
# `w.grad` holds the gradient. Do one step of gradient descent: subtract `rate` times the
# gradient from `w` itself, in place.
# Write your lines below `# answer:`.
# compared: what the given tensors hold afterwards
# This one is checked only after you hand it in.
w = torch.tensor([1, 2, 8]).float().requires_grad_()
(w * w * w).sum().backward()
rate = 0.25

# answer:
with torch.no_grad():
    w -= rate * w.grad

# %% How am I doing?
tensordrill.check()
