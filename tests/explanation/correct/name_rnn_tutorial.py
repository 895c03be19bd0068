# The shape of https://pytorch.org/tutorials/intermediate/char_rnn_classification_tutorial.html
import torch
from torch import nn


class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size, hidden_size)
        self.h2h = nn.Linear(hidden_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input, hidden):
        hidden = torch.tanh(self.i2h(input) + self.h2h(hidden))
        return self.softmax(self.h2o(hidden)), hidden


torch.manual_seed(0)
rnn, criterion, learning_rate = RNN(5, 6, 3), nn.NLLLoss(), 0.005


def train(category, line):
    hidden = torch.zeros(1, 6)
    rnn.zero_grad()
    for i in range(line.size(0)):
        output, hidden = rnn(line[i], hidden)
    loss = criterion(output, category)
    loss.backward()
    for p in rnn.parameters():
        p.data.add_(p.grad.data, alpha=-learning_rate)
    return output, loss.item()


for _ in range(4):
    line = torch.zeros(4, 1, 5)
    line[range(4), 0, torch.randint(0, 5, (4,))] = 1
    print(train(torch.tensor([1]), line)[1])
