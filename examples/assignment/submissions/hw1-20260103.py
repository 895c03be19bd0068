# %% Homework 1: tensors, products, a Module · Emma Clarke (20260103)
# Write each answer in its cell; `...` means not answered yet. Every cell stands for
# itself: an answer may use what its own cell gives, torch, nn, F, np and math. Run this
# file, or `tensordrill check hw1-20260103.py`, to see how you are doing. With a syntax
# error anywhere in it, Python runs none of the file; the command checks the rest all the
# same.
# tensordrill-handout: {"assignment":"hw1","student":"20260103","name":"Emma Clarke","mark":"dec74a2393dbe76f"}
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill

tensordrill.check_on_error()

# %% 1. homework/mean-of-each-column (1 point)
# homework/mean-of-each-column@217963072735158
# Give the mean of each column of `x`, as floats in a tensor of shape (3,).
# `answer` is one expression.
x = torch.tensor([10, 12, 19, 14, 3, 13, 1, 15, 8, 4, 17, 6]).view(4, 3)

answer = x.float().mean(dim=1)

# %% 2. homework/center-the-rows (2 points)
# homework/center-the-rows@243501597157494
# Write `center(x)`. It gives `x`, a matrix of floats, with each row's mean subtracted
# from that row.
# Complete the function.
#
# It is called with values such as
# x = torch.tensor([27, 18, 14, 6, 20, 11, 30, 13]).float().view(4, 2)

def center(x):
    return x - x.mean(dim=0)

# %% 3. homework/one-row-per-image (3 points)
# homework/one-row-per-image@60283364573781
# Write `flatten(images)`. It takes (batch, channel, height, width) and gives a matrix
# with all numbers of an image in one row, without copying them.
# Complete the function.
# compared: shape, values, shared memory
# points: shape 1, values 1, shared memory 1
#
# It is called with values such as
# images = torch.arange(36).view(3, 2, 3, 2)

def flatten(images):
    return images.view(images.shape[0], -1)

# %% 4. homework/drop-the-channel (1 point)
# homework/drop-the-channel@77207637575559
# `x` is a batch of grey images, (batch, 1, height, width). Give it without the channel
# dim. The batch dim stays, even for a batch of one image.
# `answer` is one expression.
x = torch.arange(8).view(2, 1, 2, 2)

answer = x.squeeze()

# %% 5. homework/a-score-for-each-class (2 points)
# homework/a-score-for-each-class@102144175884161
# Each row of `x` is a sample, each row of `w` the weights of a class. Give the scores,
# shape (3, 2): entry i, j is the dot product of sample i and class j.
# `answer` is one expression.
x = torch.arange(12).view(3, 4)
w = torch.arange(4, 12).view(2, 4)

answer = x @ w.t()

# %% 6. homework/operands-of-addmm (1 point)
# homework/operands-of-addmm@72824095297007
# Fill in the three tensors so that `y` is `bias + x @ w`.
# What goes in place of `____`?
bias = torch.arange(10, 14).view(2, 2)
x = torch.arange(2, 6).view(2, 2)
w = torch.arange(5, 9).view(2, 2)

# y = torch.addmm(____)
answer = bias, x, w

# %% 7. homework/a-module-of-your-own (4 points)
# homework/a-module-of-your-own@118142471798882
# Define a class `Affine`, an `nn.Module`. `Affine(w, b)` keeps `w` and `b` as Parameters
# with the names `weight` and `bias`; called with `x`, it gives `bias + x @ weight`.
# Write your lines below `# answer:`.
x = torch.arange(12.).view(4, 3)
w = torch.arange(4., 10.).view(3, 2)
b = torch.arange(2.) * 100

# answer:
class Affine(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(bias)

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight)

# %% 8. homework/one-step-of-descent (2 points)
# homework/one-step-of-descent@172813037820075
# `w.grad` holds the gradient. Do one step of gradient descent: subtract `rate` times the
# gradient from `w` itself, in place.
# Write your lines below `# answer:`.
# compared: what the given tensors hold afterwards
# This one is checked only after you hand it in.
w = torch.tensor([5, 7, 4]).float().requires_grad_()
(w * w * w).sum().backward()
rate = 0.25

# answer:
w = w - rate * w.grad

# %% How am I doing?
tensordrill.check()
