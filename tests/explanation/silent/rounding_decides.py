# float-equality 5 look
import torch

tenths = torch.tensor([0.1, 0.2, 0.3])
print((tenths * 3 == torch.tensor([0.3, 0.6, 0.9])).sum())
