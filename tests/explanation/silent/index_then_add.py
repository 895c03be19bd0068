# lost-write 7 certain
import torch

table = torch.zeros(5, 3)
rows = torch.tensor([0, 2])
# adds to a copy
table[rows].add_(1)
print(table)
