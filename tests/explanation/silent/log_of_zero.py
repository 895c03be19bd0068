# non-finite 10 certain
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(2, 1)
with torch.no_grad():
    model.weight.fill_(200.0)
p = torch.sigmoid(model(torch.ones(4, 2) * -1))
loss = -(torch.log(p)).mean()
loss.backward()
print(loss)
