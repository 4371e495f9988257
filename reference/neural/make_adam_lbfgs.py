"""Iterates of torch's L-BFGS and Adam that the optimisers' tests compare with.

    python reference/neural/make_adam_lbfgs.py

writes data/optimisers.json: for each function, start and optimiser

* x, loss     the point at every evaluation and the value there, in double precision
* single      the same losses with torch in single precision, and `digits`: for each evaluation, the largest deviation of
              the single-precision point from the double-precision one, relative to the point's largest entry (null for zero)
* average     (Adam) the bias-corrected running mean, decay 0.99, of the points after each step, without the start

Functions

* rosenbrock  sum over i of k (x[i+1] - x[i]²)² + (1 - x[i])², n - 1 terms, from (-1.2, 1, -1.2, 1, ...). k is 100 as
              usual, or 1: without a line search the first steps on the usual one leap far, the gentle one converges
* quartic     sum of (i+1) (x[i] - 1)² + (x[i] - 1)⁴ / 4 plus the square of the sum of all (x[i] - 1): a bowl, from zero

L-BFGS: lr 1, no line search, tolerances off (-1), all evaluations in one call. Adam: lr 0.02, betas (0.9, 0.99), epsilon
1e-8.
"""

import json

import torch

from vgg import arguments

EVALUATIONS = 40
STEPS = 50
DECAY = 0.99


def rosenbrock(k):
    return lambda x: (k * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def quartic(x):
    d = x - 1
    weights = torch.arange(1, len(x) + 1, dtype=x.dtype)
    return (weights * d**2 + d**4 / 4).sum() + d.sum() ** 2


def valley(n):
    return [-1.2, 1.0] * (n // 2)


PROBLEMS = {
    "rosenbrock-2": (rosenbrock(100.0), valley(2), {"function": "rosenbrock", "k": 100.0}),
    "rosenbrock-10": (rosenbrock(100.0), valley(10), {"function": "rosenbrock", "k": 100.0}),
    "gentle-rosenbrock-2": (rosenbrock(1.0), valley(2), {"function": "rosenbrock", "k": 1.0}),
    "gentle-rosenbrock-10": (rosenbrock(1.0), valley(10), {"function": "rosenbrock", "k": 1.0}),
    "quartic-10": (quartic, [0.0] * 10, {"function": "quartic"}),
}


def lbfgs(function, start, history, dtype):
    x = torch.tensor(start, dtype=dtype, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [x], lr=1, max_iter=EVALUATIONS, history_size=history, tolerance_grad=-1, tolerance_change=-1
    )
    points, values = [], []

    def closure():
        optimizer.zero_grad()
        loss = function(x)
        loss.backward()
        points.append(x.detach().clone())
        values.append(loss.item())
        return loss

    optimizer.step(closure)
    return points, values, None


def adam(function, start, dtype):
    x = torch.tensor(start, dtype=dtype, requires_grad=True)
    optimizer = torch.optim.Adam([x], lr=0.02, betas=(0.9, 0.99), eps=1e-8)
    points, values, averages = [], [], []
    sum_, weight = torch.zeros_like(x), 0.0
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = function(x)
        loss.backward()
        points.append(x.detach().clone())
        values.append(loss.item())
        optimizer.step()
        sum_ = DECAY * sum_ + (1 - DECAY) * x.detach()
        weight = DECAY * weight + (1 - DECAY)
        averages.append((sum_ / weight).tolist())
    points.append(x.detach().clone())
    values.append(function(x).item())
    return points, values, averages


def main():
    options = arguments(__doc__)
    runs = []
    for problem, (function, start, description) in PROBLEMS.items():
        methods = {"adam": lambda dtype: adam(function, start, dtype)}
        for history in (3, 10, 100):
            methods[f"lbfgs-{history}"] = lambda dtype, history=history: lbfgs(function, start, history, dtype)
        for method, run in methods.items():
            points, values, averages = run(torch.float64)
            single_points, single_values, _ = run(torch.float32)
            digits = [
                ((b.double() - a).abs().max() / a.abs().max()).item() for a, b in zip(points, single_points, strict=True)
            ]
            name, _, history = method.partition("-")
            runs.append({
                "problem": problem,
                **description,
                "optimizer": name,
                **({"history": int(history)} if history else {}),
                "x": [p.tolist() for p in points],
                "loss": values,
                "single": {"loss": single_values, "digits": [float(f"{d:.2g}") if d == d else None for d in digits]},
                **({"average": averages} if averages else {}),
            })
            agreed = next((i for i, d in enumerate(digits) if d > 1e-3), len(digits))
            print(f"{problem:22} {method:10} {values[0]:.3g} -> {values[-1]:.3g}; f32 within 1e-3 for {agreed} evaluations")
    (options.out / "optimisers.json").write_text(json.dumps(runs).replace('{"problem"', '\n{"problem"') + "\n")


if __name__ == "__main__":
    main()
