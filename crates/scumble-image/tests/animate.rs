//! Moving pictures have their frames, their times and their colours.

use scumble_core::Result;
use scumble_image::{Animation, Canvas, Pace, animate};

const PACE: Pace = Pace { frame: 40, last: 2500 };

fn frames() -> Vec<Canvas> {
    let grey = |level: f32| Canvas::filled(20, 10, [level, level / 2.0, 1.0 - level]);
    [0.1, 0.5, 0.9].map(grey).to_vec()
}

fn encoded(format: Animation) -> Vec<u8> {
    let frames = frames();
    animate(format, PACE, 3, &frames[2], &mut frames.iter().cloned().map(Ok)).unwrap()
}

#[test]
fn an_animated_png_holds_every_frame_as_it_is() {
    let bytes = encoded(Animation::Apng);
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 3);
    for (i, frame) in frames().iter().enumerate() {
        let mut levels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut levels).unwrap();
        let delay = reader.info().frame_control().unwrap();
        assert_eq!(delay.delay_num, if i == 2 { PACE.last } else { PACE.frame });
        let wanted: Vec<u8> = frame.rgb().iter().map(|v| (v * 255.0).round() as u8).collect();
        assert!(levels == wanted, "frame {i}");
    }
}

#[test]
fn a_gif_shows_the_last_frame_in_its_own_colours() {
    let bytes = encoded(Animation::Gif);
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut reader = options.read_info(bytes.as_slice()).unwrap();
    let mut shown = Vec::new();
    while let Some(frame) = reader.read_next_frame().unwrap() {
        shown.push((frame.delay, frame.buffer.to_vec()));
    }
    assert_eq!(shown.iter().map(|(delay, _)| *delay).collect::<Vec<_>>(), [4, 4, 250]);
    let wanted = frames()[2].rgb()[..3].iter().map(|v| v * 255.0).collect::<Vec<_>>();
    let mean = |c: usize| shown[2].1.iter().skip(c).step_by(4).map(|v| f32::from(*v)).sum::<f32>() / 200.0;
    for (c, wanted) in wanted.iter().enumerate() {
        assert!((mean(c) - wanted).abs() < 8.0, "channel {c}: {} instead of {wanted}", mean(c));
    }
}

#[test]
fn frames_of_another_size_or_number_are_refused() {
    let frames = frames();
    let odd = Canvas::filled(5, 5, [0.0; 3]);
    for more in [odd, frames[0].clone()] {
        let mut all = frames.iter().cloned().chain([more]).map(Result::Ok);
        assert!(animate(Animation::Apng, PACE, 3, &frames[2], &mut all).is_err());
    }
}
