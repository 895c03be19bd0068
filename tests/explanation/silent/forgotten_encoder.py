# not-optimized 7 look
import torch
from torch import nn

torch.manual_seed(0)
encoder, decoder = nn.Linear(4, 8), nn.Linear(8, 2)
opt = torch.optim.Adam(decoder.parameters())
for _ in range(3):
    loss = nn.functional.cross_entropy(decoder(encoder(torch.randn(5, 4))), torch.randint(0, 2, (5,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
