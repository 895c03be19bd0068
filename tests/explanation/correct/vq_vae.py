import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
encoder, decoder = nn.Linear(6, 4), nn.Linear(4, 6)
codebook = nn.Embedding(5, 4)
opt = torch.optim.Adam([*encoder.parameters(), *decoder.parameters(), *codebook.parameters()], lr=1e-3)
for _ in range(3):
    x = torch.randn(8, 6)
    z = encoder(x)
    nearest = torch.cdist(z, codebook.weight).argmin(1)
    q = codebook(nearest)
    loss = F.mse_loss(q, z.detach()) + 0.25 * F.mse_loss(z, q.detach())
    straight = z + (q - z).detach()
    loss = loss + F.mse_loss(decoder(straight), x)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss)
