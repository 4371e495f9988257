//! Procrustes analysis of contours in the plane: how far two are apart when one may be moved, turned, scaled, mirrored and begun at
//! another point.
//!
//! Points are complex numbers. With both contours centred, `C = Σ conj(x_j) y_j`, `Ex = Σ |x_j|²`, the similarity
//! `s e^{iθ} = C / Ex` is the best, and leaves `Ey - |C|² / Ex` of `Ey` (Dryden & Mardia, "Statistical Shape Analysis", 1998,
//! ch. 3–4). [`Contour`] and [`Matcher`] find the best of all starting points and both handednesses by three short Fourier
//! transforms; [`mean`] is the mean shape of a class.
//!
//! `scipy.spatial.procrustes` gives as *disparity* the square of [`Match::distance`], and always allows reflection.

mod align;
mod contour;
mod matcher;
mod mean;

pub use align::{Match, Similarity, align};
pub use contour::Contour;
pub use matcher::Matcher;
pub use mean::{Mean, mean};
pub use rustfft::num_complex::Complex64;
