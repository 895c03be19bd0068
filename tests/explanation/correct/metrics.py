import torch

torch.manual_seed(0)
logits, labels = torch.randn(20, 4), torch.randint(0, 4, (20,))
probabilities = logits.softmax(dim=1)
predicted = probabilities.argmax(dim=1)
accuracy = (predicted == labels).float().mean()
top2 = logits.topk(2, dim=1).indices
top2_accuracy = (top2 == labels[:, None]).any(1).float().mean()
confusion = torch.zeros(4, 4, dtype=torch.long)
confusion.index_put_((labels, predicted), torch.ones(20, dtype=torch.long), accumulate=True)
counts = torch.bincount(labels, minlength=4)
precision = confusion.diag() / confusion.sum(0).clamp(min=1)
recall = confusion.diag() / counts.clamp(min=1)
print(accuracy, top2_accuracy, precision, recall)
