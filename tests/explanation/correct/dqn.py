import copy
import random

import torch
from torch import nn

torch.manual_seed(0)
random.seed(0)
policy = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
target = copy.deepcopy(policy)
opt = torch.optim.AdamW(policy.parameters(), lr=1e-3, amsgrad=True)
memory = [(torch.randn(4), random.randrange(2), random.random(), torch.randn(4)) for _ in range(20)]
for step in range(4):
    batch = random.sample(memory, 8)
    state, action = torch.stack([s for s, *_ in batch]), torch.tensor([a for _, a, *_ in batch])
    reward, following = torch.tensor([r for *_, r, _ in batch]), torch.stack([n for *_, n in batch])
    values = policy(state).gather(1, action.unsqueeze(1)).squeeze(1)
    with torch.no_grad():
        best = target(following).max(1).values
    loss = nn.functional.smooth_l1_loss(values, reward + 0.99 * best)
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_value_(policy.parameters(), 100)
    opt.step()
    if step % 2:
        target.load_state_dict(policy.state_dict())
