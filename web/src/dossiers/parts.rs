//! The parts of a dossier's page; the address says which is in sight.

use contract::{DossierId, DossierRights, MessageId};
use leptos::prelude::*;

use crate::i18n::t;
use crate::pages::Page;
use crate::ui::filter::Filters;
use crate::ui::html::{html, live};
use crate::ui::tabs::{Tab, Tabs};

/// In the address: which part.
const PART: &str = "deel";

/// In the address: which message is open. Mails link to it.
const MESSAGE: &str = "bericht";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Cases,
    Messages,
    Parties,
    Access,
    Reads,
}

impl Part {
    const ALL: [Self; 5] = [Self::Cases, Self::Messages, Self::Parties, Self::Access, Self::Reads];

    /// In the address.
    const fn name(self) -> &'static str {
        match self {
            Self::Cases => "zaken",
            Self::Messages => "berichten",
            Self::Parties => "betrokkenen",
            Self::Access => "toegang",
            Self::Reads => "gelezen",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Cases => t!(dossiers.cases),
            Self::Messages => t!(messages.title),
            Self::Parties => t!(parties.title),
            Self::Access => t!(rules.title),
            Self::Reads => t!(reads.tab),
        }
    }

    const fn is_for(self, may: &DossierRights) -> bool {
        match self {
            Self::Cases | Self::Messages | Self::Parties => may.read,
            Self::Access => may.manage_rules,
            Self::Reads => may.see_reads,
        }
    }

    /// Where this part of a dossier is.
    pub fn address(self, id: DossierId) -> String {
        format!("{}?{PART}={}", Page::Dossier(id), self.name())
    }
}

/// Where a message about a dossier is.
pub fn message_address(id: DossierId, message: MessageId) -> String {
    format!("{}?{MESSAGE}={message}", Page::Dossier(id))
}

/// The message that is open.
pub fn open_message() -> Memo<Option<MessageId>> {
    let message = Filters::new().get(MESSAGE);
    Memo::new(move |_| message.get().parse().ok().map(MessageId))
}

/// The part in sight: what the address says if this person has it, else the first they have.
pub fn part_in_sight(may: Memo<DossierRights>) -> Memo<Option<Part>> {
    let wanted = Filters::new().get(PART);
    let message = open_message();
    Memo::new(move |_| {
        let wanted = wanted.get();
        let mut parts = may.with(parts_for).into_iter();
        let named = |part: &Part| {
            part.name() == wanted || (wanted.is_empty() && message.get().is_some() && *part == Part::Messages)
        };
        let first = parts.clone().next();
        parts.find(named).or(first)
    })
}

fn parts_for(may: &DossierRights) -> Vec<Part> {
    Part::ALL.into_iter().filter(|part| part.is_for(may)).collect()
}

/// The links to the parts that this person has.
pub fn tabs(id: DossierId, may: Memo<DossierRights>, in_sight: Memo<Option<Part>>) -> AnyView {
    let parts = Memo::new(move |_| may.with(parts_for));
    live(move || {
        let tabs = parts
            .get()
            .into_iter()
            .map(|part| Tab {
                href: part.address(id),
                text: part.text(),
                current: Signal::derive(move || in_sight.get() == Some(part)),
            })
            .collect();
        html! { <Tabs label=t!(dossiers.parts) tabs/> }
    })
}
