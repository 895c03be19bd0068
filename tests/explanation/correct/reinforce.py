import torch
from torch import nn
from torch.distributions import Categorical

torch.manual_seed(0)
policy = nn.Sequential(nn.Linear(3, 8), nn.Dropout(p=0.2), nn.ReLU(), nn.Linear(8, 2), nn.Softmax(dim=1))
opt = torch.optim.Adam(policy.parameters(), lr=1e-2)
for episode in range(3):
    log_probs, rewards = [], []
    state = torch.randn(3)
    for _ in range(5):
        dist = Categorical(policy(state.unsqueeze(0)))
        action = dist.sample()
        log_probs.append(dist.log_prob(action))
        rewards.append(float(action.item()))
        state = torch.randn(3)
    returns, total = [], 0.0
    for r in reversed(rewards):
        total = r + 0.9 * total
        returns.insert(0, total)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + 1e-6)
    loss = torch.cat([-lp * g for lp, g in zip(log_probs, returns)]).sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
