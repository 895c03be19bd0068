# mixed-dims 5 likely
import torch

x = torch.randn(4, 8, 16)
y = x.reshape(4, 16, 8)
print(torch.nn.Conv1d(16, 2, 3)(y).shape)
