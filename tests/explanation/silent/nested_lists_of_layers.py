# unregistered 9 certain
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = [[nn.Linear(4, 4), nn.Linear(4, 4)], [nn.Linear(4, 4)]]
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        for stage in self.stages:
            for layer in stage:
                x = torch.relu(layer(x))
        return self.out(x)


torch.manual_seed(0)
net = Net()
opt = torch.optim.Adam(net.parameters())
for _ in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(3, 4)), torch.tensor([0, 1, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
