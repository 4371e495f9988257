//! The palette: night blues and teals, ochre and yellow lights, vermilion for accents.

pub const INK: u32 = 0x0b1230;
pub const PRUSSIAN: u32 = 0x10244f;
pub const ULTRAMARINE: u32 = 0x213c9c;
pub const COBALT: u32 = 0x2f66bd;
pub const CERULEAN: u32 = 0x4d9acb;
pub const TEAL: u32 = 0x1d7283;
pub const TURQUOISE: u32 = 0x79c2bc;
pub const MIST: u32 = 0xd3e6d2;
pub const VIOLET: u32 = 0x554a96;
pub const MAUVE: u32 = 0x9d86b0;
pub const CREAM: u32 = 0xfdf4cf;
pub const LEMON: u32 = 0xf9e077;
pub const CADMIUM: u32 = 0xf3b22c;
pub const OCHRE: u32 = 0xc8862a;
pub const RUST: u32 = 0x9a4224;
pub const VERMILION: u32 = 0xdb3f2a;
pub const OLIVE: u32 = 0x6c7430;
pub const SAP: u32 = 0x2d5f41;
pub const BOTTLE: u32 = 0x0f2f31;
pub const UMBER: u32 = 0x2b2026;
