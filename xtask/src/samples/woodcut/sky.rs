//! The sky: a red sun, rays carved all around it, and bars of cloud.

use super::print::Ink;
use crate::samples::geometry::{Vec2, smoothstep, vec2};
use crate::samples::noise;

const SUN: Vec2 = vec2(330.0, 158.0);
const RADIUS: f32 = 84.0;

/// A bar of cloud with round ends: left, right, height of its axis, half its thickness (pixels).
struct Cloud(f32, f32, f32, f32);

const CLOUDS: [Cloud; 7] = [
    Cloud(-40.0, 190.0, 92.0, 13.0),
    Cloud(60.0, 290.0, 116.0, 11.0),
    Cloud(390.0, 640.0, 196.0, 12.0),
    Cloud(300.0, 520.0, 218.0, 10.0),
    Cloud(560.0, 810.0, 62.0, 14.0),
    Cloud(500.0, 700.0, 86.0, 10.0),
    Cloud(-30.0, 120.0, 236.0, 11.0),
];

/// The flat ink of the sky at `p`.
pub fn colour(p: Vec2) -> Ink {
    if cloud(p) < 0.0 {
        return Ink::Paper;
    }
    let r = (p - SUN).length();
    if r < RADIUS {
        return Ink::Vermilion;
    }
    if let Some(number) = ray(p) {
        return if number % 2 == 0 { Ink::Sand } else { Ink::Pale };
    }
    if dusk(p) {
        return Ink::Sand;
    }
    // Dark above, as if wiped off the block downwards.
    let wiped = smoothstep(150.0, -30.0, p.y) + 0.22 * (noise::fractal(900, vec2(p.x * 0.2, p.y), 24.0) - 0.5);
    if wiped > 0.6 { Ink::Blue } else { Ink::Paper }
}

/// Whether the key block prints in the sky at `p`.
pub fn key(p: Vec2) -> bool {
    let cloud = cloud(p);
    if cloud < 2.0 {
        let swell = 1.0 + noise::line(910, p.x / 30.0);
        return cloud.abs() < 1.0 * swell || (cloud + 5.5).abs() < 0.45 * swell;
    }
    let r = (p - SUN).length();
    if (r - RADIUS).abs() < 1.5 {
        return true;
    }
    if needle(p) {
        return true;
    }
    // Level lines in the upper dark, swelling and dying away.
    let row = (p.y / 8.5).floor();
    let life = noise::line(920 + row as u64, p.x / 70.0);
    let share = 0.55 * smoothstep(120.0, 0.0, p.y) * smoothstep(0.3, 0.7, life);
    r > RADIUS + 8.0 && (p.y / 8.5 - row - 0.5).abs() < 0.5 * share
}

/// The number of the sun's ray that passes through `p`, if one does.
fn ray(p: Vec2) -> Option<u32> {
    /// Rays around the sun.
    const COUNT: f32 = 44.0;
    let arm = p - SUN;
    let r = arm.length();
    let turn = arm.angle() / std::f32::consts::TAU + 0.5;
    let place = turn * COUNT + 0.25 * (noise::line(930, r / 60.0) - 0.5);
    let number = place.floor().rem_euclid(COUNT);
    // Short warm rays between long cool ones.
    let long = number % 2.0;
    let from = RADIUS + 12.0 + 16.0 * long;
    let until = 170.0 + 150.0 * long + (60.0 + 300.0 * long) * noise::line(940, number * 3.7);
    let share = smoothstep(from, from + 50.0, r) * smoothstep(until, until - 110.0, r);
    ((place - place.floor() - 0.5).abs() < 0.34 * share).then_some(number as u32)
}

/// Whether a thin dark line, carved towards the sun, passes through `p`.
fn needle(p: Vec2) -> bool {
    const COUNT: f32 = 132.0;
    let arm = p - SUN;
    let r = arm.length();
    let place = (arm.angle() / std::f32::consts::TAU + 0.5) * COUNT;
    let number = place.floor().rem_euclid(COUNT);
    let from = RADIUS + 70.0 + 150.0 * noise::line(960, number * 5.3);
    let length = 50.0 + 150.0 * noise::line(970, number * 4.1);
    let along = (r - from) / length;
    let swell = (4.0 * along * (1.0 - along)).max(0.0);
    // Half its width in pixels, against the distance from its axis.
    (place - place.floor() - 0.5).abs() * std::f32::consts::TAU * r / COUNT < 1.25 * swell
}

/// Level strips of warm ink low in the sky, closer together towards the sea.
fn dusk(p: Vec2) -> bool {
    const PITCH: f32 = 9.0;
    let place = p.y / PITCH + 0.6 * noise::line(980, p.x / 120.0);
    let row = place.floor();
    let life = noise::line(990 + row as u64, p.x / 85.0);
    let share = 0.75 * smoothstep(225.0, 350.0, p.y) * smoothstep(0.2, 0.7, life);
    (place - row - 0.5).abs() < 0.5 * share
}

/// Signed distance to the nearest cloud, negative inside.
fn cloud(p: Vec2) -> f32 {
    let distance = |Cloud(left, right, y, half): &Cloud| {
        let nearest = vec2(p.x.clamp(*left, *right), *y);
        // Thick where the bar's own noise says, thin towards its ends.
        let middle = 1.0 - (2.0 * (nearest.x - left) / (right - left) - 1.0).powi(2);
        let bulge = 0.35 + 0.5 * middle + 0.9 * noise::line(950 + *y as u64, p.x / 34.0);
        (p - nearest).length() - half * bulge
    };
    CLOUDS.iter().map(distance).fold(f32::INFINITY, f32::min)
}
