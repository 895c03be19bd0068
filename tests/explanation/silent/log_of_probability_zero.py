# non-finite 6 certain
import torch
from torch import nn
torch.manual_seed(0)
p = torch.tensor([0.0, 1.0], requires_grad=True)
entropy = -(p * torch.log(p)).sum()
entropy.backward()
print(p.grad)
