import torch
from torch import nn
torch.manual_seed(0)
actor = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 2))
critic = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 1))
opt = torch.optim.Adam([{"params": actor.parameters()}, {"params": critic.parameters(), "lr": 1e-3}], lr=3e-4)
states = torch.randn(10, 4)
with torch.no_grad():
    dist = torch.distributions.Categorical(logits=actor(states))
    actions = dist.sample()
    old = dist.log_prob(actions)
    values = critic(states).squeeze(-1)
rewards = torch.randn(10)
advantage = rewards - values
for _ in range(3):
    dist = torch.distributions.Categorical(logits=actor(states))
    ratio = (dist.log_prob(actions) - old).exp()
    surrogate = torch.min(ratio * advantage, ratio.clamp(0.8, 1.2) * advantage)
    v = critic(states).squeeze(-1)
    loss = -surrogate.mean() + 0.5 * (v - rewards).pow(2).mean() - 0.01 * dist.entropy().mean()
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_([*actor.parameters(), *critic.parameters()], 0.5)
    opt.step()
