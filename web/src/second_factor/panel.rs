//! Where one stands, in the personal settings.

use contract::SecondFactor;
use leptos::prelude::*;

use super::remove::Remove;
use super::renew::Renew;
use crate::client::second_factor;
use crate::i18n::{dates, t};
use crate::pages::Page;
use crate::ui::bits::Fact;
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;

#[component]
pub fn SecondFactorPanel() -> impl IntoView {
    let remote = Remote::new(second_factor::find_second_factor);
    let changed = Callback::new(move |()| remote.refresh());
    html! {
        <section class="panel" aria-labelledby="second-factor-heading">
            <h2 id="second-factor-heading">{t!(second_factor.title)}</h2>
            {remote.view(move |factor| live(move || standing(&factor.get(), changed)))}
        </section>
    }
}

fn standing(factor: &SecondFactor, changed: Callback<()>) -> AnyView {
    let Some(since) = factor.since else {
        return html! {
            <div class="stack stack--close">
                <p>{t!(second_factor.explained)}</p>
                <div class="buttons">
                    <a class="button" href=Page::SecondFactor.to_string()>{t!(second_factor.set_up)}</a>
                </div>
            </div>
        };
    };
    let left = factor.recovery_codes_left;
    let few = (left <= 2).then(|| html! { <p class="faint">{t!(second_factor.few_left)}</p> });
    let removal = if factor.required {
        html! { <p class="faint">{t!(second_factor.required)}</p> }
    } else {
        html! { <Remove changed/> }
    };
    html! {
        <div class="stack stack--close">
            <dl class="facts">
                <Fact term=t!(second_factor.state)>{t!(second_factor.on_since, since = dates::moment(since))}</Fact>
                <Fact term=t!(second_factor.recovery_codes)>{t!(second_factor.codes_left, count = left)} {few}</Fact>
            </dl>
            <div class="buttons">
                <Renew changed/>
                <a class="button" href=Page::SecondFactor.to_string()>{t!(second_factor.other_device)}</a>
            </div>
            {removal}
        </div>
    }
}
