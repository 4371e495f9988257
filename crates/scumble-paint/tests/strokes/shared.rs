//! What all of them keep to.

use scumble_core::Fault;
use scumble_image::{Canvas, metrics};
use scumble_paint::draw;
use scumble_paint::painters::{Adaptive, Hatch, Moments, Painter, catch_up};
use scumble_paint::painting::{Brush, Painting};

use crate::common::picture;
use crate::{adaptive, hatch, moments};

/// The painters with their usual parameters.
pub fn all(picture: &Canvas) -> Vec<Box<dyn Painter>> {
    vec![
        Box::new(Adaptive::new(picture, None, adaptive::params()).unwrap()),
        Box::new(Moments::new(picture, None, moments::params()).unwrap()),
        Box::new(Hatch::new(picture, None, hatch::params()).unwrap()),
    ]
}

/// Paints to the end.
pub fn finish(painter: &mut (impl Painter + ?Sized)) -> Painting {
    while painter.step().unwrap().is_some() {}
    painter.painting().clone()
}

/// The painting with even paint in place of its brushes.
pub fn drawn(mut painting: Painting, width: usize, height: usize) -> Canvas {
    painting.brushes.iter_mut().for_each(|brush| *brush = Brush::solid());
    draw(&painting, width, height).unwrap()
}

#[test]
fn threads_do_not_matter() {
    let source = picture(90, 64);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| all(&source).iter_mut().map(|p| finish(&mut **p).to_json().unwrap()).collect::<Vec<_>>())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn odd_pictures_are_painted() {
    let clear = picture(20, 10).with_alpha(Some(vec![0.0; 200])).unwrap();
    let flat = Canvas::filled(30, 20, [0.3, 0.6, 0.9]);
    for picture in [picture(1, 1), picture(1, 300), picture(300, 1), picture(2, 3), flat, clear] {
        for painter in &mut all(&picture) {
            let painting = finish(&mut **painter);
            painting.check().unwrap();
            drawn(painting, 9, 40);
        }
    }
}

#[test]
fn reports_are_of_the_drawing() {
    let source = picture(90, 64);
    for painter in &mut all(&source) {
        let mut last = None;
        while let Some(report) = painter.step().unwrap() {
            assert_eq!(report.strokes, painter.painting().strokes.len());
            last = Some(report);
        }
        let psnr = metrics::psnr(&drawn(painter.painting().clone(), 90, 64), &source).unwrap();
        let reported = last.unwrap().psnr;
        assert!((psnr - reported).abs() < 0.1, "{psnr} dB drawn, {reported} dB reported");
    }
}

#[test]
fn a_kept_painting_is_continued() {
    let source = picture(90, 64);
    let straight = finish(&mut Adaptive::new(&source, None, adaptive::params()).unwrap());
    let mut kept = straight.clone();
    kept.strokes.truncate(straight.strokes.len() * 2 / 3);
    let mut painter = Adaptive::new(&source, None, adaptive::params()).unwrap();
    catch_up(&mut painter, &kept).unwrap();
    assert!(painter.painting().strokes.len() < straight.strokes.len());
    assert_eq!(finish(&mut painter), straight);

    kept.strokes[5].alpha = 0.5;
    let mut painter = Adaptive::new(&source, None, adaptive::params()).unwrap();
    assert_eq!(catch_up(&mut painter, &kept).unwrap_err().fault(), Fault::Input);
}

/// On black and on white ground the pictures are the same up to the tenth that may shine through.
#[test]
fn the_ground_is_covered() {
    let source = picture(120, 90);
    let mut painters = all(&source);
    for painter in painters.iter_mut().take(2) {
        let painting = finish(&mut **painter);
        assert!(painting.strokes.iter().all(|stroke| stroke.alpha == 1.0));
        let on = |ground: f32| drawn(Painting { background: [ground; 3], ..painting.clone() }, 120, 90);
        let (black, white) = (on(0.0), on(1.0));
        let most = black.rgb().iter().zip(white.rgb()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(most < 0.101, "{most}");
    }
}
