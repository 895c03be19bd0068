# no-gradient 7 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(3, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = model(torch.randn(4, 3)).mean()
    loss.backward()
    opt.zero_grad(set_to_none=False)
    opt.step()
