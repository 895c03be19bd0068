import torch
from torch import nn
from torch.nn import functional as F


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))

    def forward(self, a, b):
        return self.net(a), self.net(b)


torch.manual_seed(0)
model = Siamese()
opt = torch.optim.Adam(model.parameters())
triplet = nn.TripletMarginLoss()
for _ in range(3):
    a, b, same = torch.randn(6, 4), torch.randn(6, 4), torch.randint(0, 2, (6,)).float()
    first, second = model(a, b)
    distance = F.pairwise_distance(first, second)
    loss = (same * distance.pow(2) + (1 - same) * F.relu(1 - distance).pow(2)).mean()
    loss = loss + triplet(first, second, first.roll(1, 0))
    opt.zero_grad()
    loss.backward()
    opt.step()
