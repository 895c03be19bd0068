import copy

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))
ema = copy.deepcopy(model)
for p in ema.parameters():
    p.requires_grad_(False)
opt = torch.optim.Adam(model.parameters(), lr=1e-3)


@torch.no_grad()
def update(ema, model, decay=0.9):
    for e, p in zip(ema.parameters(), model.parameters()):
        e.mul_(decay).add_(p, alpha=1 - decay)


for _ in range(4):
    x = torch.randn(16, 3)
    y = x.sum(1, keepdim=True)
    loss = (model(x) - y).pow(2).mean()
    opt.zero_grad(set_to_none=False)
    loss.backward()
    opt.step()
    update(ema, model)
with torch.no_grad():
    print((ema(x) - y).abs().mean())
