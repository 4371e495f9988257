"""The losses, written from the formulas. Feature maps are [C, H, W]; N channels, M positions.

Sources: Gatys, Ecker & Bethge 2016 (Gram, content); neural-style, neural-style-pt, style-transfer-pytorch (their
normalisations, total variation, Wasserstein-2); Galerne et al. (means and deviations). Works in any precision.
"""

import torch
import torch.nn.functional as F

W2_EPSILON = 1e-4
W2_ITERATIONS = 12


# ---- statistics ----


def gram(f, norm):
    m = f.flatten(1)
    divisor = {"positions": m.shape[1], "elements": m.numel(), "none": 1}[norm]
    return m @ m.T / divisor


def moments(f):
    """Mean over positions and raw second moment F Fᵀ / M."""
    m = f.flatten(1)
    return m.mean(1), m @ m.T / m.shape[1]


def blend(weights, statistics):
    """Weighted sum of statistics, each a tensor or a tuple of tensors."""
    if isinstance(statistics[0], tuple):
        return tuple(blend(weights, list(column)) for column in zip(*statistics))
    return sum(w * s for w, s in zip(weights, statistics))


def scaled(difference):
    return difference.square().sum() / (difference.abs().sum() + 1e-8)


# ---- style ----


def gram_loss(f, target, norm, reduction):
    difference = gram(f, norm) - target
    reduce = {"mean": lambda d: d.square().mean(), "sum": lambda d: d.square().sum(), "scaled": scaled}
    return reduce[reduction](difference)


def mean_std_loss(f, target):
    """Population deviation, from the raw second moment's diagonal."""
    (mean, second), (target_mean, target_second) = moments(f), target
    deviation = (second.diagonal() - mean.square()).sqrt()
    target_deviation = (target_second.diagonal() - target_mean.square()).sqrt()
    return (mean - target_mean).square().mean() + (deviation - target_deviation).square().mean()


def root_eigen(a):
    values, vectors = torch.linalg.eigh(a)
    return vectors * values.clamp_min(0).sqrt() @ vectors.T


def root_newton_schulz(a):
    norm = a.square().sum().sqrt()
    identity = torch.eye(a.shape[0], dtype=a.dtype)
    y, z = a / norm, identity
    for _ in range(W2_ITERATIONS):
        t = (3 * identity - z @ y) / 2
        y, z = y @ t, t @ z
    return y * norm.sqrt()


class _RootLyapunov(torch.autograd.Function):
    """The Newton-Schulz root whose gradient solves the Lyapunov equation by as many coupled iterations."""

    @staticmethod
    def forward(ctx, a):
        root = root_newton_schulz(a)
        ctx.save_for_backward(root)
        return root

    @staticmethod
    def backward(ctx, gradient):
        (root,) = ctx.saved_tensors
        norm = root.square().sum().sqrt()
        identity = torch.eye(root.shape[0], dtype=root.dtype)
        a, q = root / norm, gradient / norm
        for _ in range(W2_ITERATIONS):
            e = 3 * identity - a @ a
            q, a = (q @ e - a.T @ (a.T @ q - q @ a)) / 2, a @ e / 2
        return q / 2


root_lyapunov = _RootLyapunov.apply


def covariance(statistics):
    mean, second = statistics
    return second - torch.outer(mean, mean) + W2_EPSILON * torch.eye(len(mean), dtype=mean.dtype)


def wasserstein_loss(f, target, root):
    """`root` of a product of three matrices, that of the target's own covariance kept fixed."""
    current = moments(f)
    c, c_target = covariance(current), covariance(target)
    half = root(c_target).detach()
    cross = root(half @ c @ half)
    return (current[0] - target[0]).square().mean() + (c_target + c - 2 * cross).diagonal().mean()


def wasserstein_exact(f, target):
    """By the eigenvalues alone: the trace of the root is the sum of their roots, which autograd
    differentiates safely where eigenvalues coincide."""
    current = moments(f)
    c, c_target = covariance(current), covariance(target)
    half = root_eigen(c_target)
    cross = torch.linalg.eigvalsh(half @ c @ half).sqrt().sum()
    distance = (current[0] - target[0]).square().mean()
    return distance + (c_target.trace() + c.trace() - 2 * cross) / len(c)


# ---- content ----


def content_loss(f, target, form):
    difference = f - target
    if form == "mse":
        return difference.square().mean()
    return difference.square().sum() / 2 if form == "half-sum" else scaled(difference)


# ---- total variation of a picture [3, H, W] ----


def total_variation(x, form):
    right = x[:, :, 1:] - x[:, :, :-1]
    down = x[:, 1:] - x[:, :-1]
    if form == "mean-squares":
        # The last row and column are compared with their own repetition.
        return (right.square().sum() + down.square().sum()) / x.numel()
    if form == "absolute-sum":
        return right.abs().sum() + down.abs().sum()
    if form == "half-squares":
        return (right[:, :-1].square().sum() + down[:, :, :-1].square().sum()) / 2
    p = F.pad(x[None], (1, 1, 1, 1), mode="replicate")[0]
    right = p[:, 1:-1, 2:] - p[:, 1:-1, 1:-1]
    down = p[:, 2:, 1:-1] - p[:, 1:-1, 1:-1]
    falling = p[:, 1:, 1:] - p[:, :-1, :-1]
    rising = p[:, 1:, :-1] - p[:, :-1, 1:]
    mean = lambda d: d.square().mean()
    return 2 * ((mean(right) + mean(down)) / 3 + (mean(falling) + mean(rising)) / 12)
