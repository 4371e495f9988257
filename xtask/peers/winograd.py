"""What other forms of the convolution would cost in accuracy, and save in time.

    python winograd.py

Winograd's F(m x m, 3 x 3) in single precision, and with the factors of its products rounded to bf16, against the direct
convolution in double precision: 256 channels of ReLU'd noise, He's initialisation. Then the rate of plain matrix products
in both precisions. Needs torch.
"""

import time
from fractions import Fraction

import torch

CHANNELS = 256
SIDE = 48  # A multiple of 4 and 6, so that no tile is cut.


def transforms(m, points):
    """B^T, G, A^T of F(m, 3) at the points and infinity (Toom-Cook), as double precision tensors."""
    n = m + 2
    points = [Fraction(p) for p in points]
    assert len(points) == n - 1

    def product(roots):
        poly = [Fraction(1)]
        for r in roots:
            poly = [(poly[i - 1] if i else 0) - r * (poly[i] if i < len(poly) else 0) for i in range(len(poly) + 1)]
        return poly

    bt = [product([q for q in points if q != p]) for p in points]
    bt = [row + [Fraction(0)] * (n - len(row)) for row in bt] + [product(points)]
    scale = [Fraction(1)] * n
    for i, p in enumerate(points):
        for q in points:
            scale[i] *= p - q if q != p else 1
    g = [[p**k / s for k in range(3)] for p, s in zip(points, scale)] + [[0, 0, 1]]
    at = [[p**k for p in points] + [1 if k == m - 1 else 0] for k in range(m)]
    return [torch.tensor([[float(v) for v in row] for row in matrix], dtype=torch.float64) for matrix in (bt, g, at)]


def winograd(x, w, m, points, half):
    """The convolution of x [C, H + 2, W + 2] with w [K, C, 3, 3], in single precision."""
    bt, g, at = (t.float() for t in transforms(m, points))
    tiles = x.unfold(1, m + 2, m).unfold(2, m + 2, m)  # C, rows, columns, m + 2, m + 2
    v = torch.einsum("ai,crsij,bj->abcrs", bt, tiles, bt)
    u = torch.einsum("ai,kcij,bj->abkc", g, w, g)
    if half:
        u, v = u.bfloat16().float(), v.bfloat16().float()
    products = torch.einsum("abkc,abcrs->abkrs", u, v)
    out = torch.einsum("ma,abkrs,nb->krmsn", at, products, at)
    k, rows, _, columns, _ = out.shape
    return out.reshape(k, rows * m, columns * m)


def main():
    torch.manual_seed(0)
    x = torch.zeros(CHANNELS, SIDE + 2, SIDE + 2)
    x[:, 1:-1, 1:-1] = torch.randn(CHANNELS, SIDE, SIDE).relu()
    w = torch.randn(CHANNELS, CHANNELS, 3, 3) * (2 / (9 * CHANNELS)) ** 0.5
    exact = torch.nn.functional.conv2d(x[None].double(), w.double())[0]
    f4 = (4, [0, "3/4", "-3/4", "3/2", "-3/2"])
    f6 = (6, [0, "3/4", "-3/4", "3/2", "-3/2", "1/2", "-1/2"])
    f6_whole = (6, [0, 1, -1, 2, -2, "1/2", "-1/2"])
    print("largest error over largest value")
    for name, (m, points) in {"F(4x4)": f4, "F(6x6)": f6, "F(6x6), 0 1 2 1/2": f6_whole}.items():
        for half in (False, True):
            error = (winograd(x, w, m, points, half).double() - exact).abs().max() / exact.abs().max()
            print(f"  {name:<18} {'bf16' if half else 'f32':<5} {error:.1e}")
    for kind in ("f32", "bf16"):
        a, b = torch.randn(512, 512), torch.randn(512, 8192)
        if kind == "bf16":
            a, b = a.bfloat16(), b.bfloat16()
        seconds = []
        for _ in range(9):
            start = time.perf_counter()
            a @ b
            seconds.append(time.perf_counter() - start)
        print(f"products 512 x 512 x 8192 in {kind}: {2e-9 * 512 * 512 * 8192 / sorted(seconds)[4]:.0f} GFLOP/s")


if __name__ == "__main__":
    main()
