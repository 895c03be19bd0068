# mixed-dims 6 likely
import torch
from torch import nn
torch.manual_seed(0)
x = nn.Conv2d(3, 16, 4, stride=4)(torch.randn(2, 3, 16, 16))
tokens = x.view(x.size(0), -1, x.size(1))
print(nn.LayerNorm(16)(tokens).shape)
