import torch
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(10, 16), nn.BatchNorm1d(16), nn.ReLU())
head = nn.Linear(16, 3)
both = torch.optim.Adam([*encoder.parameters(), *head.parameters()])
for _ in range(3):
    x, y = torch.randn(8, 10), torch.randint(0, 3, (8,))
    both.zero_grad()
    nn.functional.cross_entropy(head(encoder(x)), y).backward()
    both.step()
encoder.eval()
probe = nn.Linear(16, 3)
opt = torch.optim.SGD(probe.parameters(), lr=0.1)
for _ in range(3):
    x, y = torch.randn(8, 10), torch.randint(0, 3, (8,))
    loss = nn.functional.cross_entropy(probe(encoder(x).detach()), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
