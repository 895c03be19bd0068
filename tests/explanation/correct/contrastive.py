import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 8))
opt = torch.optim.Adam(encoder.parameters(), lr=1e-3)
for _ in range(3):
    x = torch.randn(8, 5)
    first = F.normalize(encoder(x + 0.1 * torch.randn_like(x)), dim=1)
    second = F.normalize(encoder(x + 0.1 * torch.randn_like(x)), dim=1)
    logits = first @ second.t() / 0.1
    target = torch.arange(8)
    loss = (F.cross_entropy(logits, target) + F.cross_entropy(logits.t(), target)) / 2
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss)
