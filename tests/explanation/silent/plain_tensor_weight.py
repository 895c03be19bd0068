# unregistered 11 certain
import torch
from torch import nn


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)
        # no parameter
        self.scale = torch.ones(3, requires_grad=True)

    def forward(self, x):
        return self.linear(x) * self.scale


torch.manual_seed(0)
model = Scale()
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = model(torch.randn(4, 3)).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
