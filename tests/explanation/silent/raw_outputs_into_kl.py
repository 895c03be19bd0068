# softmax-missing 7 likely
import torch
import torch.nn.functional as F

torch.manual_seed(0)
student, teacher = torch.randn(4, 5), torch.randn(4, 5)
print(F.kl_div(student, teacher.softmax(1), reduction="batchmean"))
