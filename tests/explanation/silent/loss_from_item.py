# no-gradient 10 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    out = model(torch.randn(6, 4))
    value = nn.functional.cross_entropy(out, torch.randint(0, 2, (6,))).item()
    loss = torch.tensor(value, requires_grad=True)
    opt.zero_grad()
    loss.backward()
    opt.step()
