//! A button that gets a file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::Spinner;
use super::icon::{Icon, Shape};
use crate::app::use_root;
use crate::i18n::t;
use crate::ui::html::html;

/// Gets the file at `path` (below `/v1`) as it is when pressed, and hands it to the browser. `filename` counts where the
/// server gives no name.
#[component]
pub fn DownloadButton(
    #[prop(into)] path: Signal<String>,
    #[prop(into)] label: String,
    filename: &'static str,
) -> impl IntoView {
    let root = use_root();
    let busy = RwSignal::new(false);
    let download = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let path = path.get_untracked();
        spawn_local(async move {
            let outcome = root.api().download(path, filename).await;
            busy.try_set(false);
            match outcome {
                Ok(file) => {
                    file.keep();
                    root.toasts.done(t!(common.downloaded, name = file.name.as_str()));
                }
                Err(failure) => root.toasts.problem(failure.detail()),
            }
        });
    };
    html! {
        <button type="button" class="button" aria-disabled=move || busy.get().then_some("true") on:click=download>
            {move || if busy.get() { html! { <Spinner/> } } else { html! { <Icon shape=Shape::Download/> } }}
            {label}
        </button>
    }
}
