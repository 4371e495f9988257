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

/// An even frame, one with a spot, one of another colour, the same again.
fn changes() -> Vec<Canvas> {
    let mut frames = frames();
    let mut spot = frames[0].clone();
    spot.rgb_mut()[3 * 67..3 * 68].fill(1.0);
    frames[1] = spot;
    frames.push(frames[2].clone());
    frames
}

fn levels(frame: &Canvas) -> Vec<u8> {
    frame.rgb().iter().map(|v| (v * 255.0).round() as u8).collect()
}

#[test]
fn an_animated_png_shows_every_frame_as_it_is() {
    let frames = changes();
    let bytes = animate(Animation::Apng, PACE, 4, &frames[3], &mut frames.iter().cloned().map(Ok)).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 4);
    let mut shown = vec![0; 600];
    for (i, frame) in frames.iter().enumerate() {
        let mut part = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut part).unwrap();
        let control = *reader.info().frame_control().unwrap();
        assert_eq!(control.delay_num, if i == 3 { PACE.last } else { PACE.frame });
        let width = info.width as usize;
        assert!(i != 1 || width < 20, "a spot alone is not a whole frame");
        let pixels = part.as_chunks::<4>().0[..width * info.height as usize].iter().enumerate();
        for (at, [r, g, b, _]) in pixels.filter(|(_, pixel)| pixel[3] == 255) {
            let (x, y) = (control.x_offset as usize + at % width, control.y_offset as usize + at / width);
            shown[3 * (20 * y + x)..][..3].copy_from_slice(&[*r, *g, *b]);
        }
        assert!(shown == levels(frame), "frame {i}");
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
fn an_animated_webp_shows_every_frame_as_it_is() {
    let frames = changes();
    let bytes = animate(Animation::WebP, PACE, 4, &frames[3], &mut frames.iter().cloned().map(Ok)).unwrap();
    let mut reader = image_webp::WebPDecoder::new(std::io::Cursor::new(&bytes)).unwrap();
    assert_eq!((reader.dimensions(), reader.num_frames()), ((20, 10), 4));
    for (i, frame) in frames.iter().enumerate() {
        let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
        let stays = reader.read_frame(&mut rgba).unwrap();
        assert_eq!(stays, u32::from(if i == 3 { PACE.last } else { PACE.frame }));
        let shown: Vec<u8> = rgba.chunks_exact(rgba.len() / 200).flat_map(|pixel| pixel[..3].to_vec()).collect();
        // This decoder rounds opaque pixels down when it lays them over others.
        assert!(shown.iter().zip(levels(frame)).all(|(a, b)| a.abs_diff(b) <= 1), "frame {i}");
    }
}

#[test]
fn frames_of_another_size_or_number_are_refused() {
    let frames = frames();
    let odd = Canvas::filled(5, 5, [0.0; 3]);
    let wrong = [vec![odd, frames[1].clone(), frames[2].clone()], frames[1..].to_vec(), changes()];
    for format in [Animation::Apng, Animation::Gif, Animation::WebP] {
        for frames in &wrong {
            let mut all = frames.iter().cloned().map(Result::Ok);
            assert!(
                animate(format, PACE, 3, &frames[frames.len() - 1], &mut all).is_err(),
                "{format:?}, {}",
                frames.len()
            );
        }
    }
}
