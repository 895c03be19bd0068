# broadcast 9 likely
import torch
from torch import nn

torch.manual_seed(0)
logits, target = nn.Linear(2, 3)(torch.randn(6, 2)), torch.randint(0, 3, (6,))
per_sample = nn.functional.cross_entropy(logits, target, reduction="none")
weights = nn.Linear(2, 1)(torch.randn(6, 2)).sigmoid()
loss = (weights * per_sample).mean()
print(loss)
