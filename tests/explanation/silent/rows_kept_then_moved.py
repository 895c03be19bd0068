# lost-write 5 certain
import torch
boxes = torch.arange(12.0).view(3, 4)
keep = boxes[:, 0] > 1
boxes[keep][:, 2] += 10
print(boxes)
