//! Whether a file can be brought in, in a sentence, and the button that does it.

use contract::ImportCounts;
use leptos::prelude::*;

use super::import::{Import, Report};
use crate::i18n::t;
use crate::ui::button::Spinner;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Something is wrong, and so nothing comes in.
    Wrong,
    /// All of it is there already.
    Nothing,
    Good,
    Done,
}

impl Verdict {
    pub const fn of(counts: ImportCounts, committed: bool) -> Self {
        match counts {
            _ if committed => Self::Done,
            ImportCounts { rejected: 1.., .. } => Self::Wrong,
            ImportCounts { create: 0, change: 0, .. } => Self::Nothing,
            _ => Self::Good,
        }
    }
}

/// `wrong` says what is wrong, if anything is.
pub fn verdict(said: Verdict, counts: ImportCounts, wrong: &str) -> AnyView {
    let ImportCounts { create, change, .. } = counts;
    let (class, shape, role, text) = match said {
        Verdict::Wrong => {
            ("notice notice--problem", Shape::Warning, "alert", format!("{wrong} {}", t!(imports.mend)))
        }
        Verdict::Nothing => ("notice notice--info", Shape::Info, "status", t!(imports.nothing).to_owned()),
        Verdict::Good => {
            ("notice notice--info", Shape::Info, "status", t!(imports.good, create = create, change = change))
        }
        Verdict::Done => (
            "notice notice--good",
            Shape::Check,
            "status",
            t!(imports.brought_in, create = create, change = change),
        ),
    };
    html! {
        <div class=class role=role>
            <Icon shape/>
            <p>{text}</p>
        </div>
    }
}

/// Brings in what the report shows; says so while it does.
#[component]
pub fn ImportButton<R: Report>(import: Import<R>, #[prop(into)] on_click: Callback<()>) -> impl IntoView {
    let busy = move || import.is_bringing_in();
    html! {
        <button type="button" class="button button--primary" aria-disabled=move || busy().then_some("true")
            on:click=move |_| on_click.run(())>
            {move || busy().then(|| html! { <Spinner/> })}
            {move || if busy() { t!(imports.bringing_in) } else { t!(imports.bring_in) }}
        </button>
    }
}
