# no-gradient 12 likely
import torch
from torch import nn

torch.manual_seed(0)
first, second = nn.Linear(3, 5), nn.Linear(5, 1)
opt = torch.optim.SGD([*first.parameters(), *second.parameters()], lr=0.1)
for _ in range(2):
    x, y = torch.randn(4, 3), torch.randn(4, 1)
    hidden = torch.relu(first(x))
    # scaled with numpy
    features = torch.from_numpy(hidden.detach().numpy() * 2)
    loss = nn.functional.mse_loss(second(features), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
