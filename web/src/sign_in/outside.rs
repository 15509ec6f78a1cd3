//! Outside the trusted networks (S8): why nothing works here, how to get a secure connection, and whom to ask.

use contract::{Contact, OfficeHelp, SignInHelp};
use leptos::prelude::*;

use crate::client::networks;
use crate::i18n::t;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::LoneHeading;
use crate::ui::remote::Remote;

/// What the office with this code tells who is outside; `retry` tries what was refused again.
#[component]
pub fn Outside(office: String, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    let remote = Remote::new(move || networks::find_sign_in_help(&office));
    html! {
        <LoneHeading text=t!(outside.title)/>
        {remote.view(|help| live(move || told(help.get())))}
        <div class="buttons">
            <button type="button" class="button button--primary" on:click=move |_| retry.run(())>
                <Icon shape=Shape::Refresh/>
                {t!(outside.retry)}
            </button>
        </div>
    }
}

fn told(help: SignInHelp) -> AnyView {
    if help.trusted {
        return html! { <p>{t!(outside.trusted_now)}</p> };
    }
    let office =
        help.office.as_ref().map_or_else(|| t!(outside.your_office).to_owned(), |office| office.name.clone());
    let text = if help.outside_text.is_empty() { t!(outside.general).to_owned() } else { help.outside_text };
    let networks = (!help.networks.is_empty()).then(|| {
        let names = help.networks.into_iter().map(|name| html! { <li>{name}</li> }).collect_view();
        html! {
            <div>
                <h3>{t!(outside.networks)}</h3>
                <ul>{names}</ul>
            </div>
        }
    });
    html! {
        <p>{t!(outside.text, office = office.as_str())}</p>
        <p class="prose">{text}</p>
        {networks}
        <p class="faint">{t!(outside.address, address = help.your_address.as_str())}</p>
        {whom_to_ask(help.office, help.platform)}
    }
    .into_any()
}

/// Whom to ask when signing in does not work (S6).
pub(super) fn whom_to_ask(office: Option<OfficeHelp>, platform: Option<OfficeHelp>) -> AnyView {
    let line = |help: OfficeHelp| {
        let Contact { name, phone, email } = help.contact;
        let who = if name.is_empty() { help.name } else { format!("{name}, {}", help.name) };
        let phone = (!phone.is_empty()).then(|| {
            let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            html! { <a class="nowrap" href=format!("tel:{digits}")>{phone}</a> }
        });
        let email =
            (!email.is_empty()).then(|| html! { <a href=format!("mailto:{email}")>{email.clone()}</a> });
        html! { <li><strong>{who}</strong> <span class="contacts__ways">{phone} {email}</span></li> }
    };
    let lines: Vec<AnyView> = office.into_iter().chain(platform).map(line).collect();
    if lines.is_empty() {
        return html! { <p class="faint">{t!(sign_in.help)}</p> };
    }
    html! { <ul class="contacts">{lines}</ul> }
}
