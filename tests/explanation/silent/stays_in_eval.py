# mode 18 likely
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
opt = torch.optim.Adam(model.parameters())


def validate():
    with torch.no_grad():
        return model(torch.randn(4, 4)).sum().item()


for epoch in range(3):
    if epoch:
        # never back
        model.eval()
        validate()
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(6, 4)), torch.randint(0, 2, (6,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
