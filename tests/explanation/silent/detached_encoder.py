# no-gradient 14 likely
import torch
from torch import nn


class Both(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.decoder = nn.Linear(8, 4)

    def forward(self, x):
        z = torch.relu(self.encoder(x))
        return self.decoder(z.detach())


torch.manual_seed(0)
model = Both()
opt = torch.optim.Adam(model.parameters())
for _ in range(3):
    x = torch.randn(6, 4)
    loss = nn.functional.mse_loss(model(x), x)
    opt.zero_grad()
    loss.backward()
    opt.step()
