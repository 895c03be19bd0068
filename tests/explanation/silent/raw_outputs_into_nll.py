# softmax-missing 11 likely
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(6, 4)
criterion = nn.NLLLoss()
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    x, y = torch.randn(8, 6), torch.randint(0, 4, (8,))
    loss = criterion(model(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
