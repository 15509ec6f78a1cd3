//! A QR code as an image that a page shows without asking for anything.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::problem::{Outcome, Problem};

/// The white around it that scanners need, in modules.
const MARGIN: i32 = 4;

/// An SVG image as a `data:` URI, black on white in every theme.
pub fn image(text: &str) -> Outcome<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(Problem::internal)?;
    let size = code.size();
    let whole = size + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let from = x;
            while x < size && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                write!(path, "M{},{}h{}v1h-{}z", from + MARGIN, y + MARGIN, x - from, x - from)
                    .map_err(Problem::internal)?;
            }
            x += 1;
        }
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0,0h{whole}v{whole}h-{whole}z\"/><path d=\"{path}\"/></svg>"
    );
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_small_image_with_a_margin() {
        let uri = format!("otpauth://totp/{}?secret=MZXW6YTB", "x".repeat(300));
        let image = image(&uri).unwrap();
        let svg = STANDARD.decode(image.strip_prefix("data:image/svg+xml;base64,").unwrap()).unwrap();
        let svg = String::from_utf8(svg).unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        assert!(svg.contains("d=\"M4,4h7v1h-7z"), "the first corner: {svg}");
        assert!(image.len() < 40_000, "{}", image.len());
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert!(image(&"x".repeat(5000)).is_err());
    }
}
