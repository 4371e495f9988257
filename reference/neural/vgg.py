"""VGG-19 up to conv5_1 from the palette file in models/, for the reference scripts; or VGG-16 or VGG-19 from a plain file.

A convolution at position N of torchvision's `features` is kept as `features.N.weight.codes` (u8),
`features.N.weight.palette` (256 values) and `features.N.bias`; its kernel is `palette[codes]`. Plain files have
`features.N.weight`. The network takes blue, green and red from 0 to 255 less the mean colour.

Nothing here is shared with scumble: plain torch operations, differentiated by autograd.
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file

MEAN_BGR = (103.939, 116.779, 123.68)

# Convolutions of each block of configurations D and E (Simonyan & Zisserman 2015).
VGG16, VGG19 = (2, 2, 3, 3, 3), (2, 2, 4, 4, 4)

PADDINGS = ("zero", "replicate-first", "reflect", "replicate", "circular")
POOLINGS = ("max", "avg", "average", "l2")


def layer_names(blocks):
    """Names of the layers in order: conv1_1, relu1_1, conv1_2, relu1_2, pool1, ..."""
    names = []
    for block, convolutions in enumerate(blocks, start=1):
        for i in range(1, convolutions + 1):
            names += [f"conv{block}_{i}", f"relu{block}_{i}"]
        names.append(f"pool{block}")
    return names


def names_in(keys):
    """Names of the layers of a file: where VGG-16 has a pooling VGG-19 has a convolution."""
    return layer_names(VGG19 if "features.16.bias" in keys else VGG16)


def to_caffe(rgb, scale=255.0):
    """RGB from 0 to 1, [.., 3, H, W], to the network's input."""
    mean = torch.tensor(MEAN_BGR, dtype=rgb.dtype).reshape(3, 1, 1)
    return rgb.flip(-3) * scale - mean


def from_caffe(x, scale=255.0):
    """The inverse of `to_caffe`, not clamped."""
    mean = torch.tensor(MEAN_BGR, dtype=x.dtype).reshape(3, 1, 1)
    return ((x + mean) / scale).flip(-3)


def _pad(x, mode):
    torch_mode = {"zero": "constant", "reflect": "reflect", "replicate": "replicate", "circular": "circular"}[mode]
    return F.pad(x, (1, 1, 1, 1), mode=torch_mode)


def _pool(x, mode):
    if mode == "max":
        return F.max_pool2d(x, 2)
    if mode == "l2":
        squares = F.avg_pool2d(x * x, 2) * 4
        # The root of 0 counts as flat.
        positive = squares > 0
        return torch.where(positive, torch.where(positive, squares, 1.0).sqrt(), 0.0) * 0.78
    return F.avg_pool2d(x, 2) * {"avg": 1.0, "average": 2.0}[mode]


class Encoder:
    """The network with frozen weights."""

    def __init__(self, path, padding="zero", pooling="max", dtype=torch.float32):
        self.padding, self.pooling = padding, pooling
        self.kernels = {}
        with safe_open(path, "pt") as file:
            keys = set(file.keys())
            self.names = names_in(keys)
            for n, name in enumerate(self.names):
                if name.startswith("conv") and f"features.{n}.bias" in keys:
                    if f"features.{n}.weight" in keys:
                        kernel = file.get_tensor(f"features.{n}.weight")
                    else:
                        codes = file.get_tensor(f"features.{n}.weight.codes").long()
                        kernel = file.get_tensor(f"features.{n}.weight.palette")[codes]
                    self.kernels[name] = (kernel.to(dtype), file.get_tensor(f"features.{n}.bias").to(dtype))

    def __call__(self, x, layers):
        """Activations of the named layers for an input [1, 3, H, W] in the network's own pixels."""
        last = max(self.names.index(layer) for layer in layers)
        taps = {}
        for name in self.names[: last + 1]:
            if name.startswith("conv"):
                first = name == "conv1_1"
                rest = "zero" if self.padding == "replicate-first" else self.padding
                mode = "replicate" if first and self.padding == "replicate-first" else rest
                x = F.conv2d(_pad(x, mode), *self.kernels[name])
            elif name.startswith("relu"):
                x = F.relu(x)
            else:
                x = _pool(x, self.pooling)
            if name in layers:
                taps[name] = x
        return taps


def arguments(description, **more):
    """The options all scripts share, and more of them: `name=(type, default)`."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=here / "../../models/vgg19-conv5_1-q8.safetensors")
    parser.add_argument("--out", type=Path, default=here / "data")
    for name, (kind, default) in more.items():
        parser.add_argument(f"--{name}", type=kind, default=default)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    return options


def write(tensors, path, metadata=None):
    """A safetensors file readable by all."""
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path, metadata)
    path.chmod(0o644)
