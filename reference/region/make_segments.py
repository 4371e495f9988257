"""Numbers the tests of segmentation compare with.

    python reference/region/make_segments.py

writes, beside this script,

* voronoi.png, voronoi-truth.png   a picture of Voronoi cells with noise, and which cell each pixel is of
* segments.json
  * pictures   of five pictures under samples/: `kmeans`, J a pixel of the best of ten runs of scikit-learn's KMeans at
               k = 8, on Oklab in double precision; `otsu`, for 2, 3 and 4 classes, the last level of 256 of each class but the last one
  * voronoi    of scikit-image's SLIC and Felzenszwalb's method on that picture: parameters, regions, boundary recall within two
               pixels, under-segmentation error. Of SLIC's, the compactness of COMPACTNESSES with the least such error

Made with scikit-learn 1.9, scikit-image 0.26, NumPy 2.4, Pillow 13.0.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.filters import threshold_multiotsu
from skimage.segmentation import felzenszwalb, slic
from sklearn.cluster import KMeans

from measures import boundary_recall, oklab, undersegmentation, voronoi

HERE = Path(__file__).parent
SAMPLES = HERE / "../../samples"
# Those without a profile, which would have to be applied.
PICTURES = ["content/astronaut.jpg", "content/chelsea.jpg", "content/coffee.jpg", "style/night-hills.jpg",
            "style/woodcut-waves.jpg"]


COMPACTNESSES = (10.0, 20.0, 40.0, 80.0)


def measured(labels, truth):
    return {
        "regions": len(np.unique(labels)),
        "recall": round(float(boundary_recall(labels, truth)), 5),
        "undersegmentation": round(float(undersegmentation(labels, truth)), 5),
    }


def main():
    pictures = {}
    for name in PICTURES:
        rgb = np.asarray(Image.open(SAMPLES / name).convert("RGB"))
        points = oklab(rgb).reshape(-1, 3)
        best = KMeans(8, n_init=10, random_state=1).fit(points)
        luma = np.round(rgb.astype(np.float64) @ [0.299, 0.587, 0.114]).astype(np.uint8)
        otsu = {classes: threshold_multiotsu(luma, classes).tolist() for classes in (2, 3, 4)}
        pictures[name] = {"kmeans": best.inertia_ / len(points), "otsu": otsu}
        print(name, pictures[name])
    picture, truth = voronoi(np.random.default_rng(5), 160, 120, 24, 12.0)
    Image.fromarray(picture).save(HERE / "voronoi.png", optimize=True)
    Image.fromarray(truth.astype(np.uint8)).save(HERE / "voronoi-truth.png", optimize=True)
    superpixels = [{"n_segments": 120, "compactness": compactness} for compactness in COMPACTNESSES]
    superpixels = [params | measured(slic(picture, start_label=0, **params), truth) for params in superpixels]
    # Without smoothing, which is cut elsewhere, so that the same differences are compared.
    graph = {"scale": 300, "sigma": 0, "min_size": 50}
    peers = {
        "slic": min(superpixels, key=lambda params: params["undersegmentation"]),
        "felzenszwalb": graph | measured(felzenszwalb(picture, **graph), truth),
    }
    print(peers)
    (HERE / "segments.json").write_text(json.dumps({"pictures": pictures, "voronoi": peers}, indent=1) + "\n")


if __name__ == "__main__":
    main()
