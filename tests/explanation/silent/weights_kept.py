# same-memory 13 certain
import torch
from torch import nn
torch.manual_seed(0)
m = nn.Linear(3, 1)
opt = torch.optim.SGD(m.parameters(), lr=0.1)
snapshots = []
for _ in range(3):
    loss = m(torch.randn(4, 3)).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    # keep weights

    snapshots.append(m.weight.detach())
print(snapshots)
