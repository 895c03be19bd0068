# The shape of https://pytorch.org/tutorials/beginner/nlp/sequence_models_tutorial.html
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(1)


class Tagger(nn.Module):
    def __init__(self, dim, hidden, vocab, tags):
        super().__init__()
        self.word_embeddings = nn.Embedding(vocab, dim)
        self.lstm = nn.LSTM(dim, hidden)
        self.hidden2tag = nn.Linear(hidden, tags)

    def forward(self, sentence):
        embeds = self.word_embeddings(sentence)
        lstm_out, _ = self.lstm(embeds.view(len(sentence), 1, -1))
        tag_space = self.hidden2tag(lstm_out.view(len(sentence), -1))
        return F.log_softmax(tag_space, dim=1)


data = [(torch.tensor([0, 1, 2, 3]), torch.tensor([0, 1, 2, 0])), (torch.tensor([4, 1, 5]), torch.tensor([1, 2, 1]))]
model = Tagger(6, 6, 6, 3)
loss_function = nn.NLLLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
with torch.no_grad():
    print(model(data[0][0]))
for epoch in range(4):
    for sentence, tags in data:
        model.zero_grad()
        loss = loss_function(model(sentence), tags)
        loss.backward()
        optimizer.step()
with torch.no_grad():
    print(model(data[0][0]))
