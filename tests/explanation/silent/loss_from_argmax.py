# no-gradient 11 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 3)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
y = torch.randint(0, 3, (6,)).float()
for _ in range(3):
    out = model(torch.randn(6, 4))
    predicted = out.argmax(dim=1).float()
    predicted.requires_grad_()
    loss = nn.functional.mse_loss(predicted, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
