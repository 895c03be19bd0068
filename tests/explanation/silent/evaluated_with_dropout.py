# mode 21 likely
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 2))
opt = torch.optim.Adam(model.parameters())


def train(x, y):
    loss = nn.functional.cross_entropy(model(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()


def evaluate(x, y):
    correct = 0
    with torch.no_grad():
        # forgot eval
        correct = (model(x).argmax(1) == y).sum().item()
    return correct / len(y)


for _ in range(3):
    train(torch.randn(8, 4), torch.randint(0, 2, (8,)))
    print(evaluate(torch.randn(8, 4), torch.randint(0, 2, (8,))))
