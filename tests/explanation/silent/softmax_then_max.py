# softmax-dim 9 likely
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
model, y = nn.Linear(4, 3), torch.randint(0, 3, (6,))
with torch.no_grad():
    out = F.log_softmax(model(torch.randn(6, 4)), 0)
    predicted = out.data.max(1, keepdim=True)[1]
print(predicted.eq(y.view_as(predicted)).sum())
