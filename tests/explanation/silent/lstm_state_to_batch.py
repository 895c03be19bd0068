# mixed-dims 8 likely
import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(4, 6, bidirectional=True, batch_first=True)
_, (h, _) = lstm(torch.randn(5, 7, 4))
features = h.view(5, -1)
print(features.shape)
