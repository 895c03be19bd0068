# softmax-dim 9 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(1):
    loss = nn.CrossEntropyLoss()(model(torch.randn(5, 4)), torch.zeros(5, dtype=torch.long))
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss)
