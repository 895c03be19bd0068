import torch
torch.manual_seed(0)
def iou(a, b):
    lt = torch.max(a[:, None, :2], b[None, :, :2])
    rb = torch.min(a[:, None, 2:], b[None, :, 2:])
    inter = (rb - lt).clamp(min=0).prod(2)
    area = lambda t: (t[:, 2:] - t[:, :2]).prod(1)
    return inter / (area(a)[:, None] + area(b) - inter)
boxes = torch.rand(6, 4)
boxes[:, 2:] += boxes[:, :2]
scores = torch.rand(6)
order, keep = scores.argsort(descending=True), []
while order.numel():
    i = order[0]
    keep.append(i)
    order = order[1:][iou(boxes[i][None], boxes[order[1:]])[0] < 0.5]
grid = torch.stack(torch.meshgrid(torch.arange(3), torch.arange(4), indexing="ij"), -1).reshape(-1, 2)
anchors = (grid[:, None, :] + torch.zeros(1, 2, 2)).view(-1, 2)
pred = torch.randn(2, 2 * 7, 3, 4).view(2, 2, 7, 3, 4).permute(0, 1, 3, 4, 2).contiguous()
print(torch.stack(keep), anchors.shape, pred.shape)
