# duplicate-indices 6 certain
import torch

grid = torch.zeros(3, 3)
r, c = torch.tensor([0, 0, 2]), torch.tensor([1, 1, 2])
grid[r, c] = grid[r, c] + 1
print(grid)
