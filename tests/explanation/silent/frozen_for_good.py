# no-gradient 7 likely
import torch
from torch import nn

torch.manual_seed(0)
one, two = nn.Linear(3, 3), nn.Linear(3, 1)
first, second = torch.optim.SGD(one.parameters(), lr=0.1), torch.optim.SGD(two.parameters(), lr=0.1)
for turn in range(4):
    loss = two(one(torch.randn(5, 3))).pow(2).mean()
    first.zero_grad()
    second.zero_grad()
    loss.backward()
    first.step()
    second.step()
    for p in one.parameters():
        p.requires_grad = False
