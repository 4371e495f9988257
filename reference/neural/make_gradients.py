"""Gradients of a whole objective for photographs, with which those of the encoder's own kernels are compared.

    python reference/neural/make_gradients.py [--weights FILE] [--side 64] [--gap 5e-5] [--out FOLDER]

writes, for each photograph of samples/content/, gradient-NAME.safetensors:

* content, style  the photograph and samples/style/night-hills.jpg at its size, whose area is that of a square of the
                  given side; bytes, R, G, B, [3, H, W]
* point           where the gradient is taken, in the network's pixels: blue, green, red, less the mean colour. The mean of
                  both pictures, where every part pulls, moved a little: see below
* gradient        of the objective of `gatys2016` with total variation 1e-3: content at relu4_2, Gram matrices at relu1_1 to
                  relu5_1, absolute differences of neighbours. Computed in double precision, rounded once
* metadata        `loss` at the point; `f32_error`: how far PyTorch's own single precision is off there, in its contiguous
                  layout and with channels last, as the largest difference of two values over the largest value; `near`:
                  the units that the gap drove away; `moved`: by how much of a grey level at most

Mean colours are subtracted and the mean is taken in single precision, so that all programs start from the same numbers.

The gap: of a million units some always lie so near to zero that rounding decides whether they are on, and of two that a
maximum is taken of some are as good as equal. There the gradient jumps, by 1e-5 to 1e-3 of its largest value, whatever
program computes it. So the point is moved, by the shortest way, until no unit is nearer to a jump than the gap, in its
layer's standard deviations. A gap of 0 leaves the point where it is.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from PIL import Image

import losses
from vgg import MEAN_BGR, Encoder, arguments, write

CONTENT, STYLES = "relu4_2", ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
CONTENT_WEIGHT, STYLE_WEIGHT, TV_WEIGHT = 1.0, 1000.0, 1e-3
SAMPLES = Path(__file__).parent / "../../samples"
STYLE = SAMPLES / "style/night-hills.jpg"
ROUNDS = 30


def size_of(path, side):
    """Width and height of a picture in its proportions, as large as a square of this side."""
    width, height = Image.open(path).size
    scale = side / (width * height) ** 0.5
    return round(width * scale), round(height * scale)


def picture(path, size):
    image = Image.open(path).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    data = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8)
    return data.reshape(image.height, image.width, 3).permute(2, 0, 1).contiguous()


def network_pixels(rgb):
    return rgb.flip(0).float() - torch.tensor(MEAN_BGR, dtype=torch.float32).reshape(3, 1, 1)


def distances(encoder, x):
    """How far from a jump of the gradient each unit is, in standard deviations of its layer; of a unit that is off below
    zero."""
    found, x = [], x[None]
    for name in encoder.names[: encoder.names.index(STYLES[-1]) + 1]:
        if name.startswith("conv"):
            x = F.conv2d(x, *encoder.kernels[name], padding=1)
            found.append((x / x.detach().std()).flatten())
        elif name.startswith("relu"):
            x = F.relu(x)
        else:
            squares = x.unfold(2, 2, 2).unfold(3, 2, 2).flatten(4)
            first, second = squares.topk(2).values.unbind(-1)
            # Where all are off it is of no account which is the largest.
            found.append(((first - second) / x.detach().std())[first > 0])
            x = F.max_pool2d(x, 2)
    return torch.cat(found)


def clear(encoder, x, gap):
    """The point moved off jumps, and how many units were near one. `x` is of single precision, and so is the result."""
    near = 0
    for _ in range(ROUNDS if gap else 0):
        at = x.double().requires_grad_()
        all_distances = distances(encoder, at)
        close = all_distances[all_distances.abs() < gap]
        if not len(close):
            return x, near
        near += len(close)
        rows = torch.stack([torch.autograd.grad(d, at, retain_graph=True)[0].flatten() for d in close])
        wanted = 1.5 * gap * torch.where(close < 0, -1.0, 1.0) - close
        step = rows.T @ torch.linalg.lstsq(rows @ rows.T, wanted.detach()).solution
        x = (x.double() + step.reshape(x.shape)).float()
    assert not gap, "units stay near zero: a smaller --gap"
    return x, near


def loss_and_gradient(encoder, content, style, x, memory_format=torch.contiguous_format):
    place = lambda x: x[None].to(memory_format=memory_format)
    with torch.no_grad():
        target = encoder(place(content), (CONTENT,))[CONTENT][0]
        shown = encoder(place(style), STYLES)
        grams = [losses.gram(shown[layer][0], "elements") for layer in STYLES]
    x = x.detach().requires_grad_()
    taps = encoder(place(x), (CONTENT, *STYLES))
    loss = CONTENT_WEIGHT * losses.content_loss(taps[CONTENT][0], target, "mse")
    for layer, gram in zip(STYLES, grams):
        loss = loss + STYLE_WEIGHT * losses.gram_loss(taps[layer][0], gram, "elements", "mean")
    loss = loss + TV_WEIGHT * losses.total_variation(x, "absolute-sum")
    (gradient,) = torch.autograd.grad(loss, x)
    return loss.item(), gradient


def off(found, exact):
    return ((found.double() - exact).abs().max() / exact.abs().max()).item()


def main():
    options = arguments(__doc__, side=(int, 64), gap=(float, 5e-5))
    double, single = (Encoder(options.weights, dtype=dtype) for dtype in (torch.float64, torch.float32))
    for path in sorted((SAMPLES / "content").glob("*.jpg")):
        size = size_of(path, options.side)
        bytes_of = {"content": picture(path, size), "style": picture(STYLE, size)}
        content, style = (network_pixels(bytes_of[name]) for name in ("content", "style"))
        mean = (content + style) / 2
        point, near = clear(double, mean, options.gap)
        loss, gradient = loss_and_gradient(double, content.double(), style.double(), point.double())
        errors = [
            off(loss_and_gradient(single, content, style, point, layout)[1], gradient)
            for layout in (torch.contiguous_format, torch.channels_last)
        ]
        metadata = {
            "loss": repr(loss),
            "f32_error": " ".join(f"{error:.1e}" for error in errors),
            "near": str(near),
            "moved": f"{(point - mean).abs().max().item():.1e}",
        }
        tensors = {"point": point, "gradient": gradient.float()}
        write(bytes_of | tensors, options.out / f"gradient-{path.stem}.safetensors", metadata)
        print(path.stem, "×".join(map(str, size)), metadata, flush=True)


if __name__ == "__main__":
    main()
