# mode 13 certain
import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(F.dropout(x, 0.5))


torch.manual_seed(0)
net = Net().eval()
print(net(torch.ones(1, 4)), net(torch.ones(1, 4)))
