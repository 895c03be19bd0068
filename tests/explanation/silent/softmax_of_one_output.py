# softmax-dim 7 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
out = torch.softmax(model(torch.randn(5, 4)), dim=1)
print((out > 0.5).float().mean())
