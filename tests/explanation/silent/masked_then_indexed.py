# lost-write 6 certain
import torch

x = torch.arange(6.0)
mask = x > 2
x[mask][0] = -1
print(x)
