# non-finite 6 certain
import torch
from torch import nn

torch.manual_seed(0)
x = torch.tensor([[1.0, 2.0], [float("nan"), 0.5], [0.1, 0.2]])
model = nn.Linear(2, 1)
loss = model(x).mean()
loss.backward()
print(loss)
