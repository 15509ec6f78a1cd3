//! Whether an address would be let in, before the list is saved.

use contract::{AddressTest, AddressVerdict, OfficeNetworks};
use leptos::prelude::*;

use super::Typed;
use super::value;
use crate::client::networks;
use crate::i18n::t;
use crate::ui::bits::{Badge, Tone};
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

#[component]
pub fn TestPanel(kept: RwSignal<OfficeNetworks>, entries: Typed) -> impl IntoView {
    let form = Form::new("");
    let own = kept.with_untracked(|kept| kept.your_address.address.clone());
    let address = form.passing_field("address", own);
    let found = RwSignal::new(None::<AddressVerdict>);
    watch(move || {
        // What was found is no longer so.
        entries.track();
        found.set(None);
    });
    let submit = move |()| {
        let test =
            AddressTest { address: address.now(), networks: value::networks(&entries.get_untracked()) };
        form.submit(test, networks::test_address, move |verdict: AddressVerdict| found.set(Some(verdict)));
    };
    let yours = live(move || verdict(&kept.get().your_address));
    let result = live(move || found.get().map(|found| verdict(&found)));
    html! {
        <section class="panel aside" aria-labelledby="test-heading">
            <h2 id="test-heading">{t!(networks.your_address)}</h2>
            {yours}
            <h3>{t!(networks.test)}</h3>
            <p class="faint">{t!(networks.test_text)}</p>
            <FormView form on_submit=submit class="form">
                <TextInput field=address label=t!(networks.address)/>
                <div class="buttons"><SaveButton form label=t!(networks.test_button)/></div>
            </FormView>
            <div aria-live="polite">{result}</div>
        </section>
    }
}

fn verdict(verdict: &AddressVerdict) -> AnyView {
    let (text, tone) = if verdict.trusted {
        (t!(networks.trusted), Tone::Good)
    } else {
        (t!(networks.not_trusted), Tone::Neutral)
    };
    let label = verdict.label.clone().map(|label| html! { <span>{label}</span> });
    html! {
        <p class="tested">
            <strong class="nowrap">{verdict.address.clone()}</strong>
            <Badge text tone/>
            {label}
        </p>
    }
}
