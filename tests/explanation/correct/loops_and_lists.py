import torch

rows, total = torch.rand(4, 3), torch.zeros(3)
for row in rows:
    row = row - row.mean()
    total += row
best = None
for v in rows[:, 0]:
    v = v * 2
    if best is None or v > best:
        best = v
new = []
for number, p in enumerate(rows):
    p = p - 0.1 * number
    new.append(p)
for last in rows:
    last = last * 2
print(last)
for x in rows:
    x = x + 1
    print([x for x in range(2)], (lambda: x)())
states = [torch.zeros(2)] * 3
states[0] = states[0] + 1
states = [s + 1 for s in states]
for s in [torch.ones(2)] * 3:
    states.append(s * 2)
wide = torch.zeros(1, 3).expand(4, 3)
wide = wide + torch.ones(4, 1)
wide[0, 1] = 3
token = torch.cat([torch.zeros(1, 1, 3).expand(2, -1, -1), torch.ones(2, 2, 3)], 1)
token[:, 0] = 2
try:
    rows.t().view(-1)
except RuntimeError:
    print(token, total, best, new, states, wide)
