//! Where the keyboard is, and names for things in the page.

mod keep;

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use keep::{back_to, guard, here};

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
            let scope = dialog().map_or_else(|| find(&format!("#{form}")), Some);
            let Some(scope) = scope else { return };
            let target = within(&scope, "[aria-invalid=true]").map(control_of);
            if let Some(element) = target.or_else(|| within(&scope, ".notice")) {
                drop(element.focus());
            }
        });
    });
}

/// To the first field of a form.
pub fn first_field(form: &str) {
    to(format!("#{form} :is(input, select, textarea)"));
}

/// To the first field of what is in front: the dialog, else the page of who is not signed in.
pub fn front_field() {
    request_animation_frame(|| {
        let front = dialog().or_else(|| find(".lone"));
        if let Some(field) = front.and_then(|front| within(&front, "form input")) {
            drop(field.focus());
        }
    });
}

/// A group is wrong as a whole: its first control takes the keyboard.
fn control_of(element: HtmlElement) -> HtmlElement {
    if element.tab_index() >= 0 || element.has_attribute("tabindex") {
        return element;
    }
    within(&element, "input, select, button").unwrap_or(element)
}

/// The dialog in front of everything else; an open dialog may hold another.
fn dialog() -> Option<HtmlElement> {
    let open = document().query_selector_all("dialog[open]").ok()?;
    open.get(open.length().checked_sub(1)?)?.dyn_into().ok()
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn within(element: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    element.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The next heading that appears gets the keyboard, so that people who do not see the page know it is another.
pub fn expect_heading() {
    TO_HEADING.set(true);
    keep::check();
}

/// Gives the keyboard to a heading that appears now, if it is expected; at most one gets it per navigation.
pub fn arrive(heading: &str) {
    if !TO_HEADING.replace(false) {
        return;
    }
    let selector = format!("#{heading}");
    // As soon as it is in the page: who goes on at once starts from there.
    queue_microtask(move || match find(&selector) {
        Some(heading) => drop(heading.focus()),
        None => to(selector),
    });
}

/// Where the heading stayed, because only a part of the page changed or it was there first, it is waited for in vain.
/// What is still loading brings its own.
fn settle_for_heading() {
    if find("main .loading").is_some() {
        return;
    }
    let heading =
        ["main .detail-heading", "main h1", "main .notice"].iter().find_map(|selector| find(selector));
    if let Some(heading) = heading {
        TO_HEADING.set(false);
        drop(heading.focus());
    }
}

/// Scrolls an element into sight, no further than needed.
pub fn scroll_to_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
