import torch
from torch import nn
from torch.nn.utils import prune

net = nn.Sequential(prune.l1_unstructured(nn.Linear(4, 4), "weight", 0.3), nn.ReLU(), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    opt.zero_grad()
    net(torch.randn(5, 4)).pow(2).mean().backward()
    opt.step()
