import torch
from torch import nn


class LanguageModel(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim)
        self.rnn = nn.GRU(dim, dim, batch_first=True)
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, tokens, hidden=None):
        out, hidden = self.rnn(self.embedding(tokens), hidden)
        return self.head(out), hidden


torch.manual_seed(0)
model = LanguageModel(11, 8)
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
tokens = torch.randint(0, 11, (3, 13))
hidden = None
for start in range(0, 12, 4):
    x, y = tokens[:, start : start + 4], tokens[:, start + 1 : start + 5]
    logits, hidden = model(x, hidden)
    hidden = hidden.detach()
    loss = nn.functional.cross_entropy(logits.reshape(-1, 11), y.reshape(-1))
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss)
