"""Writes the small .pth files scumble's readers of weights are tested with, next to this script.

    python make_files.py            # needs torch and safetensors

The files have the keys and shapes of the files people have, but every kernel (but conv1_1's) is one number
per output channel, repeated without being stored: a view of stride 0. That keeps a whole network under 100 KB
and tests views at the same time. Number o of convolution k (both from 0):

    kernel[o, i, y, x] = ((31 o + 17 k) mod 97 - 48) / 1000        bias[o] = ((o + k) mod 13 - 6) / 100

conv1_1 is the Oxford network's (from models/) in the files of Caffe convention, and the formula's elsewhere.
The hostile files would create a file named "scumble-executed-a-pickle" if anybody executed them.
"""

import os
import pathlib
from collections import OrderedDict

import torch
from safetensors.torch import load_file

HERE = pathlib.Path(__file__).parent
VGG16 = [(3, 64), (64, 64), "P", (64, 128), (128, 128), "P", (128, 256), (256, 256), (256, 256), "P",
         (256, 512), (512, 512), (512, 512), "P", (512, 512), (512, 512), (512, 512), "P"]
VGG19 = [(3, 64), (64, 64), "P", (64, 128), (128, 128), "P", (128, 256), (256, 256), (256, 256), (256, 256), "P",
         (256, 512), (512, 512), (512, 512), (512, 512), "P", (512, 512), (512, 512), (512, 512), (512, 512), "P"]
NORMALISED = [2, 5, 9, 12, 16, 19, 22, 25, 29, 32, 35, 38, 42, 45, 48, 51]


def oxford_conv1_1():
    file = load_file(HERE.parent.parent / "models" / "vgg19-conv5_1-q8.safetensors")
    return file["features.0.weight.palette"][file["features.0.weight.codes"].long()]


def convolutions(plan, oxford, dtype):
    """(position in `features`, name, kernel, bias) of every convolution."""
    position, block, number, k = 0, 1, 1, 0
    for item in plan:
        if item == "P":
            position, block, number = position + 1, block + 1, 1
            continue
        into, out = item
        o = torch.arange(out)
        kernel = (((31 * o + 17 * k) % 97 - 48).double() / 1000).to(dtype).view(out, 1, 1, 1).expand(out, into, 3, 3)
        if k == 0:
            kernel = oxford_conv1_1() if oxford else kernel.contiguous()  # stored in full
        bias = (((o + k) % 13 - 6).double() / 100).to(dtype)
        yield position, f"conv{block}_{number}", kernel, bias
        position, number, k = position + 2, number + 1, k + 1


def state_dict(plan, key, oxford, depth=None, dtype=torch.float32):
    tensors = OrderedDict()
    for k, (position, name, kernel, bias) in enumerate(convolutions(plan, oxford, dtype)):
        if depth is None or k < depth:
            layer = key(k, position, name)
            tensors[layer + ".weight"], tensors[layer + ".bias"] = kernel, bias
    return tensors


def classifier(tensors, positions):
    zero = torch.zeros(1)
    for position, shape in zip(positions, [(4096, 25088), (4096, 4096), (1000, 4096)]):
        tensors[f"classifier.{position}.weight"] = zero.expand(shape)
        tensors[f"classifier.{position}.bias"] = zero.expand(shape[0])
    return tensors


class Hostile:
    def __reduce__(self):
        return os.system, ("touch scumble-executed-a-pickle",)


def features(k, position, name):
    return f"features.{position}"


def save(value, name, zip=True):
    path = HERE / name
    torch.save(value, path, _use_new_zipfile_serialization=zip)
    print(f"{name:32} {path.stat().st_size:8}")


def main():
    save(classifier(state_dict(VGG19, features, False), (0, 3, 6)), "torchvision-vgg19-legacy.pth", zip=False)
    save(classifier(state_dict(VGG16, features, True), (1, 4, 6)), "caffe-vgg16.pth")
    save(state_dict(VGG19, lambda k, p, name: name, True), "gatys-vgg_conv-legacy.pth", zip=False)

    normalised = OrderedDict()
    normalised["0.weight"] = torch.tensor([[0, 0, 255.0], [0, 255.0, 0], [255.0, 0, 0]]).view(3, 3, 1, 1)
    normalised["0.bias"] = torch.tensor([-103.939, -116.779, -123.68])
    normalised.update(state_dict(VGG19, lambda k, p, name: str(NORMALISED[k]), True))
    save(normalised, "vgg_normalised.pth")

    wrapped = state_dict(VGG19, lambda k, p, name: f"module.features.{p}", False, depth=6, dtype=torch.float16)
    save({"epoch": 3, "best": 0.5, "arch": "vgg19", "state_dict": wrapped}, "nested-half.pth")
    save({"model": state_dict(VGG19, features, False, depth=2, dtype=torch.float64)}, "model-double-legacy.pth", zip=False)

    model = torch.nn.Module()
    model.features = torch.nn.Sequential(torch.nn.Conv2d(3, 64, 3, padding=1), torch.nn.ReLU())
    model.load_state_dict(state_dict(VGG19, features, False, depth=1))
    save(model, "whole-model.pth")

    save(Hostile(), "hostile.pth")
    save(Hostile(), "hostile-legacy.pth", zip=False)
    beside = state_dict(VGG19, features, False, depth=1)
    beside["notes"] = [Hostile()]
    save(beside, "hostile-beside-weights.pth")
    save({"lr": 0.1, "names": ["a", "b"]}, "no-tensors.pth")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
