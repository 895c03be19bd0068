# softmax-dim 5 look
import torch
torch.manual_seed(0)
q, k, v = torch.randn(3, 2, 5, 4).unbind(0)
att = (q @ k.mT).softmax(1)
print((att @ v).shape)
