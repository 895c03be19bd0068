# non-leaf-grad 6 certain
import torch

w = torch.ones(6, requires_grad=True).reshape(2, 3)
(w * 2).sum().backward()
print(w.grad)
