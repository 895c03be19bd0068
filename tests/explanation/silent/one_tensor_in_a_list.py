# same-memory 4 likely
import torch

rows = [torch.zeros(3)] * 4
for i in range(4):
    rows[i][0] = i
print(torch.stack(rows))
