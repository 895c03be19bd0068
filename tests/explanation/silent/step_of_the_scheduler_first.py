# warning 10 warned
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(opt, 1)
for _ in range(2):
    scheduler.step()
    opt.zero_grad()
    model(torch.randn(4, 2)).mean().backward()
    opt.step()
