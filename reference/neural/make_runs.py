"""Whole runs in torch that the optimisation's tests compare with.

    python reference/neural/make_runs.py

writes into data/

* content.png, style.png  the pictures, 80 x 64 and 64 x 72, from samples/
* start.png               the content after 300 steps of Adam on the objective of `gatys2016`
* runs.json               `presets`: for each preset its objective and optimiser, from the content picture, at the
                          pictures' own sizes, without any resizing; those with L-BFGS also from start.png, as
                          `<preset>-on`

Of a preset

* settings   the recipe's `neural` fields that, put over the preset, make scumble do the same run
* single     `loss`, `content`, `style`, `tv`: the weighted values at each of the first 40 evaluations, in single
             precision. `loss` is what scumble reports: content + style + tv, but without tv for `neural-style`, as in
             Lua, where the total variation only pulls (`tv_reported` is false)
* double     the same in double precision
* deviation  of each single-precision loss from the double-precision one, relative to that: what rounding alone does.
             L-BFGS without line search magnifies it: from the content the curvature of the first pair is next to
             nothing, the second step is a leap, and after some ten evaluations the two precisions have nothing in
             common. Well on the way, from start.png, they stay together

Twelve Newton-Schulz iterations do not reach the root of `crowsonkb` for pictures this small, so its gradient depends on
how it is found. `crowsonkb` takes it from the Lyapunov equation, as style-transfer-pytorch does. `crowsonkb-inverse` is
the same preset (`preset` names it) with the gradient by the inverse root that the iteration yields along with the root;
its `apart` compares the double-precision losses of both. (Eigenvalues are no help: some come out negative.)
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image

import losses
from vgg import Encoder, arguments, from_caffe, to_caffe

EVALUATIONS = 40
STEPS_BEFORE = 300
CONTENT_LAYER = "relu4_2"
STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
SAMPLES = Path(__file__).parent / "../../samples"


@dataclass(frozen=True)
class Preset:
    pixels: str
    padding: str
    content: tuple  # weight, form
    style: tuple  # the layers' weights
    statistic: tuple  # ("gram", norm, reduction) or ("wasserstein", form)
    tv: tuple  # weight, form
    history: int = 0  # of L-BFGS; 0 is Adam
    beta2: float = 0.999  # of Adam


FALLING = tuple(w / 341 for w in (256, 64, 16, 4, 1))
ELEMENTS = ("gram", "elements", "mean")
PRESETS = {
    "neural-style": Preset("caffe-256", "zero", (5, "mse"), (100,) * 5, ELEMENTS, (1e-3, "half-squares"), 100),
    "neural-style-pt": Preset("caffe-255", "zero", (5, "mse"), (100,) * 5, ELEMENTS, (1e-3, "absolute-sum"), 100),
    "gatys2016": Preset("caffe-255", "zero", (1, "mse"), (1000,) * 5, ELEMENTS, (0, "absolute-sum"), 100),
    "crowsonkb": Preset(
        "unit", "replicate-first", (0.015, "mse"), FALLING, ("wasserstein", "lyapunov"), (2, "nine-point"), beta2=0.99
    ),
    "crowsonkb-inverse": Preset(
        "unit", "replicate-first", (0.015, "mse"), FALLING, ("wasserstein", "inverse"), (2, "nine-point"), beta2=0.99
    ),
    "crowsonkb-2021": Preset(
        "unit", "replicate-first", (0.015, "scaled-mse"), FALLING, ("gram", "positions", "scaled"), (2, "mean-squares")
    ),
}


class _RootInverse(torch.autograd.Function):
    """Trace of the Newton-Schulz root; gradient half the inverse root."""

    @staticmethod
    def forward(ctx, a):
        norm = a.square().sum().sqrt()
        identity = torch.eye(len(a), dtype=a.dtype)
        y, z = a / norm, identity
        for _ in range(losses.W2_ITERATIONS):
            t = (3 * identity - z @ y) / 2
            y, z = y @ t, t @ z
        ctx.save_for_backward(z / norm.sqrt())
        return (y * norm.sqrt()).trace()

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0] / 2


def wasserstein(form, f, target):
    if form == "lyapunov":
        return losses.wasserstein_loss(f, target, losses.root_lyapunov)
    current = losses.moments(f)
    c, c_target = losses.covariance(current), losses.covariance(target)
    half = losses.root_newton_schulz(c_target)
    overlap = _RootInverse.apply(half @ c @ half)
    return (current[0] - target[0]).square().mean() + (c.trace() + c_target.trace() - 2 * overlap) / len(c)


class Objective:
    def __init__(self, preset, weights, content, style, dtype):
        """The pictures are RGB from 0 to 1, [1, 3, H, W]."""
        self.preset = preset
        self.encoder = Encoder(weights, preset.padding, dtype=dtype)
        kept = self.features(self.encode(content))
        self.content_target = kept[CONTENT_LAYER]
        shown = self.features(self.encode(style))
        self.style_targets = [self.measure(shown[layer]) for layer in STYLE_LAYERS]

    def encode(self, rgb):
        """To the space in which pixels are optimised."""
        scales = {"caffe-255": 255.0, "caffe-256": 256.0}
        return rgb if self.preset.pixels == "unit" else to_caffe(rgb, scales[self.preset.pixels])

    def features(self, x):
        taps = self.encoder(to_caffe(x) if self.preset.pixels == "unit" else x, (CONTENT_LAYER, *STYLE_LAYERS))
        return {layer: f[0] for layer, f in taps.items()}

    def measure(self, f):
        kind, norm, *_ = self.preset.statistic
        return losses.gram(f, norm) if kind == "gram" else losses.moments(f)

    def distance(self, f, target):
        kind, form, *reduction = self.preset.statistic
        return losses.gram_loss(f, target, form, *reduction) if kind == "gram" else wasserstein(form, f, target)

    def __call__(self, x):
        """The weighted parts."""
        taps = self.features(x)
        weight, form = self.preset.content
        layers = zip(self.preset.style, STYLE_LAYERS, self.style_targets)
        tv_weight, tv_form = self.preset.tv
        return {
            "content": weight * losses.content_loss(taps[CONTENT_LAYER], self.content_target, form),
            "style": sum(w * self.distance(taps[layer], target) for w, layer, target in layers),
            "tv": tv_weight * losses.total_variation(x[0], tv_form),
        }


def reported(preset):
    return preset.tv[1] != "half-squares"


def run(preset, weights, content, style, start, dtype):
    with torch.no_grad():
        objective = Objective(preset, weights, content.to(dtype) / 255, style.to(dtype) / 255, dtype)
    x = objective.encode(start.to(dtype) / 255).requires_grad_()
    record = {"loss": [], "content": [], "style": [], "tv": []}

    def closure():
        optimizer.zero_grad()
        parts = objective(x)
        sum(parts.values()).backward()
        values = {name: float(torch.as_tensor(part).detach()) for name, part in parts.items()}
        values["loss"] = sum(value for name, value in values.items() if name != "tv" or reported(preset))
        for name, value in values.items():
            record[name].append(value)
        return values["loss"]

    if preset.history:
        optimizer = torch.optim.LBFGS(
            [x], lr=1, max_iter=EVALUATIONS, history_size=preset.history, tolerance_grad=-1, tolerance_change=-1
        )
        optimizer.step(closure)
    else:
        optimizer = torch.optim.Adam([x], lr=0.02, betas=(0.9, preset.beta2), eps=1e-8)
        for _ in range(EVALUATIONS):
            optimizer.step(closure)
            with torch.no_grad():
                x.clamp_(0, 1)
    assert len(record["loss"]) == EVALUATIONS
    return record


def well_on_the_way(weights, content, style):
    """The content after some steps, to 8 bits."""
    objective = Objective(PRESETS["gatys2016"], weights, content / 255, style / 255, torch.float32)
    x = objective.encode(content / 255).requires_grad_()
    optimizer = torch.optim.Adam([x], lr=5.0)
    for _ in range(STEPS_BEFORE):
        optimizer.zero_grad()
        sum(objective(x).values()).backward()
        optimizer.step()
    return (from_caffe(x.detach()).clamp(0, 1) * 255).round().to(torch.uint8)


def image_of(planes):
    return Image.fromarray(planes[0].permute(1, 2, 0).contiguous().numpy())


def deviations(found, expected):
    return [float(f"{abs(a / b - 1):.2g}") for a, b in zip(found["loss"], expected["loss"], strict=True)]


def picture(source, box, size):
    return Image.open(SAMPLES / source).convert("RGB").resize(size, Image.Resampling.LANCZOS, box=box)


def planes(image):
    data = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8)
    return data.reshape(image.height, image.width, 3).permute(2, 0, 1)[None].contiguous()


def main():
    options = arguments(__doc__)
    images = {
        "content": picture("content/chelsea.jpg", (60, 0, 435, 300), (80, 64)),
        "style": picture("style/night-hills.jpg", (140, 0, 680, 607.5), (64, 72)),
    }
    for name, image in images.items():
        image.save(options.out / f"{name}.png", optimize=True)
    content, style = planes(images["content"]), planes(images["style"])
    start = well_on_the_way(options.weights, content.float(), style.float())
    image_of(start).save(options.out / "start.png", optimize=True)
    size, style_size = max(images["content"].size), max(images["style"].size)
    common = {
        "size": size,
        "min_size": size,
        "size_rule": "long",
        "style_size": style_size,
        "iterations": EVALUATIONS,
        "initial_iterations": EVALUATIONS,
        "strength": 0.5,
    }
    runs = [(name, preset, content, "content") for name, preset in PRESETS.items()]
    runs += [(f"{name}-on", preset, start, "image") for name, preset in PRESETS.items() if preset.history]
    presets = {}
    for name, preset, begin, init in runs:
        single, double = (run(preset, options.weights, content, style, begin, t) for t in (torch.float32, torch.float64))
        own = {"lbfgs_history": preset.history} if preset.history else {"beta2": preset.beta2}
        presets[name] = {
            "preset": name.removesuffix("-inverse").removesuffix("-on"),
            "optimizer": "lbfgs" if preset.history else "adam",
            "settings": {**common, "init": init, **own},
            "tv_reported": reported(preset),
            "single": single,
            "double": double,
            "deviation": deviations(single, double),
        }
        worst = max(presets[name]["deviation"])
        print(f"{name:18} {double['loss'][0]:.6g} -> {double['loss'][-1]:.6g}; single precision off by {worst:.1e}")
    lyapunov, inverse = presets["crowsonkb"], presets["crowsonkb-inverse"]
    inverse["apart"] = deviations(inverse["double"], lyapunov["double"])
    print(f"crowsonkb: the gradient's form makes {max(inverse['apart']):.1e}")
    document = {"content": "content.png", "style": "style.png", "start": "start.png", "evaluations": EVALUATIONS, "presets": presets}
    text = json.dumps(document, allow_nan=False).replace('{"preset"', '\n{"preset"')
    (options.out / "runs.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
