//! How a team picks up work (G4), beside its tray.

use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::bits::Prose;

#[component]
pub fn Agreements(#[prop(into)] text: Signal<String>) -> impl IntoView {
    move || {
        let text = text.get();
        (!text.is_empty()).then(|| {
            view! {
                <details class="agreements">
                    <summary>{t!(trays.agreements)}</summary>
                    <Prose text/>
                </details>
            }
        })
    }
}
