# broadcast 12 certain
import torch
from torch import nn


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.value = nn.Linear(4, 1)

    def loss(self, states, returns):
        return nn.functional.smooth_l1_loss(self.value(states), returns)


torch.manual_seed(0)
critic = Critic()
critic.loss(torch.randn(5, 4), torch.randn(5)).backward()
