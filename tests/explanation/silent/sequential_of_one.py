# shared-layer 5 likely
import torch
from torch import nn

net = nn.Sequential(*([nn.Linear(4, 4)] * 3))
print(net(torch.randn(2, 4)).shape)
