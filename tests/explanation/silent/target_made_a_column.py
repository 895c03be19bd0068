# broadcast 10 likely
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(3, 1)
x, y = torch.randn(8, 3), torch.randn(8)
y = y.view(-1, 1)
out = model(x).squeeze()
loss = torch.sqrt(torch.mean((out - y) ** 2))
loss.backward()
