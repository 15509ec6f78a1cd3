//! Dialogs: the browser's own, so that the keyboard stays inside, Escape closes and focus returns.

use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

use super::button::IconButton;
use super::focus;
use super::icon::Shape;
use crate::i18n::t;
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

/// A dialog that is there while `open`. Its content is made anew each time it opens.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    /// Runs when someone closes it.
    #[prop(into)]
    on_close: Callback<()>,
    #[prop(into)] title: String,
    #[prop(optional)] wide: bool,
    /// For what cannot be put off, such as signing in again.
    #[prop(optional)]
    insistent: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let title = StoredValue::new(title);
    return_focus(open);
    let open = Memo::new(move |_| open.get());
    live(move || {
        open.get().then(|| {
            modal(
                open,
                on_close,
                title.get_value(),
                wide,
                insistent,
                children.with_value(|children| children()),
            )
        })
    })
}

fn modal(
    open: Memo<bool>,
    on_close: Callback<()>,
    title: String,
    wide: bool,
    insistent: bool,
    content: AnyView,
) -> AnyView {
    let element = NodeRef::<DialogElement>::new();
    let title_id = focus::new_id("dialog");
    let labelled_by = title_id.clone();
    let show = move |dialog: Option<HtmlDialogElement>| {
        if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
            drop(dialog.show_modal());
        }
    };
    watch(move || show(element.get()));
    // The browser tells of a close later than of a key that opens the dialog again. So whoever closes it is told at once, and not once more.
    let told = StoredValue::new(false);
    let close = move || {
        told.set_value(true);
        on_close.run(());
        if let Some(dialog) = element.get_untracked() {
            dialog.close();
        }
    };
    let button = (!insistent).then(
        || html! { <IconButton shape=Shape::Close label=t!(common.close) on_click=move |()| close()/> },
    );
    html! {
        <dialog
            node_ref=element
            class=if wide { "dialog dialog--wide" } else { "dialog" }
            aria-labelledby=labelled_by
            on:cancel=move |event: web_sys::Event| {
                // A file's picker in a dialog would tell in the same way that nothing was picked.
                if event.target() != event.current_target() {
                    return;
                }
                event.prevent_default();
                if !insistent {
                    close();
                }
            }
            on:close=move |_| match told.try_update_value(std::mem::take) {
                // It is gone.
                None => {}
                // The browser lets a second Escape close it all the same.
                Some(false) if !insistent => on_close.run(()),
                Some(true) if !open.get_untracked() => {}
                Some(_) => show(element.get_untracked()),
            }
        >
            <header class="dialog__header">
                <h2 id=title_id>{title}</h2>
                {button}
            </header>
            <div class="dialog__body">{content}</div>
        </dialog>
    }
}

/// The keyboard goes back to where it was, also when the dialog closes because its work is done.
fn return_focus(open: Signal<bool>) {
    let before = StoredValue::new_local(None);
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if is_open && was_open != Some(true) {
            before.set_value(focus::here());
        } else if !is_open && was_open == Some(true) {
            focus::back_to(before.try_update_value(Option::take).flatten());
        }
        is_open
    });
}
