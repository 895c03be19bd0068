import torch
torch.manual_seed(0)
T, K, B = 5, 3, 2
emissions = torch.randn(B, T, K, requires_grad=True)
transitions = torch.randn(K, K, requires_grad=True)
tags = torch.randint(0, K, (B, T))
score = emissions[:, 0]
for t in range(1, T):
    score = torch.logsumexp(score.unsqueeze(2) + transitions + emissions[:, t].unsqueeze(1), dim=1)
gold = emissions.gather(2, tags.unsqueeze(2)).squeeze(2).sum(1) + transitions[tags[:, :-1], tags[:, 1:]].sum(1)
loss = (torch.logsumexp(score, 1) - gold).mean()
loss.backward()
print(loss, transitions.grad.shape)
