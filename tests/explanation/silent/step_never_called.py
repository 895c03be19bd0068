# no-step 7 likely
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(4):
    loss = nn.functional.mse_loss(model(torch.randn(3, 4)), torch.randn(3, 2))
    opt.zero_grad()
    loss.backward()
    opt.step
