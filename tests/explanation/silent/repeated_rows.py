# duplicate-indices 7 certain
import torch

grads = torch.zeros(4, 2)
tokens = torch.tensor([1, 1, 3])
updates = torch.ones(3, 2)
grads[tokens] += updates
print(grads)
