import torch

torch.manual_seed(0)
images = torch.rand(4, 3, 6, 8)
flipped = images.flip(-1)
mean = torch.tensor([0.5, 0.4, 0.3]).view(1, 3, 1, 1)
std = torch.tensor([0.2, 0.2, 0.3]).view(1, 3, 1, 1)
normal = (images - mean) / std
crop = images[:, :, 1:5, 2:6].clone()
crop += 0.1 * torch.randn_like(crop)
mixed = 0.7 * images + 0.3 * images[torch.randperm(4)]
erased = images.clone()
erased[:, :, 1:3, 1:3] = 0
channels_last = images.permute(0, 2, 3, 1).contiguous()
patches = images.unfold(2, 2, 2).unfold(3, 2, 2).permute(0, 2, 3, 1, 4, 5).reshape(4, 12, 12)
print(flipped.shape, normal.std(), mixed.shape, erased.sum(), channels_last.shape, patches.shape)
