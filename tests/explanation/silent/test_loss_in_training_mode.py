# mode 16 likely
import torch
from torch import nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
X_train, y_train = torch.randn(8, 4), torch.randint(0, 2, (8,))
X_test, y_test = torch.randn(8, 4), torch.randint(0, 2, (8,))
for epoch in range(3):
    loss = nn.functional.cross_entropy(net(X_train), y_train)
    opt.zero_grad()
    loss.backward()
    opt.step()
    # no eval, no no_grad

    test_loss = nn.functional.cross_entropy(net(X_test), y_test)
    print(loss.item(), test_loss.item())
