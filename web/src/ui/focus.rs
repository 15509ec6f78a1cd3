//! Where the keyboard is, and names for things in the page.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
    static TO_HEADING: Cell<bool> = const { Cell::new(false) };
}

/// An id no other element has.
pub fn new_id(kind: &str) -> String {
    let count = COUNT.get() + 1;
    COUNT.set(count);
    format!("{kind}-{count}")
}

/// Something nobody else ever makes, for `Idempotency-Key`.
pub fn random_key() -> String {
    match window().crypto() {
        Ok(crypto) => crypto.random_uuid(),
        // Whole numbers only: writing fractions takes 10 KB of code.
        Err(_) => format!("{}-{}", js_sys::Date::now() as u64, (js_sys::Math::random() * 1e15) as u64),
    }
}

/// Moves the keyboard to what a selector finds first, once the view is up to date.
pub fn to(selector: String) {
    request_animation_frame(move || {
        if let Some(element) = find(&selector) {
            drop(element.focus());
        }
    });
}

/// Moves the keyboard to an element.
pub fn to_id(id: &str) {
    to(format!("#{id}"));
}

/// To the first field that is wrong, else to what the form says.
pub fn first_invalid(form: String) {
    // Two frames: the first draws the errors.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let scope =
                if find("dialog[open]").is_some() { "dialog[open]".to_owned() } else { format!("#{form}") };
            let field = find(&format!("{scope} [aria-invalid=true]"));
            let notice = || find(&format!("{scope} .notice"));
            let Some(element) = field.or_else(notice) else { return };
            // A group is wrong as a whole: its first control takes the keyboard.
            let within = || element.query_selector("input, select, button").ok().flatten()?.dyn_into().ok();
            let target: Option<HtmlElement> =
                if element.tab_index() < 0 && !element.has_attribute("tabindex") { within() } else { None };
            drop(target.unwrap_or(element).focus());
        });
    });
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The next page's heading gets the keyboard, so that people who do not see the page know it is another.
pub fn expect_heading() {
    TO_HEADING.set(true);
    // Where the heading stayed, because only a part of the page changed or it was there first, it is waited for in vain.
    request_animation_frame(|| {
        request_animation_frame(|| {
            if TO_HEADING.get()
                && let Some(heading) = find("main .detail-heading").or_else(|| find("main h1"))
            {
                TO_HEADING.set(false);
                drop(heading.focus());
            }
        });
    });
}

/// Whether a heading that appears now should get the keyboard; at most one does per navigation.
pub fn heading_expected() -> bool {
    TO_HEADING.replace(false)
}

/// Scrolls an element into sight, no further than needed.
pub fn scroll_to_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// What has the keyboard.
pub fn active() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Gives the keyboard back, unless something else took it meanwhile.
pub fn back_to(element: Option<HtmlElement>) {
    request_animation_frame(move || {
        let lost = active().is_none_or(|active| active.tag_name() == "BODY");
        if let Some(element) = element.filter(|element| lost && element.is_connected()) {
            drop(element.focus());
        }
    });
}

/// After a list changed: what had the keyboard keeps it; if it is gone, its surroundings get it.
pub fn keep_or(before: Option<HtmlElement>, id: &'static str) {
    request_animation_frame(move || {
        let Some(before) = before else { return };
        if before.is_connected() || active().is_some_and(|active| active.tag_name() != "BODY") {
            return;
        }
        if let Some(element) = find(&format!("#{id}")) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            drop(element.focus_with_options(&options));
        }
    });
}
