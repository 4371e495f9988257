"""scikit-learn's and scikit-image's segmentation beside scumble's, in one run.

    cargo build --release -p scumble-region --example segments
    python reference/region/peers_segments.py target/release/examples/segments PICTURE... [--rounds 5]
        [--parts kmeans,slic,truth]

prints, as medians of rounds in which the programs take turns,

* k-means at k = 8 of each picture: seconds of KMeans(n_init=10) on colours in Oklab (single precision, made before),
  seconds of scumble from the picture to the labels, and J of both on the same values: scumble's is computed here from its
  labels
* SLIC of each picture at 1000 regions: seconds of both from the picture to the labels
* on synthetic truth: boundary recall and under-segmentation error of SLIC, SNIC (beside scikit-image's SLIC) and Felzenszwalb's
  method, means over some pictures; for each side and noise with the compactness of COMPACTNESSES that has the least error

Both sides use all cores they can. Needs scikit-learn, scikit-image, Pillow.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import mean, median

import numpy as np
from PIL import Image
from skimage.segmentation import felzenszwalb, slic
from sklearn.cluster import KMeans

from measures import boundary_recall, undersegmentation, voronoi

CLUSTERS, SUPERPIXELS, COMPACTNESS = 8, 1000, 25.0
# Number, size, cells and noise of the synthetic pictures.
COMPACTNESSES = (10.0, 20.0, 40.0, 80.0)
PICTURES, WIDTH, HEIGHT, CELLS, NOISES = 6, 400, 300, 60, (4.0, 10.0, 20.0)


class Scumble:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, picture, method, params, rounds=1):
        """What it tells, and the labels."""
        out = self.folder / "labels"
        command = [self.program, "time", picture, method, json.dumps(params), str(rounds), out]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        height, width = np.asarray(Image.open(picture)).shape[:2]
        return told, np.fromfile(out, "<u4").reshape(height, width)

    def oklab(self, picture):
        out = self.folder / "oklab"
        subprocess.run([self.program, "oklab", picture, out], check=True)
        return np.ascontiguousarray(np.fromfile(out, "<f4").reshape(3, -1).T)


def timed(work):
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def objective(points, labels):
    """J of a division, in double precision."""
    points, labels = points.astype(np.float64), labels.ravel()
    sizes = np.bincount(labels)
    means = np.stack([np.bincount(labels, points[:, c]) / sizes for c in range(3)], axis=1)
    return float(((points - means[labels]) ** 2).sum())


def kmeans(scumble, pictures, rounds):
    print(f"k-means, k = {CLUSTERS}     scikit-learn s   scumble s   ratio    J scikit-learn    J scumble   excess %")
    for picture in pictures:
        points = scumble.oklab(picture)
        theirs, ours, best, own = [], [], np.inf, 0
        for number in range(rounds):
            seconds, found = timed(lambda: KMeans(CLUSTERS, n_init=10, random_state=number).fit(points))
            theirs.append(seconds)
            best = min(best, objective(points, found.labels_))
            params = {"clusters": CLUSTERS, "position": 0, "texture": 0, "seed": number}
            told, labels = scumble.run(picture, "kmeans", params, 2)
            ours.append(told["seconds"][-1])
            own = max(own, objective(points, labels))
        name = Path(picture).stem
        ratio, excess = median(theirs) / median(ours), 100 * (own / best - 1)
        print(f"{name:20} {median(theirs):14.3f} {median(ours):11.4f} {ratio:7.1f} {best:17.3f} {own:12.3f} {excess:10.3f}")
    print("J scikit-learn is the least, J scumble the greatest of all rounds.\n")


def superpixels(scumble, pictures, rounds):
    print(f"SLIC, {SUPERPIXELS} regions     scikit-image s   scumble s   ratio     SNIC s   ratio     regions")
    for picture in pictures:
        rgb = np.asarray(Image.open(picture).convert("RGB"))
        theirs, ours, snic = [], [], []
        for _ in range(rounds):
            seconds, labels = timed(
                lambda: slic(rgb, n_segments=SUPERPIXELS, compactness=10.0, start_label=0))
            theirs.append(seconds)
            params = {"count": SUPERPIXELS, "compactness": COMPACTNESS}
            told, own = scumble.run(picture, "slic", params | {"rounds": 10}, 3)
            ours.append(median(told["seconds"]))
            snic.append(median(scumble.run(picture, "snic", params, 3)[0]["seconds"]))
        base, counts = median(theirs), (labels.max() + 1, own.max() + 1)
        print(f"{Path(picture).stem:20} {base:16.4f} {median(ours):11.4f} {base / median(ours):7.1f} "
              f"{median(snic):10.4f} {base / median(snic):7.1f}   {counts[0]}, {counts[1]}")
    print()


def truth(scumble, folder):
    print("synthetic truth    noise   method         compactness   regions   recall   under-segmentation   (scikit-image; scumble)")
    for noise in NOISES:
        rows = {}
        for seed in range(PICTURES):
            rgb, right = voronoi(np.random.default_rng(seed), WIDTH, HEIGHT, CELLS, noise)
            path = folder / "voronoi.png"
            Image.fromarray(rgb).save(path)
            divisions = {
                ("Felzenszwalb", "theirs", 0): felzenszwalb(rgb, scale=300, sigma=0.8, min_size=50),
                ("Felzenszwalb", "ours", 0): scumble.run(path, "graph", {"scale": 300.0, "sigma": 0.8, "min_area": 50.0})[1],
            }
            for compactness in COMPACTNESSES:
                params = {"count": 300, "compactness": compactness}
                peer = slic(rgb, n_segments=300, compactness=compactness, start_label=0)
                divisions["SLIC", "theirs", compactness] = peer
                divisions["SLIC", "ours", compactness] = scumble.run(path, "slic", params | {"rounds": 10})[1]
                divisions["SNIC", "theirs", compactness] = peer
                divisions["SNIC", "ours", compactness] = scumble.run(path, "snic", params)[1]
            for key, labels in divisions.items():
                row = (len(np.unique(labels)), boundary_recall(labels, right), undersegmentation(labels, right))
                rows.setdefault(key, []).append(row)
        means = {key: [mean(row[i] for row in values) for i in range(3)] for key, values in rows.items()}
        for method in ("SLIC", "SNIC", "Felzenszwalb"):
            best = [min((means[key][2], key) for key in means if key[:2] == (method, side))[1] for side in ("theirs", "ours")]
            a, b = (means[key] for key in best)
            print(f"{noise:23.0f}   {method:12} {best[0][2]:6.0f};{best[1][2]:5.0f} {a[0]:6.0f};{b[0]:4.0f}   "
                  f"{a[1]:.4f};{b[1]:.4f}   {a[2]:.4f};{b[2]:.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("pictures", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default="kmeans,slic,truth")
    args = parser.parse_args()
    parts = args.parts.split(",")
    with tempfile.TemporaryDirectory() as folder:
        scumble = Scumble(args.program, Path(folder))
        if "kmeans" in parts:
            kmeans(scumble, args.pictures, args.rounds)
        if "slic" in parts:
            superpixels(scumble, args.pictures, args.rounds)
        if "truth" in parts:
            truth(scumble, Path(folder))


if __name__ == "__main__":
    main()
