# non-finite 7 certain
import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(6, 2)
scale = torch.log(nn.Linear(2, 3)(x))
loss = (scale * 2).mean()
print(loss)
