//! A file from someone's computer: chosen, or dropped on the field.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::focus;
use super::icon::{Icon, Shape};
use crate::i18n::t;
use crate::ui::html::html;

const MEGABYTE: f64 = 1024.0 * 1024.0;

/// A file as it was when it was chosen, whatever becomes of it on the computer meanwhile.
#[derive(Debug, Clone)]
pub struct ChosenFile {
    pub name: String,
    pub bytes: Arc<Vec<u8>>,
}

/// A field for one file of at most `most` MB. `on_file` runs for each that is chosen, also when it is the same one again:
/// that is how a mended file comes back.
#[component]
pub fn FileInput(
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    /// Which kinds of file the browser offers.
    accept: &'static str,
    most: u32,
    on_file: Callback<ChosenFile>,
) -> impl IntoView {
    let id = focus::new_id("file");
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let error = RwSignal::new(None::<String>);
    // Of two that are chosen quickly the last one counts, whichever is read first.
    let latest = StoredValue::new(0_u32);
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The field forgets it, or choosing the same file again would not be a change.
        input.set_value("");
        let number = latest.get_value() + 1;
        latest.set_value(number);
        if file.size() > f64::from(most) * MEGABYTE {
            return error.set(Some(t!(file.too_large, size = most)));
        }
        error.set(None);
        spawn_local(async move {
            let chosen = read(file).await;
            if latest.try_get_value() != Some(number) {
                return;
            }
            match chosen {
                Some(file) => drop(on_file.try_run(file)),
                None => drop(error.try_set(Some(t!(file.unreadable).to_owned()))),
            }
        });
    };
    let described_by = {
        let (hint, error_id) = (hint_id.clone(), error_id.clone());
        move || if error.with(Option::is_some) { format!("{hint} {error_id}") } else { hint.clone() }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    html! {
        <div class="field">
            <p class="field__hint" id=hint_id>{hint}</p>
            <div class="file">
                <input id=id.clone() type="file" class="file__input" accept=accept aria-describedby=described_by
                    aria-invalid=invalid on:change=choose/>
                <span class="button button--primary" aria-hidden="true">
                    <Icon shape=Shape::Upload/>
                    {label.clone()}
                </span>
                <span class="faint wide-only" aria-hidden="true">{t!(file.drop)}</span>
                <label class="visually-hidden" for=id>{label}</label>
            </div>
            <div role="alert">
                {move || error.get().map(|text| {
                    let error_id = error_id.clone();
                    html! {
                        <p class="field__error" id=error_id>
                            <Icon shape=Shape::Warning/>
                            {text}
                        </p>
                    }
                })}
            </div>
        </div>
    }
}

async fn read(file: File) -> Option<ChosenFile> {
    let content = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = Arc::new(js_sys::Uint8Array::new(&content).to_vec());
    Some(ChosenFile { name: file.name(), bytes })
}
