# gradients-add-up 9 certain
import torch
from torch import nn
torch.manual_seed(0)
G, D = nn.Linear(2, 2), nn.Linear(2, 1)
og, od = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
for _ in range(4):
    d = D(torch.randn(4, 2)).mean() - D(G(torch.randn(4, 2)).detach()).mean()
    d.backward()
    od.step()
    og.zero_grad()
    g = D(G(torch.randn(4, 2))).mean()
    g.backward()
    og.step()
