# last-of-batch 6 likely
import torch

gru = torch.nn.GRU(4, 6, batch_first=True)
states, _ = gru(torch.randn(3, 7, 4))
print(states[-1].shape)
