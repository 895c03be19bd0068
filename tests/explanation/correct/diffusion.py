import math

import torch
from torch import nn


def timestep_embedding(t, dim):
    half = dim // 2
    freqs = torch.exp(-math.log(10000) * torch.arange(half) / half)
    args = t[:, None].float() * freqs[None]
    return torch.cat([torch.cos(args), torch.sin(args)], dim=-1)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2 + 8, 32), nn.SiLU(), nn.Linear(32, 2))
opt = torch.optim.Adam(model.parameters())
betas = torch.linspace(1e-4, 0.02, 8)
alphas = torch.cumprod(1 - betas, 0)
for _ in range(3):
    x, t, noise = torch.randn(8, 2), torch.randint(0, 8, (8,)), torch.randn(8, 2)
    a = alphas[t].view(-1, 1)
    noisy = a.sqrt() * x + (1 - a).sqrt() * noise
    loss = nn.functional.mse_loss(model(torch.cat([noisy, timestep_embedding(t, 8)], 1)), noise)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss)
