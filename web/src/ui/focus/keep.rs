//! The keyboard is never lost. What one just used may go away: a task that was claimed, a step that was closed, a
//! dialog's opener. Then something near it gets the keyboard, and the next Tab goes on from there.

use std::cell::{Cell, RefCell};

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit, Node};

use super::{TO_HEADING, dialog, find, settle_for_heading};

thread_local! {
    static LAST: RefCell<Option<Place>> = const { RefCell::new(None) };
    static CHECKING: Cell<bool> = const { Cell::new(false) };
}

/// Where the keyboard is or was.
#[derive(Debug, Clone)]
pub struct Place {
    element: HtmlElement,
    /// What it is in, from near to far, and which child of that it is in. Told when it is there: what is gone cannot
    /// say where it was.
    around: Vec<(Element, u32)>,
}

impl Place {
    fn of(element: HtmlElement) -> Self {
        let mut around = Vec::new();
        let mut child: Element = element.clone().into();
        while let Some(parent) = child.parent_element() {
            let mut position = 0;
            let mut before = child.previous_element_sibling();
            while let Some(sibling) = before {
                position += 1;
                before = sibling.previous_element_sibling();
            }
            around.push((parent.clone(), position));
            child = parent;
        }
        Self { element, around }
    }

    fn is_there(&self) -> bool {
        self.element.is_connected()
    }

    /// What is near: in a list, the item that came in its place; else the heading it was under.
    fn nearest(&self) -> Option<HtmlElement> {
        let (near, position) = self.around.iter().find(|(element, _)| element.is_connected())?;
        let root = dialog().or_else(|| find("main"))?;
        let near = if root.contains(Some(near)) { near } else { &root };
        item(near, *position).or_else(|| heading(&root, near))
    }
}

/// What can be used in an item of a list, or in the last when there are fewer now.
fn item(list: &Element, position: u32) -> Option<HtmlElement> {
    if !["TBODY", "UL", "OL"].contains(&list.tag_name().as_str()) {
        return None;
    }
    let items = list.children();
    let item = items.item(position.min(items.length().checked_sub(1)?))?;
    item.query_selector("a[href], button, input, select, textarea").ok().flatten()?.dyn_into().ok()
}

/// The first heading in `near`, else the last one before it.
fn heading(root: &HtmlElement, near: &Element) -> Option<HtmlElement> {
    let all = root.query_selector_all("h1, h2, h3, h4").ok()?;
    let mut before = None;
    for position in 0..all.length() {
        let Some(heading) = all.get(position).and_then(|heading| heading.dyn_into::<HtmlElement>().ok())
        else {
            continue;
        };
        // Not drawn.
        if heading.offset_width() == 0 {
            continue;
        }
        let inside = near.contains(Some(&heading));
        let after = heading.compare_document_position(near) & Node::DOCUMENT_POSITION_PRECEDING != 0;
        if inside || !after || before.is_none() {
            before = Some(heading);
        }
        if inside || after {
            break;
        }
    }
    let heading = before?;
    // A heading that opens what is under it.
    let button = heading.query_selector("button, a").ok().flatten().and_then(|button| button.dyn_into().ok());
    if button.is_none() && !heading.has_attribute("tabindex") {
        drop(heading.set_attribute("tabindex", "-1"));
    }
    button.or(Some(heading))
}

fn active() -> Option<HtmlElement> {
    let active: HtmlElement = document().active_element()?.dyn_into().ok()?;
    (active.tag_name() != "BODY").then_some(active)
}

/// Where the keyboard is now.
pub fn here() -> Option<Place> {
    active().map(Place::of)
}

/// Gives the keyboard back, unless something else took it meanwhile.
pub fn back_to(place: Option<Place>) {
    if let Some(place) = place {
        LAST.set(Some(place.clone()));
        request_animation_frame(move || {
            if active().is_none() && place.is_there() {
                drop(place.element.focus());
            }
        });
        check();
    }
}

/// Looks, once the view is up to date, whether the keyboard is where it should be.
pub(super) fn check() {
    if CHECKING.replace(true) {
        return;
    }
    // Two frames: whoever knows better where it belongs moves it in the first.
    request_animation_frame(|| {
        request_animation_frame(|| {
            CHECKING.set(false);
            if TO_HEADING.get() {
                return settle_for_heading();
            }
            if active().is_some() {
                return;
            }
            let lost = LAST.with_borrow(|last| last.as_ref().filter(|last| !last.is_there()).cloned());
            if let Some(element) = lost.and_then(|place| place.nearest()) {
                drop(element.focus());
            }
        });
    });
}

/// Watches over the keyboard as long as the app runs.
pub fn guard() {
    // It stays as long as the page does.
    drop(window_event_listener(ev::focusin, |event| {
        let element: Option<HtmlElement> = event.target().and_then(|target| target.dyn_into().ok());
        // Who puts a message away goes back to where they were.
        if let Some(element) =
            element.filter(|element| element.closest(".toasts").is_ok_and(|toasts| toasts.is_none()))
        {
            LAST.set(Some(Place::of(element)));
        }
    }));
    // Who clicks beside everything left on purpose.
    drop(window_event_listener(ev::pointerup, |_| {
        request_animation_frame(|| {
            if active().is_none() && LAST.with_borrow(|last| last.as_ref().is_some_and(Place::is_there)) {
                LAST.set(None);
            }
        });
    }));
    let changed = Closure::<dyn Fn()>::new(|| {
        let lost = || LAST.with_borrow(|last| last.as_ref().is_some_and(|last| !last.is_there()));
        if TO_HEADING.get() || lost() {
            check();
        }
    });
    if let (Ok(observer), Some(body)) =
        (MutationObserver::new(changed.as_ref().unchecked_ref()), document().body())
    {
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        drop(observer.observe_with_options(&body, &what));
    }
    changed.forget();
}
