# unused-result 11 likely
import torch
from torch import nn

net = nn.Linear(3, 1)
for _ in range(3):
    net.zero_grad()
    net(torch.randn(4, 3)).pow(2).mean().backward()
    with torch.no_grad():
        for p in net.parameters():
            p = p - 0.1 * p.grad
