//! The parameters that are one of a few names.

use schemars::JsonSchema;
pub use scumble_nn::{Padding, Pooling};
use serde::{Deserialize, Serialize};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    };
}

choice! {
    /// What `size` measures.
    SizeRule {
        /// The longer side.
        Long,
        /// The shorter side.
        Short,
        /// The side of a square of the same area.
        Area,
    }
}

choice! {
    /// Rounding of a side to whole pixels.
    Rounding {
        /// To the nearest (crowsonkb).
        Nearest,
        /// Up (neural-style).
        Up,
        /// Down (neural-style-pt).
        Down,
    }
}

choice! {
    /// Resampling filter; all widen when shrinking, so none aliases.
    Resample {
        /// Triangle filter.
        Bilinear,
        /// Catmull-Rom (a = -0.5).
        Bicubic,
        /// Lanczos with three lobes: the sharpest.
        Lanczos,
    }
}

choice! {
    /// What the first scale starts from.
    Init {
        /// The content picture.
        Content,
        /// Normal noise of deviation 0.001 around the mean colour in caffe space (neural-style).
        Random,
        /// Flat mid-grey with uniform noise of one grey level.
        Gray,
        /// Uniform noise.
        Uniform,
        /// Normal noise around mid-grey, deviation 0.25, inside 0 to 1.
        Normal,
        /// Noise with the mean and variance of the styles' colours.
        StyleStats,
        /// The picture given as init image.
        Image,
    }
}

choice! {
    /// Space of the optimised pixels.
    PixelSpace {
        /// sRGB values from 0 to 1, clamped after each Adam step.
        Unit,
        /// BGR from 0 to 255 less the mean colour, unbounded (neural-style-pt, Gatys).
        #[serde(rename = "caffe-255")]
        #[schemars(rename = "caffe-255")]
        Caffe255,
        /// BGR times 256 less the mean colour, unbounded (neural-style).
        #[serde(rename = "caffe-256")]
        #[schemars(rename = "caffe-256")]
        Caffe256,
    }
}

choice! {
    /// Form of the content loss between features F and P with N channels and M positions.
    ContentLoss {
        /// Mean of squared differences.
        Mse,
        /// Sum of squared over sum of absolute differences (crowsonkb 2021).
        ScaledMse,
        /// Half the sum of squared differences (Gatys et al. 2016, equation 1).
        HalfSum,
    }
}

choice! {
    /// Statistic compared by a style term.
    StyleKind {
        /// Gram matrices (Gatys et al. 2016).
        Gram,
        /// Wasserstein-2 distance between the Gaussians with the features' mean and covariance.
        Wasserstein,
        /// Per-channel mean and standard deviation, mean squared difference of each.
        MeanStd,
    }
}

choice! {
    /// What a Gram matrix is divided by.
    #[derive(Default)]
    GramNorm {
        /// The number of positions, H*W.
        #[default]
        Positions,
        /// The number of elements, C*H*W.
        Elements,
        /// Nothing.
        None,
    }
}

choice! {
    /// How a difference of Gram matrices becomes a number.
    #[derive(Default)]
    Reduction {
        /// Mean of squares over all C*C entries.
        #[default]
        Mean,
        /// Sum of squares.
        Sum,
        /// Sum of squares over sum of absolute values (crowsonkb 2021).
        Scaled,
    }
}

choice! {
    /// Form of the total-variation loss.
    TvLoss {
        /// Nine-point stencil, border repeated, mean (crowsonkb 2023).
        NinePoint,
        /// Mean of squared right and down differences (crowsonkb 2021).
        MeanSquares,
        /// Sum of absolute right and down differences (neural-style-pt).
        AbsoluteSum,
        /// Half the sum of squared right and down differences inside the border; as in
        /// neural-style it pulls on the picture but is left out of the reported loss.
        HalfSquares,
    }
}

choice! {
    /// Scaling of gradients.
    NormalizeGradients {
        /// None.
        Off,
        /// Each layer's feature gradient is divided by its L1 norm (neural-style).
        Layer,
        /// The weights are squared, which is what neural-style-pt's flag does.
        PtCompat,
    }
}

choice! {
    /// Optimiser.
    OptimizerKind {
        /// Adam with an average of the iterates, warm-started from scale to scale.
        Adam,
        /// L-BFGS without line search.
        Lbfgs,
    }
}

choice! {
    /// Colour handling (Gatys et al. 2017, section 5).
    ColorMode {
        /// The style's colours come along.
        None,
        /// The content's colours are put back at the end.
        LumaAfter,
        /// Style transfer on luminance alone.
        Luma,
        /// The style is recoloured to the content first: symmetric root of covariances.
        MatchPca,
        /// The same by Cholesky factors.
        MatchChol,
        /// The same by optimal transport between Gaussians.
        MatchSym,
        /// The same by matching each channel's histogram.
        MatchHistogram,
    }
}
