# mixed-dims 6 likely
import torch

x = torch.randn(4, 6, 8)
batch, time, features = x.shape
y = x.view(time, batch, features)
out, _ = torch.nn.GRU(8, 3)(y)
print(out.shape)
