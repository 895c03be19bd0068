import torch
from torch import nn

lstm, gru = nn.LSTM(4, 6), nn.GRU(4, 6, batch_first=True)
states, (h, _) = lstm(torch.randn(7, 3, 4))
others, last = gru(torch.randn(3, 7, 4))
encoded = nn.TransformerEncoderLayer(6, 2, 8, batch_first=True)(others)
one, _ = lstm(torch.randn(7, 1, 4))
print(torch.cat([states[-1], others[:, -1], others[:, -1, :], h[-1], last[-1], encoded[:, -1], one[-1], one[:, -1]]))
