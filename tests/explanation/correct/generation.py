import torch
from torch import nn
from torch.nn import functional as F


class Tiny(nn.Module):
    def __init__(self, vocab=9, dim=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.q, self.k, self.v = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab)
        self.drop = nn.Dropout(0.1)

    def forward(self, token, cache):
        x = self.drop(self.embed(token))
        k, v = self.k(x), self.v(x)
        if cache is not None:
            k, v = torch.cat([cache[0], k], 1), torch.cat([cache[1], v], 1)
        weights = F.softmax(self.q(x) @ k.transpose(1, 2) / 8**0.5, dim=-1)
        return self.head(weights @ v), (k, v)


torch.manual_seed(0)
model = Tiny().eval()
token, cache, text = torch.zeros(2, 1, dtype=torch.long), None, []
with torch.no_grad():
    for _ in range(4):
        logits, cache = model(token, cache)
        probabilities = F.softmax(logits[:, -1] / 0.8, dim=-1)
        token = torch.multinomial(probabilities, 1)
        text.append(token)
print(torch.cat(text, 1))
