import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(2, 1)
x = torch.randn(20, 2)
y = (x @ torch.tensor([[1.0], [2.0]])) + 0.5
opt = torch.optim.LBFGS(model.parameters(), max_iter=5)


def closure():
    opt.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    return loss


for _ in range(3):
    print(opt.step(closure).item())
