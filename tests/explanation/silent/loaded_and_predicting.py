# mode 10 likely
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.3), nn.Linear(8, 1))
state = {name: value.clone() for name, value in net.state_dict().items()}
net.load_state_dict(state)
with torch.no_grad():
    out = net(torch.randn(3, 4))
print(out)
