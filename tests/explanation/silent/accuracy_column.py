# broadcast 10 likely
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(3, 1)
x, y = torch.randn(12, 3), torch.randint(0, 2, (12,)).float()
with torch.no_grad():
    predicted = (torch.sigmoid(model(x)) > 0.5).float()
accuracy = (predicted == y).float().mean()
print(accuracy)
