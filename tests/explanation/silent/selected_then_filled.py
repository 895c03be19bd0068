# lost-write 5 certain
import torch

x = torch.arange(8.0).view(2, 4)
x.index_select(1, torch.tensor([0, 2])).fill_(0)
x[x > 2].clamp_(max=3)
print(x)
