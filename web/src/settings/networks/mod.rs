//! From where the office's people may work (S8).

mod form;
mod test;
mod value;

use leptos::prelude::*;

use self::form::NetworksForm;
use self::test::TestPanel;
use self::value::Entry;
use crate::client::networks;
use crate::i18n::t;
use crate::ui::bits::{Badge, Tone};
use crate::ui::form::Form;
use crate::ui::html::{html, live};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn NetworksPage() -> impl IntoView {
    let remote = Remote::new(networks::find_networks);
    html! {
        <div class="page">
            <Heading text=t!(networks.title).to_owned()/>
            <p class="faint lead">{t!(networks.text)}</p>
            {remote.view(|kept| {
                let form = Form::new("networks");
                let entries = form.field("networks", value::entries(kept.get_untracked().networks));
                let entries_now = Signal::derive(move || entries.get());
                html! {
                    <div class="with-aside">
                        <NetworksForm form kept entries/>
                        <div class="stack">
                            <TestPanel kept entries=entries_now/>
                            <InstallationPanel kept/>
                        </div>
                    </div>
                }
            })}
        </div>
    }
}

/// What is trusted whatever the office lists.
#[component]
fn InstallationPanel(kept: RwSignal<contract::OfficeNetworks>) -> impl IntoView {
    live(move || {
        let kept = kept.get();
        if kept.installation_networks.is_empty() {
            return None;
        }
        let networks = kept
            .installation_networks
            .into_iter()
            .map(|network| html! { <li>{network.label} " " <span class="faint nowrap">{network.cidr}</span></li> })
            .collect_view();
        Some(html! {
            <section class="panel aside" aria-labelledby="installation-heading">
                <h2 id="installation-heading">{t!(networks.installation)}</h2>
                <p class="faint">{t!(networks.installation_text)}</p>
                <ul>{networks}</ul>
                {kept.installation_enforced.then(|| html! {
                    <p><Badge text=t!(networks.installation_enforced) tone=Tone::Attention/></p>
                })}
            </section>
        })
    })
}

/// The list as it is typed now.
type Typed = Signal<Vec<Entry>>;
