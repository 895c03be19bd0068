import torch
from torch import nn
from torch.nn import functional as F


class Decoder(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim)
        self.Wa, self.Ua, self.Va = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, 1)
        self.gru = nn.GRU(2 * dim, dim, batch_first=True)
        self.out = nn.Linear(dim, vocab)

    def forward(self, token, hidden, keys):
        embedded = self.embedding(token)
        query = hidden.permute(1, 0, 2)
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys))).squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)
        output, hidden = self.gru(torch.cat((embedded, context), dim=2), hidden)
        return self.out(output), hidden


torch.manual_seed(0)
encoder_embedding, encoder = nn.Embedding(7, 6), nn.GRU(6, 6, batch_first=True)
decoder = Decoder(7, 6)
modules = nn.ModuleList([encoder_embedding, encoder, decoder])
opt = torch.optim.Adam(modules.parameters())
source, target = torch.randint(0, 7, (3, 5)), torch.randint(0, 7, (3, 4))
for _ in range(2):
    keys, hidden = encoder(encoder_embedding(source))
    token = torch.zeros(3, 1, dtype=torch.long)
    outputs = []
    for i in range(4):
        logits, hidden = decoder(token, hidden, keys)
        outputs.append(logits)
        token = target[:, i].unsqueeze(1)
    logits = torch.cat(outputs, dim=1)
    loss = F.cross_entropy(logits.view(-1, 7), target.view(-1))
    opt.zero_grad()
    loss.backward()
    opt.step()
