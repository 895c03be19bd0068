# softmax-dim 12 likely
import torch
from torch import nn


class Pool(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Linear(4, 1)

    def forward(self, x):
        weights = torch.softmax(self.score(x).squeeze(-1), dim=0)
        return (weights.unsqueeze(-1) * x).sum(dim=1)


torch.manual_seed(0)
print(Pool()(torch.randn(3, 6, 4)).shape)
