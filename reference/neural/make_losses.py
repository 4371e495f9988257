"""Values and gradients of every loss on small fixed tensors, in double precision.

    python reference/neural/make_losses.py

writes into data/

* losses.safetensors  f64: the inputs (`current`, `content`, `style_a`, `style_b`, `wide_current`, `wide_style`,
                      `picture`) and `grad.<case>`, the gradient with respect to the case's first input
* losses.json         the cases: name, inputs, settings, value

Cases `blend` take style_a and style_b with weights 0.7 and 0.3, applied to the Gram matrices, or to the means and raw
second moments. The `wide` maps have more channels than positions, as the deep layers of small pictures: their
covariances are singular but for the epsilon. There twelve Newton-Schulz iterations do not reach the root, and the three
forms of the Wasserstein distance part:

* exact            sum of the roots of the eigenvalues; gradient by autograd
* newton-schulz    twelve iterations; autograd through all of them
* lyapunov         twelve iterations; gradient from the Lyapunov equation, as style-transfer-pytorch does it

The gradients are checked against central differences here, except that of `lyapunov`, which is no value's gradient.
"""

import json

import torch

import losses
from vgg import arguments, write

WEIGHTS = (0.7, 0.3)
GRAM_NORMS = ("positions", "elements", "none")
REDUCTIONS = ("mean", "sum", "scaled")
ROOTS = {"newton-schulz": losses.root_newton_schulz, "lyapunov": losses.root_lyapunov}


def features(generator, c, h, w, mixed):
    """Rectified and correlated, like activations."""
    noise = torch.randn(c, h * w, generator=generator, dtype=torch.float64)
    return (mixed @ noise + 0.6).relu().reshape(c, h, w)


def inputs():
    generator = torch.Generator().manual_seed(11)
    draw = lambda *shape: torch.randn(*shape, generator=generator, dtype=torch.float64)
    mix = torch.eye(6, dtype=torch.float64) + 0.4 * draw(6, 6)
    mix_b = 1.3 * torch.eye(6, dtype=torch.float64) + 0.5 * draw(6, 6)
    wide = torch.eye(20, dtype=torch.float64) + 0.2 * draw(20, 20)
    return {
        "current": features(generator, 6, 5, 7, mix),
        "content": features(generator, 6, 5, 7, mix),
        "style_a": features(generator, 6, 4, 9, mix_b),
        "style_b": features(generator, 6, 6, 5, mix),
        "wide_current": features(generator, 20, 3, 4, wide),
        "wide_style": features(generator, 20, 4, 4, wide + 0.3),
        "picture": torch.rand(3, 6, 8, generator=generator, dtype=torch.float64),
    }


def style_cases(t):
    """(name, input, settings, function)"""
    sources = {
        "single": ("current", ("style_a",), (1.0,)),
        "blend": ("current", ("style_a", "style_b"), WEIGHTS),
        "wide": ("wide_current", ("wide_style",), (1.0,)),
    }
    for source, (current, styles, weights) in sources.items():
        common = {"input": current, "styles": list(styles), "weights": list(weights)}
        maps = [t[name] for name in styles]
        for norm in GRAM_NORMS:
            target = losses.blend(weights, [losses.gram(f, norm) for f in maps])
            for reduction in REDUCTIONS:
                yield (
                    f"gram.{norm}.{reduction}.{source}",
                    {"kind": "gram", "gram_norm": norm, "reduction": reduction, **common},
                    lambda f, target=target, norm=norm, reduction=reduction: losses.gram_loss(f, target, norm, reduction),
                )
        target = losses.blend(weights, [losses.moments(f) for f in maps])
        settings = {"kind": "mean-std", **common}
        yield f"mean-std.{source}", settings, lambda f, target=target: losses.mean_std_loss(f, target)
        settings = {"kind": "wasserstein", "form": "exact", **common}
        yield f"wasserstein.exact.{source}", settings, lambda f, target=target: losses.wasserstein_exact(f, target)
        for form, root in ROOTS.items():
            settings = {"kind": "wasserstein", "form": form, **common}
            yield (
                f"wasserstein.{form}.{source}",
                settings,
                lambda f, target=target, root=root: losses.wasserstein_loss(f, target, root),
            )


def other_cases(t):
    for form in ("mse", "scaled-mse", "half-sum"):
        settings = {"kind": "content", "form": form, "input": "current", "content": "content"}
        yield f"content.{form}", settings, lambda f, form=form: losses.content_loss(f, t["content"], form)
    for form in ("nine-point", "mean-squares", "absolute-sum", "half-squares"):
        settings = {"kind": "tv", "form": form, "input": "picture"}
        yield f"tv.{form}", settings, lambda x, form=form: losses.total_variation(x, form)


def gradient(function, at):
    leaf = at.clone().requires_grad_()
    value = function(leaf)
    return value.item(), torch.autograd.grad(value, leaf)[0]


def worst_difference(function, at, grad, step):
    """Largest deviation from central differences, relative to the largest entry of the gradient."""
    worst = 0.0
    for i in range(at.numel()):
        shift = torch.zeros(at.numel(), dtype=at.dtype)
        shift[i] = step
        shift = shift.reshape(at.shape)
        slope = (function(at + shift) - function(at - shift)).item() / (2 * step)
        worst = max(worst, abs(slope - grad.flatten()[i].item()))
    return worst / grad.abs().max().item()


def main():
    options = arguments(__doc__)
    t = inputs()
    tensors, records = dict(t), []
    for name, settings, function in [*style_cases(t), *other_cases(t)]:
        value, grad = gradient(function, t[settings["input"]])
        if "lyapunov" not in name:
            # The roots of eigenvalues of 1e-8 are only known to 1e-10, which a smaller step would magnify.
            step = 1e-4 if name.startswith("wasserstein") and name.endswith("wide") else 1e-6
            difference = worst_difference(function, t[settings["input"]], grad, step)
            assert difference < 2e-6, f"{name}: gradient off by {difference}"
        tensors[f"grad.{name}"] = grad
        records.append({"name": name, **settings, "value": value})
    write(tensors, options.out / "losses.safetensors")
    (options.out / "losses.json").write_text(json.dumps(records, indent=1) + "\n")
    for source in ("single", "blend", "wide"):
        exact = tensors[f"grad.wasserstein.exact.{source}"]
        value = {r["name"]: r["value"] for r in records}
        for form in ROOTS:
            name = f"wasserstein.{form}.{source}"
            error = (tensors[f"grad.{name}"] - exact).abs().max() / exact.abs().max()
            relative = value[name] / value[f"wasserstein.exact.{source}"] - 1
            print(f"{name}: value {relative:+.1e}, gradient {error.item():.1e} from exact")


if __name__ == "__main__":
    main()
