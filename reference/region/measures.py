"""Pictures whose right division is known, and how well another one fits it. For make_segments.py and peers_segments.py."""

import numpy as np

# Björn Ottosson (2020), "A perceptual color space for image processing".
TO_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                     [0.2119034982, 0.6806995451, 0.1073969566],
                     [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                   [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])


def oklab(rgb):
    """Of 8-bit sRGB, in double precision."""
    v = rgb / 255.0
    light = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    return np.cbrt(light @ TO_CONES.T) @ TO_LAB.T


def voronoi(rng, width, height, sites, noise):
    """An 8-bit picture of Voronoi cells, each of a random colour, with normal noise; and which cell each pixel is of."""
    x, y = rng.uniform(0, width, sites), rng.uniform(0, height, sites)
    rows, columns = np.mgrid[0:height, 0:width]
    truth = np.argmin((columns[..., None] + 0.5 - x) ** 2 + (rows[..., None] + 0.5 - y) ** 2, axis=2)
    colours = rng.uniform(40, 215, (sites, 3))
    picture = colours[truth] + rng.normal(0, noise, (height, width, 3))
    return np.clip(np.round(picture), 0, 255).astype(np.uint8), truth.astype(np.uint32)


def borders(labels):
    """Whether the right or the lower neighbour is of another region."""
    out = np.zeros(labels.shape, bool)
    out[:, :-1] |= labels[:, :-1] != labels[:, 1:]
    out[:-1] |= labels[:-1] != labels[1:]
    return out


def boundary_recall(labels, truth, reach=2):
    """The share of right borders with a border at most `reach` pixels away along x and y."""
    found = np.pad(borders(labels), reach)
    height, width = labels.shape
    near = np.zeros(labels.shape, bool)
    for dy in range(2 * reach + 1):
        for dx in range(2 * reach + 1):
            near |= found[dy:dy + height, dx:dx + width]
    right = borders(truth)
    return near[right].mean()


def undersegmentation(labels, truth):
    """Neubert and Protzel (2012): 1/N sum over overlaps of min(|P in S|, |P outside S|)."""
    pairs, common = np.unique(labels.astype(np.uint64) << np.uint64(32) | truth, return_counts=True)
    parts, index = np.unique(pairs >> np.uint64(32), return_inverse=True)
    sizes = np.zeros(len(parts))
    np.add.at(sizes, index, common)
    return np.minimum(common, sizes[index] - common).sum() / labels.size
