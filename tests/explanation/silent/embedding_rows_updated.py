# duplicate-indices 8 certain
import torch
from torch import nn

torch.manual_seed(0)
table = nn.Embedding(6, 2)
ids = torch.tensor([2, 2, 5])
table.weight.data[ids] -= 0.1 * torch.ones(3, 2)
print(table.weight)
