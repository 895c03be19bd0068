# broadcast 9 likely
import torch
from torch import nn

torch.manual_seed(0)
model, target = nn.Linear(4, 3), torch.randint(0, 3, (10,))
with torch.no_grad():
    predicted = model(torch.randn(10, 4)).argmax(dim=1, keepdim=True)
correct = predicted.eq(target).sum().item()
print(correct / 10)
