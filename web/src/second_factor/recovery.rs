//! The recovery codes, once: to copy, to keep as a file, to print. One goes on when they are kept.

use contract::FieldError;
use contract::validation::FieldCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::setting_up::step_heading;
use crate::app::use_root;
use crate::client::download::Download;
use crate::i18n::t;
use crate::ui::form::{CheckBox, Form, FormView, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

#[component]
pub fn RecoveryList(
    codes: Vec<String>,
    #[prop(into)] label: String,
    #[prop(into)] done: Callback<()>,
) -> impl IntoView {
    let root = use_root();
    let form = Form::new("");
    let kept = form.field("kept", false);
    let list = codes.iter().map(|code| html! { <li><code>{code.clone()}</code></li> }).collect_view();
    let text = StoredValue::new(codes.join("\n") + "\n");
    let copy = move |_| {
        let copied = JsFuture::from(window().navigator().clipboard().write_text(&text.get_value()));
        spawn_local(async move {
            match copied.await {
                Ok(_) => root.toasts.done(t!(second_factor.copied)),
                Err(_) => root.toasts.problem(t!(second_factor.not_copied)),
            }
        });
    };
    let keep = move |_| {
        let name = t!(second_factor.file_name).to_owned();
        let heading = t!(second_factor.file_heading);
        if let Some(file) = Download::text(name, &format!("{heading}\n\n{}", text.get_value())) {
            file.keep();
            root.toasts.done(t!(common.downloaded, name = file.name.as_str()));
        }
    };
    // Elsewhere the browser has no clipboard to offer.
    let copies = window().is_secure_context();
    let submit = move |()| {
        if kept.now() {
            return done.run(());
        }
        let detail = t!(second_factor.keep_first).to_owned();
        form.clear_notices();
        form.refuse(vec![FieldError { field: "kept".into(), code: FieldCode::Blank, detail }]);
    };
    let missing = live(move || {
        let errors = kept.errors();
        (!errors.is_empty()).then(|| {
            html! {
                <p class="field__error" id=format!("{}-error", kept.dom_id())>
                    <Icon shape=Shape::Warning/>
                    {errors.join(" ")}
                </p>
            }
        })
    });
    html! {
        <div class="setting-up">
            {step_heading(t!(second_factor.recovery_codes))}
            <p>{t!(second_factor.recovery_text)}</p>
            <ol class="recovery-codes">{list}</ol>
            <div class="buttons">
                <button type="button" class="button" on:click=keep>
                    <Icon shape=Shape::Download/>
                    {t!(second_factor.download)}
                </button>
                {copies.then(|| html! {
                    <button type="button" class="button" on:click=copy>{t!(second_factor.copy)}</button>
                })}
                <button type="button" class="button" on:click=|_| drop(window().print())>
                    {t!(second_factor.print)}
                </button>
            </div>
            <FormView form on_submit=submit class="form form--wide">
                <div>
                    <CheckBox field=kept label=t!(second_factor.kept)/>
                    {missing}
                </div>
                <div class="buttons"><SaveButton form label/></div>
            </FormView>
        </div>
    }
}
