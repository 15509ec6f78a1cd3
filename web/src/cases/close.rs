//! How a case ends, and begins again (C9). It is never deleted.

use contract::{Case, CaseClosure, ResultTypeId};
use leptos::prelude::*;

use super::reason::{WithReason, Wording};
use crate::app::use_root;
use crate::client::cases;
use crate::i18n::{t, words};
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, RadioInput, SaveButton, SelectInput, TextArea};
use crate::ui::html::{html, live};

const WITH_RESULT: &str = "result";
const AS_ERROR: &str = "error";

/// The button, and the dialog that asks how.
#[component]
pub fn CloseCase(case: RwSignal<Case>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{t!(cases.close)}</button>
        <Dialog open on_close=move |()| open.set(false) title=t!(cases.close)>
            <CloseForm case open/>
        </Dialog>
    }
}

#[component]
fn CloseForm(case: RwSignal<Case>, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let (id, results) = case.with_untracked(|case| (case.header.id, case.result_types.clone()));
    let form = Form::new(format!("case:{id}:closure"));
    let how = form.field("how", WITH_RESULT.to_owned());
    let result = form.field("resultTypeId", String::new());
    let note = form.field("administrativeError", String::new());
    form.when_stale(move |current: Case| case.set(current));
    let with_result = Memo::new(move |_| how.get() == WITH_RESULT);
    let submit = move |()| {
        let with_result = with_result.get_untracked();
        let closure = CaseClosure {
            result_type_id: result.now().parse().ok().map(ResultTypeId).filter(|_| with_result),
            administrative_error: (!with_result).then(|| note.now()),
        };
        let version = case.with_untracked(|case| case.version);
        form.submit(
            closure,
            |closure| cases::close_case(id, version, closure),
            move |closed: Case| {
                root.toasts.done(t!(cases.closed, number = closed.header.number.as_str()));
                open.set(false);
                case.set(closed);
            },
        );
    };
    let results = std::iter::once((String::new(), t!(cases.choose_result).to_owned()))
        .chain(results.into_iter().map(|result| {
            let kept =
                result.retention.as_ref().map(|term| format!(", {}", words::term(term))).unwrap_or_default();
            let text = format!("{} ({}{kept})", result.name, words::archive_action(result.archive_action));
            (result.id.to_string(), text)
        }))
        .collect::<Vec<_>>();
    let results = StoredValue::new(results);
    let ways = vec![
        (WITH_RESULT.to_owned(), t!(cases.close_with_result).to_owned()),
        (AS_ERROR.to_owned(), t!(cases.close_as_error).to_owned()),
    ];
    let details = live(move || {
        if with_result.get() {
            html! { <SelectInput field=result label=t!(cases.result) options=results.get_value() hint=t!(cases.result_hint)/> }
        } else {
            html! { <TextArea field=note label=t!(cases.error_note) hint=t!(cases.error_hint) required=true/> }
        }
    });
    html! {
        <FormView form on_submit=submit class="form">
            <RadioInput field=how label=t!(cases.how) options=ways/>
            {details}
            <p class="faint">{t!(cases.close_text)}</p>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form label=t!(cases.close)/>
            </div>
        </FormView>
    }
}

/// The button, and the dialog that asks why.
#[component]
pub fn ReopenCase(case: RwSignal<Case>) -> impl IntoView {
    let id = case.with_untracked(|case| case.header.id);
    let wording = Wording { action: t!(cases.reopen), text: t!(cases.reopen_text) };
    html! {
        <WithReason
            key=format!("case:{id}:reopening")
            wording
            call=move |reason| cases::reopen_case(id, case.with_untracked(|case| case.version), reason)
            then=move |reopened: Case| case.set(reopened)
        />
    }
}
