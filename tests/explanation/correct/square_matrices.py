import torch

torch.manual_seed(0)
square = torch.rand(4, 4)
weights = (square + square.T) / 2
walk = weights / weights.sum(1)
rows = (square.T / square.sum(1)).T
columns = (square - square.mean(0)) / square.std(0)
kept = square / square.sum(1, keepdim=True) + square / square.sum(1)[:, None]
centred = square - square.mean(1).mean()
print(walk, rows, columns, kept, centred, torch.equal(square, square.clone()), (square > 0.5).float() == 1.0)

matches = square.softmax(0) * square.softmax(1)
print(matches.argmax(1))
