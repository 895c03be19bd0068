"""The parameters of torch's functions, a tensor's own first: one line a function."""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """Names by position; `rest` takes any number more; `known` is every keyword that torch takes."""

    names: tuple[str, ...]
    rest: str = ""
    known: frozenset[str] = frozenset()


CONVOLUTIONS = {f"{name}{count}d": count for name in ("conv", "Conv") for count in (1, 2, 3)}
"""The number of dims behind the channels of each convolution."""

_LINES = """
view: input *size | dtype
reshape: input *shape
view_as: input other
reshape_as: input other
unflatten: input dim sizes
flatten: input start_dim end_dim
expand: input *size | implicit
expand_as: input other
broadcast_to: input size
repeat: input *repeats
tile: input *dims
permute: input *dims
transpose: input dim0 dim1
movedim: input source destination
t: input
adjoint: input
squeeze: input dim
unsqueeze: input dim
size: input dim
stride: input dim
roll: input shifts dims
flip: input *dims
sum: input dim keepdim | dtype out
nansum: input dim keepdim | dtype out
mean: input dim keepdim | dtype out
nanmean: input dim keepdim | dtype out
prod: input dim keepdim | dtype out
std: input dim unbiased keepdim | correction out
var: input dim unbiased keepdim | correction out
min: input dim keepdim | out other
max: input dim keepdim | out other
amin: input dim keepdim | out
amax: input dim keepdim | out
aminmax: input | dim keepdim out
argmin: input dim keepdim
argmax: input dim keepdim
median: input dim keepdim | out
nanmedian: input dim keepdim | out
quantile: input q dim keepdim | interpolation out
mode: input dim keepdim | out
all: input dim keepdim | out
any: input dim keepdim | out
count_nonzero: input dim
logsumexp: input dim keepdim | out
cumsum: input dim | dtype out
cumprod: input dim | dtype out
cummax: input dim | out
cummin: input dim | out
logcumsumexp: input dim | out
softmax: input dim _stacklevel dtype | out
log_softmax: input dim _stacklevel dtype | out
softmin: input dim _stacklevel dtype
sort: input dim descending | stable out
argsort: input dim descending | stable
topk: input k dim largest sorted | out
kthvalue: input k dim keepdim | out
unbind: input dim
chunk: input chunks dim
split: input split_size dim | split_size_or_sections
tensor_split: input indices_or_sections dim | sections indices tensor_indices_or_sections
narrow: input dim start length
select: input dim index
unfold: input dimension size step
index_select: input dim index | out
index_fill: input dim index value
index_add: input dim index source | alpha out
index_copy: input dim index source | out
gather: input dim index | sparse_grad out
scatter: input dim index src | value reduce out
scatter_add: input dim index src | out
scatter_reduce: input dim index src reduce | include_self out
index_reduce: input dim index source reduce | include_self out
take: input index | out
take_along_dim: input indices dim | out
masked_fill: input mask value
masked_select: input mask | out
masked_scatter: input mask source
where: condition input other | out
cat: tensors dim | out
stack: tensors dim | out
hstack: tensors | out
vstack: tensors | out
mm: input mat2 out_dtype | out
mv: input vec | out
dot: input tensor | other out
vdot: input tensor | other out
tensordot: a b dims | out
cdist: x1 x2 p compute_mode
inner: input other | out
outer: input vec2 | out
ger: input vec2 | out
_sparse_mm: input mat2 reduce
bmm: input mat2 out_dtype | out
matmul: input other | out
addmm: input mat1 mat2 | beta alpha out
addmv: input mat vec | beta alpha out
addbmm: input batch1 batch2 | beta alpha out
baddbmm: input batch1 batch2 | beta alpha out
addr: input vec1 vec2 | beta alpha out
linear: input weight bias
bilinear: input1 input2 weight bias
einsum: equation *operands
add: input other | alpha out
sub: input other | alpha out
mul: input other | out
div: input other | rounding_mode out
floor_divide: input other | out
remainder: input other | out
fmod: input other | out
pow: input exponent | other out
atan2: input other | out
maximum: input other | out
minimum: input other | out
fmax: input other | out
fmin: input other | out
hypot: input other | out
eq: input other | out
ne: input other | out
lt: input other | out
le: input other | out
gt: input other | out
ge: input other | out
logical_and: input other | out
logical_or: input other | out
logical_xor: input other | out
bitwise_and: input other | out
bitwise_or: input other | out
bitwise_xor: input other | out
bitwise_not: input | out
copy: input src non_blocking
lerp: input end weight | out
addcmul: input tensor1 tensor2 value | out
addcdiv: input tensor1 tensor2 value | out
neg: input | out
one_hot: input num_classes | tensor
embedding: input weight padding_idx max_norm norm_type scale_grad_by_freq sparse
cross_entropy: input target weight size_average ignore_index reduce reduction label_smoothing
nll_loss: input target weight size_average ignore_index reduce reduction
mse_loss: input target size_average reduce reduction weight
l1_loss: input target size_average reduce reduction weight
binary_cross_entropy: input target weight size_average reduce reduction
binary_cross_entropy_with_logits: input target weight size_average reduce reduction pos_weight
normalize: input p dim eps out
cosine_similarity: x1 x2 dim eps
glu: input dim
backward: input gradient retain_graph create_graph inputs
grad: outputs inputs grad_outputs retain_graph create_graph only_inputs allow_unused is_grads_batched | materialize_grads
requires_grad_: input requires_grad
retain_grad: input
affine_grid: theta size align_corners
numpy: input | force
item: input
tolist: input
Parameter: data requires_grad
conv1d: input weight bias stride padding dilation groups
conv2d: input weight bias stride padding dilation groups
conv3d: input weight bias stride padding dilation groups
conv_transpose1d: input weight bias stride padding output_padding groups dilation
conv_transpose2d: input weight bias stride padding output_padding groups dilation
conv_transpose3d: input weight bias stride padding output_padding groups dilation
max_pool1d: input kernel_size stride padding dilation ceil_mode return_indices
max_pool2d: input kernel_size stride padding dilation ceil_mode return_indices
max_pool3d: input kernel_size stride padding dilation ceil_mode return_indices
layer_norm: input normalized_shape weight bias eps
group_norm: input num_groups weight bias eps
batch_norm: input running_mean running_var weight bias training momentum eps
pad: input pad mode value
fold: input output_size kernel_size dilation padding stride
random_split: dataset lengths generator
interpolate: input size scale_factor mode align_corners recompute_scale_factor antialias
dropout: input p training inplace
alpha_dropout: input p training inplace
feature_dropout: input p train
avg_pool1d: input kernel_size stride padding ceil_mode count_include_pad
avg_pool2d: input kernel_size stride padding ceil_mode count_include_pad divisor_override
avg_pool3d: input kernel_size stride padding ceil_mode count_include_pad divisor_override
pixel_shuffle: input upscale_factor
pixel_unshuffle: input downscale_factor
scaled_dot_product_attention: query key value attn_mask dropout_p is_causal | scale enable_gqa
prelu: input weight
repeat_interleave: input repeats dim | output_size
index_put: input indices values accumulate
multinomial: input num_samples replacement | generator out
cross: input other dim | out
trace: input
tril: input diagonal | out
fliplr: input
flipud: input
rot90: input k dims
hsplit: input indices_or_sections | sections indices
vsplit: input indices_or_sections | sections indices
dsplit: input indices_or_sections | sections indices
diag: input diagonal | out
diag_embed: input offset dim1 dim2
cov: input | correction fweights aweights
bincount: input weights minlength
linalg_inv: A | out
linalg_det: A | out
linalg_cholesky: A | upper out
linalg_slogdet: A | out
linalg_eig: A | out
linalg_eigh: A UPLO | out
linalg_inv_ex: A | check_errors out
linalg_cholesky_ex: A | upper check_errors out
linalg_eigvals: A | out
linalg_eigvalsh: A UPLO | out
linalg_ldl_factor: A | hermitian out
linalg_svd: A full_matrices | driver out
linalg_qr: A mode | out
linalg_solve: A B | left out
logaddexp: input other | out
logaddexp2: input other | out
gcd: input other | out
lcm: input other | out
nextafter: input other | out
copysign: input other | out
heaviside: input values | out
ldexp: input other | out
xlogy: input other | out
isclose: input other rtol atol equal_nan
float_power: input exponent | out
linspace: start end steps | out dtype device requires_grad
logspace: start end steps base | out dtype device requires_grad
eye: n m | out dtype device requires_grad
complex: real imag | out
triplet_margin_loss: anchor positive negative margin p eps swap size_average reduce reduction
margin_ranking_loss: input1 input2 target margin size_average reduce reduction
linalg_cross: input other dim | out
rms_norm: input normalized_shape weight eps
native_layer_norm: input normalized_shape weight bias eps
arange: start end step | dtype device requires_grad out layout pin_memory
tensor: data | dtype device requires_grad pin_memory
from_numpy: ndarray
exp: input | out
log: input | out
sqrt: input | out
rsqrt: input | out
sin: input | out
cos: input | out
tan: input | out
tanh: input | out
sigmoid: input | out
norm: input p dim keepdim out dtype
triu: input diagonal | out
diagonal: input offset dim1 dim2
clamp: input min max | out
diff: input n dim prepend append | out
gradient: input | spacing dim edge_order
allclose: input other rtol atol equal_nan
gelu: input | approximate
softshrink: input lambd
celu: input alpha inplace
rrelu: input lower upper training inplace
hardtanh: input min_val max_val inplace
adaptive_avg_pool1d: input output_size
bernoulli: input p | generator out
normal_: input mean std | generator
log_normal_: input mean std | generator
cauchy_: input median sigma | generator
exponential_: input lambd | generator
geometric_: input p | generator
uniform_: input from to | generator
bernoulli_: input p | generator
zeros: *size | out dtype layout device pin_memory requires_grad names
ones: *size | out dtype layout device pin_memory requires_grad names
empty: *size | out dtype layout device pin_memory requires_grad names memory_format
rand: *size | generator out dtype layout device pin_memory requires_grad names
randn: *size | generator out dtype layout device pin_memory requires_grad names
full: size fill_value | out dtype layout device pin_memory requires_grad names
randperm: n | generator out dtype layout device pin_memory requires_grad
tril_indices: row col offset | dtype layout device pin_memory
triu_indices: row col offset | dtype layout device pin_memory
empty_permuted: size physical_layout | dtype layout device pin_memory requires_grad
combinations: input r with_replacement
nanquantile: input q dim keepdim | interpolation out
cosine: M | sym dtype layout device requires_grad
hamming: M | sym dtype layout device requires_grad
hann: M | sym dtype layout device requires_grad
bartlett: M | sym dtype layout device requires_grad
blackman: M | sym dtype layout device requires_grad
nuttall: M | sym dtype layout device requires_grad
general_hamming: M | alpha sym dtype layout device requires_grad
general_cosine: M | a sym dtype layout device requires_grad
kaiser: M | beta sym dtype layout device requires_grad
gaussian: M | std sym dtype layout device requires_grad
exponential: M | center tau sym dtype layout device requires_grad
triplet_margin_with_distance_loss: anchor positive negative | distance_function margin swap reduction
max_unpool1d: input indices kernel_size stride padding output_size
max_unpool2d: input indices kernel_size stride padding output_size
max_unpool3d: input indices kernel_size stride padding output_size
grid_sample: input grid mode padding_mode align_corners
embedding_bag: input weight offsets max_norm norm_type scale_grad_by_freq mode sparse per_sample_weights include_last_offset padding_idx
gaussian_nll_loss: input target var full eps reduction
multilabel_margin_loss: input target size_average reduce reduction
multi_margin_loss: input target p margin weight size_average reduce reduction
cosine_embedding_loss: input1 input2 target margin size_average reduce reduction
ctc_loss: log_probs targets input_lengths target_lengths blank reduction zero_infinity
inverse: input | out
det: input
logdet: input
slogdet: input | out
matrix_power: input n | out
matrix_exp: input
linalg_matrix_power: A n | out
linalg_matrix_exp: A
cartesian_prod: *tensors
block_diag: *tensors
xavier_uniform: input gain generator
xavier_normal: input gain generator
kaiming_uniform: input a mode nonlinearity generator
kaiming_normal: input a mode nonlinearity generator
SGD: params lr momentum dampening weight_decay nesterov | maximize foreach differentiable fused
Adam: params lr betas eps weight_decay amsgrad | foreach maximize capturable differentiable fused decoupled_weight_decay
AdamW: params lr betas eps weight_decay amsgrad | maximize foreach capturable differentiable fused
linalg_multi_dot: tensors | out
chain_matmul: *tensors
as_tensor: data dtype device
pack_padded_sequence: input lengths batch_first enforce_sorted
pad_sequence: sequences batch_first padding_value padding_side
linalg_svdvals: A | driver out
linalg_pinv: A rcond hermitian | atol rtol out
linalg_matrix_rank: A tol hermitian | atol rtol out
linalg_cond: A p | out
vander: x N increasing
histc: input bins min max | out
histogramdd: input bins range weight density
renorm: input p dim maxnorm | out
bucketize: input boundaries | out_int32 right out
searchsorted: sorted_sequence input | out_int32 right side sorter out
meshgrid: *tensors | indexing
ormqr: input input2 input3 left transpose | out
as_strided: input size stride storage_offset
as_strided_scatter: input src size stride storage_offset
sum_to_size: input *size
dstack: tensors | out
polar: abs angle | out
put: input index source accumulate
linalg_diagonal: A | offset dim1 dim2
linalg_lstsq: A B rcond | driver
"""  # noqa: E501 (a line a function)


def _signature(line: str) -> Signature:
    placed, _, keywords = line.partition(" | ")
    names = placed.split()
    rest = names.pop()[1:] if names[-1].startswith("*") else ""
    known = frozenset((*names, *keywords.split(), *([rest] if rest else [])))
    return Signature(tuple(names), rest, known)


SIGNATURES: dict[str, Signature] = {
    name: _signature(parameters)
    for name, _, parameters in (line.partition(": ") for line in _LINES.strip().splitlines())
}
