//! A list over everything else: no dialog grows for it, and no table or dialog that scrolls cuts it off.

use leptos::prelude::*;
use web_sys::HtmlElement;

/// Between the field and the list, and between the list and the edge of the screen, in pixels.
const GAP: f64 = 4.0;
/// The least room below the field that will do, when there is more above it.
const ENOUGH: f64 = 200.0;

/// Shows the list at its field, and keeps it there as long as it is in the page.
pub(super) fn show(list: HtmlElement, field: HtmlElement) {
    drop(list.show_popover());
    follow(list, field);
}

fn follow(list: HtmlElement, field: HtmlElement) {
    if !list.is_connected() {
        return;
    }
    place(&list, &field);
    // What scrolls may be anything around it, and what moves it anything above it.
    request_animation_frame(move || follow(list, field));
}

fn place(list: &HtmlElement, field: &HtmlElement) {
    let screen = document().document_element().map_or(0.0, |root| f64::from(root.client_height()));
    let at = field.get_bounding_client_rect();
    let (above, below) = (at.top() - 2.0 * GAP, screen - at.bottom() - 2.0 * GAP);
    let (edge, other, offset, room) = if below >= ENOUGH || below >= above {
        ("top", "bottom", at.bottom() + GAP, below)
    } else {
        ("bottom", "top", screen - at.top() + GAP, above)
    };
    for (property, value) in
        [(edge, offset), ("left", at.left()), ("width", at.width()), ("--room", room.max(0.0))]
    {
        // Whole pixels: writing fractions takes 10 KB of code.
        drop(list.style().set_property(property, &format!("{}px", value as i32)));
    }
    drop(list.style().set_property(other, "auto"));
}
