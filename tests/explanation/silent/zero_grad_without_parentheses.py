# gradients-add-up 11 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(4):
    optimizer.zero_grad
    loss = nn.functional.mse_loss(model(torch.randn(3, 4)), torch.randn(3, 2))
    loss.backward()
    optimizer.step()
