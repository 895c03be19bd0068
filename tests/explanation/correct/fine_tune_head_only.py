import torch
from torch import nn
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.fc = nn.Linear(8, 2)
    def forward(self, x):
        return self.fc(self.features(x))
model = Net()
opt = torch.optim.SGD(model.fc.parameters(), lr=0.1)
for epoch in range(2):
    model.train()
    for _ in range(3):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(model(torch.randn(6, 4)), torch.randint(0, 2, (6,)))
        loss.backward()
        opt.step()
    model.eval()
    with torch.no_grad():
        print((model(torch.randn(6, 4)).argmax(1) == 0).float().mean())
