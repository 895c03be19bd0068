import torch
from torch import nn

torch.manual_seed(0)
maker = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
critic = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.3), nn.Linear(8, 1))
m_opt, c_opt = torch.optim.Adam(maker.parameters()), torch.optim.Adam(critic.parameters())
bce, fixed, pictures = nn.BCEWithLogitsLoss(), torch.randn(6, 4), []
for _ in range(3):
    fake = maker(torch.randn(6, 4))
    critic.train()
    loss = bce(critic(torch.randn(6, 2)), torch.ones(6, 1)) + bce(critic(fake.detach()), torch.zeros(6, 1))
    c_opt.zero_grad()
    loss.backward()
    c_opt.step()
    critic.eval()
    m_loss = bce(critic(fake), torch.ones(6, 1))
    m_opt.zero_grad()
    m_loss.backward()
    m_opt.step()
    with torch.no_grad():
        pictures.append(maker(fixed))
