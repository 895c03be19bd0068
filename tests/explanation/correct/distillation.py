import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
teacher = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 3)).eval()
student = nn.Linear(4, 3)
opt = torch.optim.SGD(student.parameters(), lr=0.1)
temperature = 2.0
for _ in range(3):
    x, y = torch.randn(8, 4), torch.randint(0, 3, (8,))
    with torch.no_grad():
        soft = F.softmax(teacher(x) / temperature, dim=1)
    out = student(x)
    kd = F.kl_div(F.log_softmax(out / temperature, dim=1), soft, reduction="batchmean")
    loss = 0.5 * F.cross_entropy(out, y) + 0.5 * temperature**2 * kd
    opt.zero_grad()
    loss.backward()
    opt.step()
print(F.softmax(student(x), dim=1))
