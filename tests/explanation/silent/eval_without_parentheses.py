# mode 17 likely
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(2):
    net.train
    for _ in range(2):
        loss = nn.functional.cross_entropy(net(torch.randn(3, 4)), torch.tensor([0, 1, 1]))
        opt.zero_grad()
        loss.backward()
        opt.step()
    net.eval
    with torch.no_grad():
        val_loss = nn.functional.cross_entropy(net(torch.randn(3, 4)), torch.tensor([0, 1, 1]))
    print(val_loss)
