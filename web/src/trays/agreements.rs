//! How a team picks up work (G4), beside its tray.

use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::bits::Prose;
use crate::ui::html::{html, live};

#[component]
pub fn Agreements(#[prop(into)] text: Signal<String>) -> impl IntoView {
    live(move || {
        let text = text.get();
        (!text.is_empty()).then(|| {
            html! {
                <details class="agreements">
                    <summary>{t!(trays.agreements)}</summary>
                    <Prose text/>
                </details>
            }
        })
    })
}
