# non-finite 8 certain
import torch

w = torch.zeros(3, requires_grad=True)
x = torch.ones(3)
distance = ((w * x) ** 2).sum().sqrt()
loss = distance + 1
loss.backward()
print(w.grad)
