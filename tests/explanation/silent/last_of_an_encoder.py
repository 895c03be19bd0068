# last-of-batch 6 likely
import torch

encoder = torch.nn.TransformerEncoderLayer(8, 2, 16)
out = encoder(torch.randn(3, 5, 8))
print(out[:, -1].shape)
