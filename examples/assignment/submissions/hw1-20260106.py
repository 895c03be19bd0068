# %% Homework 1: tensors, products, a Module · 최하은 (20260106)
# Write each answer in its cell; `...` means not answered yet. Every cell stands for
# itself: an answer may use what its own cell gives, torch, nn, F, np and math. Run this
# file, or `tensordrill check hw1-20260106.py`, to see how you are doing. With a syntax
# error anywhere in it, Python runs none of the file; the command checks the rest all the
# same.
# tensordrill-handout: {"assignment":"hw1","student":"20260106","name":"최하은","mark":"7423fdecec91d094"}
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill

tensordrill.check_on_error()

# %% 1. homework/mean-of-each-column (1 point)
# homework/mean-of-each-column@42516440066622
# Give the mean of each column of `x`, as floats in a tensor of shape (3,).
# `answer` is one expression.
x = torch.tensor([10, 13, 20, 15, 18, 17]).view(2, 3)

answer = torch.tensor([12.5, 15.5, 18.5])

# %% 2. homework/center-the-rows (2 points)
# homework/center-the-rows@279690250841567
# Write `center(x)`. It gives `x`, a matrix of floats, with each row's mean subtracted
# from that row.
# Complete the function.
#
# It is called with values such as
# x = torch.tensor([24, 19, 29, 16, 8, 15, 28, 26, 6, 14, 0, 13]).float().view(4, 3)

def center(x):
    return torch.tensor([[-4., 4.], [2., -2.], [-1., 1.]])

# %% 3. homework/one-row-per-image (3 points)
# homework/one-row-per-image@82882518613953
# Write `flatten(images)`. It takes (batch, channel, height, width) and gives a matrix
# with all numbers of an image in one row, without copying them.
# Complete the function.
# compared: shape, values, shared memory
# points: shape 1, values 1, shared memory 1
#
# It is called with values such as
# images = torch.arange(24).view(3, 2, 2, 2)

def flatten(images):
    return torch.arange(images.numel()).view(2, -1)

# %% 4. homework/drop-the-channel (1 point)
# homework/drop-the-channel@247120915913390
# `x` is a batch of grey images, (batch, 1, height, width). Give it without the channel
# dim. The batch dim stays, even for a batch of one image.
# `answer` is one expression.
x = torch.arange(18).view(2, 1, 3, 3)

answer = torch.arange(18).view(2, 3, 3)

# %% 5. homework/a-score-for-each-class (2 points)
# homework/a-score-for-each-class@137760276413887
# Each row of `x` is a sample, each row of `w` the weights of a class. Give the scores,
# shape (3, 2): entry i, j is the dot product of sample i and class j.
# `answer` is one expression.
x = torch.arange(15).view(3, 5)
w = torch.arange(1, 11).view(2, 5)

answer = torch.tensor([[40, 90], [115, 290], [190, 490]])

# %% 6. homework/operands-of-addmm (1 point)
# homework/operands-of-addmm@221276578603396
# Fill in the three tensors so that `y` is `bias + x @ w`.
# What goes in place of `____`?
bias = torch.arange(10, 14).view(2, 2)
x = torch.arange(0, 4).view(2, 2)
w = torch.arange(4, 8).view(2, 2)

# y = torch.addmm(____)
answer = bias, x, w

# %% 7. homework/a-module-of-your-own (4 points)
# homework/a-module-of-your-own@89171477144805
# Define a class `Affine`, an `nn.Module`. `Affine(w, b)` keeps `w` and `b` as Parameters
# with the names `weight` and `bias`; called with `x`, it gives `bias + x @ weight`.
# Write your lines below `# answer:`.
x = torch.arange(8.).view(2, 4)
w = torch.arange(3., 15.).view(4, 3)
b = torch.arange(3.) * 100

# answer:
...

# %% 8. homework/one-step-of-descent (2 points)
# homework/one-step-of-descent@108060626668883
# `w.grad` holds the gradient. Do one step of gradient descent: subtract `rate` times the
# gradient from `w` itself, in place.
# Write your lines below `# answer:`.
# compared: what the given tensors hold afterwards
# This one is checked only after you hand it in.
w = torch.tensor([1, 8, 9]).float().requires_grad_()
(w * w * w).sum().backward()
rate = 0.125

# answer:
...

# %% How am I doing?
tensordrill.check()
