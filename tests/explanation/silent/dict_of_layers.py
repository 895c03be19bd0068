# unregistered 10 likely
import torch
from torch import nn


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Linear(4, 8)
        self.heads = {"a": nn.Linear(8, 2), "b": nn.Linear(8, 3)}

    def forward(self, x):
        h = torch.relu(self.trunk(x))
        return {name: head(h) for name, head in self.heads.items()}


torch.manual_seed(0)
net = Heads()
print(sum(p.numel() for p in net.parameters()))
out = net(torch.randn(2, 4))
