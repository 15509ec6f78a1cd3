//! The page where one sets a second factor up, from the personal settings.

use leptos::prelude::*;

use super::SettingUp;
use crate::app::use_root;
use crate::client::second_factor;
use crate::i18n::t;
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let remote = Remote::new(second_factor::find_second_factor);
    let done = move |()| {
        root.toasts.done(t!(second_factor.switched_on));
        go.instead(Page::Preferences);
    };
    let above = || {
        html! {
            <a class="back" href=Page::Preferences.to_string()>
                <Icon shape=Shape::Back/>
                {t!(preferences.title)}
            </a>
        }
    };
    html! {
        <div class="page page--narrow">
            <Heading text=t!(second_factor.set_up).to_owned() above/>
            <div class="panel">
                {remote.view(move |factor| {
                    let replaces = factor.with_untracked(|factor| factor.since.is_some());
                    html! { <SettingUp replaces done/> }
                })}
            </div>
        </div>
    }
}
