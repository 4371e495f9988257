"""Activations of VGG-19 the encoder's tests compare with.

    python reference/neural/make_activations.py --weights models/vgg19-conv5_1-q8.safetensors

writes into data/

* activations.safetensors  two pictures, `image` [3, 40, 56] and `odd` [3, 37, 45], RGB from 0 to 1, and per case the
                           values of a layer, flattened (channel, row, column), every `stride`-th
* activations.json         the cases: layer, padding, pooling, picture, shape, stride, mean, deviation, largest value

Computed in double precision and rounded once, so a comparison sees the tested program's error alone. The `f32_error` of
a case is what PyTorch's own single precision leaves, relative to the largest value.
"""

import json

import torch
import torch.nn.functional as F

from vgg import PADDINGS, POOLINGS, Encoder, arguments, to_caffe, write

LAYERS = ("relu1_1", "conv1_2", "pool1", "relu2_1", "relu3_1", "pool3", "relu4_1", "relu4_2", "relu5_1")


def picture(height, width, seed):
    """Smooth colours with a little grain: [3, height, width], from 0 to 1."""
    generator = torch.Generator().manual_seed(seed)
    coarse = torch.randn(1, 3, 6, 8, generator=generator, dtype=torch.float64)
    smooth = F.interpolate(coarse, (height, width), mode="bicubic", align_corners=False)
    grain = torch.randn(smooth.shape, generator=generator, dtype=torch.float64)
    return torch.sigmoid(1.5 * smooth + 0.2 * grain)[0].float()


def stride_for(values):
    """A prime, so that no column or channel is left out, giving about a thousand samples."""
    return next(p for p in (1, 3, 11, 23, 31, 47, 97) if values / p < 1500)


def main():
    options = arguments(__doc__)
    pictures = {"image": picture(40, 56, 1), "odd": picture(37, 45, 2)}
    tensors, cases = dict(pictures), []

    def record(name, layers, padding="zero", pooling="max"):
        x = pictures[name].double()[None]
        exact = Encoder(options.weights, padding, pooling, torch.float64)(to_caffe(x), layers)
        single = Encoder(options.weights, padding, pooling)(to_caffe(x.float()), layers)
        for layer in layers:
            values = exact[layer].flatten()
            stride = stride_for(values.numel())
            key = f"{name}.{layer}.{padding}.{pooling}"
            tensors[key] = values[::stride].float().contiguous()
            largest = values.abs().max()
            cases.append({
                "key": key,
                "picture": name,
                "layer": layer,
                "padding": padding,
                "pooling": pooling,
                "shape": list(exact[layer].shape[1:]),
                "stride": stride,
                "mean": values.mean().item(),
                "deviation": values.std(correction=0).item(),
                "largest": largest.item(),
                "f32_error": ((single[layer].flatten().double() - values).abs().max() / largest).item(),
            })

    record("image", LAYERS)
    record("odd", ("pool1", "relu3_1", "pool3", "relu5_1"))
    for padding in PADDINGS:
        for pooling in POOLINGS:
            if (padding, pooling) != ("zero", "max"):
                record("image", ("relu3_1",), padding, pooling)
    for padding in PADDINGS[1:]:
        record("odd", ("relu4_1",), padding)
    write(tensors, options.out / "activations.safetensors")
    (options.out / "activations.json").write_text(json.dumps(cases, indent=1) + "\n")
    print("largest f32 error:", max(c["f32_error"] for c in cases))


if __name__ == "__main__":
    main()
