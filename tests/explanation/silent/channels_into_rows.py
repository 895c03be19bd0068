# mixed-dims 9 likely
import torch
from torch import nn

torch.manual_seed(0)
features = nn.Conv1d(2, 4, 3, padding=1)(torch.randn(2, 2, 8))
b, c, t = features.shape
logits = features
rows = features.view(-1, c)
loss = nn.functional.cross_entropy(rows, torch.randint(0, 4, (b * t,)))
print(loss)
