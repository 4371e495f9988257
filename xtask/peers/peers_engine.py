"""PyTorch's side of `cargo xtask peers engine`: the same layers and the same step, in either memory layout.

    python peers_engine.py serve --weights models/vgg19-conv5_1-q8.safetensors --threads 2
    python peers_engine.py peak --weights ... --threads 2 --content C.png --style S.png --layout contiguous

`serve` reads requests, one JSON object a line, and answers each with one; so that the programs can take turns without the
interpreter's start. `peak` says what one step takes of memory. Needs torch, numpy, safetensors and opencv.

The step is the value and the gradient, for the pixels, of `gatys2016` with total variation: content at relu4_2, Gram
matrices at relu1_1 to relu5_1. ReLUs work in place, as neural-style-pt has them: that is PyTorch's fastest.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from peers_neural import CONTENT, CONVOLUTIONS, POOLINGS, STYLE, network_input, read_picture, read_weights

LAYOUTS = {"contiguous": torch.contiguous_format, "channels-last": torch.channels_last}
CONTENT_WEIGHT, STYLE_WEIGHT, TV_WEIGHT = 1.0, 1000.0, 1e-3


def features(weights, x):
    taps = {}
    for n in range(CONVOLUTIONS[-1] + 1):
        if n in weights:
            x = F.relu(F.conv2d(x, *weights[n], padding=1), inplace=True)
            if n in (CONTENT, *STYLE):
                taps[n] = x
        elif n in POOLINGS:
            x = F.max_pool2d(x, 2)
    return taps


def gram(f):
    m = f[0].flatten(1)
    return m @ m.T / m.numel()


class Objective:
    def __init__(self, weights, content, style, layout):
        memory_format = LAYOUTS[layout]
        place = lambda x: x.contiguous(memory_format=memory_format)
        self.weights = {n: (place(kernel), bias) for n, (kernel, bias) in weights.items()}
        content, self.start = place(network_input(content)), place(network_input(style))
        with torch.no_grad():
            self.content = features(self.weights, content)[CONTENT].clone()
            taps = features(self.weights, self.start)
            self.grams = {n: gram(taps[n]) for n in STYLE}
            # A start that is neither: their mean.
            self.start = place((self.start + content) / 2)

    def step(self):
        x = self.start.detach().requires_grad_()
        taps = features(self.weights, x)
        loss = CONTENT_WEIGHT * F.mse_loss(taps[CONTENT], self.content)
        for n in STYLE:
            loss = loss + STYLE_WEIGHT * F.mse_loss(gram(taps[n]), self.grams[n])
        across, down = (x[..., :, 1:] - x[..., :, :-1]), (x[..., 1:, :] - x[..., :-1, :])
        loss = loss + TV_WEIGHT * (across.abs().sum() + down.abs().sum())
        (gradient,) = torch.autograd.grad(loss, x)
        return loss.item(), gradient


class Server:
    def __init__(self, weights):
        self.weights = weights
        self.made = {}

    def once(self, key, make):
        if self.made.get("key") != key:
            self.made = {"key": key, "value": make()}
        return self.made["value"]

    def layer(self, inputs, outputs, side, layout):
        """Convolution, bias and ReLU, then the gradient for the input."""

        def make():
            place = lambda *shape: torch.randn(*shape).contiguous(memory_format=LAYOUTS[layout])
            return (
                place(1, inputs, side, side).requires_grad_(),
                place(outputs, inputs, 3, 3),
                torch.randn(outputs),
                place(1, outputs, side, side),
            )

        x, kernel, bias, gradient = self.once(("layer", inputs, outputs, side, layout), make)
        before = time.perf_counter()
        y = F.relu(F.conv2d(x, kernel, bias, padding=1), inplace=True)
        torch.autograd.grad(y, x, gradient)
        return {"seconds": time.perf_counter() - before}

    def step(self, content, style, layout):
        make = lambda: Objective(self.weights, read_picture(Path(content)), read_picture(Path(style)), layout)
        objective = self.once(("step", content, style, layout), make)
        before = time.perf_counter()
        loss, _ = objective.step()
        return {"seconds": time.perf_counter() - before, "loss": loss}


def command_serve(options):
    server = Server(read_weights(options.weights))
    for line in sys.stdin:
        request = json.loads(line)
        answer = getattr(server, request.pop("do"))(**request)
        print(json.dumps(answer), flush=True)


def command_peak(options):
    content, style = read_picture(options.content), read_picture(options.style)
    objective = Objective(read_weights(options.weights), content, style, options.layout)
    status = Path("/proc/self/status").read_text()
    resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    # What making the targets took does not count.
    Path("/proc/self/clear_refs").write_text("5")
    objective.step()
    status = Path("/proc/self/status").read_text()
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    print(json.dumps({"before_kib": int(resident), "peak_kib": int(peak)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run in (("serve", command_serve), ("peak", command_peak)):
        sub = commands.add_parser(name)
        sub.set_defaults(run=run)
        sub.add_argument("--weights", type=Path, required=True)
        sub.add_argument("--threads", type=int, default=1)
        if name == "peak":
            sub.add_argument("--content", type=Path, required=True)
            sub.add_argument("--style", type=Path, required=True)
            sub.add_argument("--layout", choices=LAYOUTS, default="contiguous")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.run(options)


if __name__ == "__main__":
    main()
