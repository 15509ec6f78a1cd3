//! The file, written a page of rows at a time.

use actix_web::web::Bytes;
use contract::{
    AccessRule, CaseId, EmployeeRef, EventId, ExportedDossier, MessageId, Moment, PartyId, ReadId,
};
use futures_util::stream::{Stream, try_unfold};
use serde::Serialize;

use super::store;
use crate::access::records::ExportDossier;
use crate::access::{Permit, Tx};
use crate::http::Act;
use crate::problem::{Outcome, Problem};
use crate::{messages, parties, reads};

/// How many rows of a list are read at once.
const ROWS: i64 = 1000;
/// How many cases, with all that is in them.
const CASES: i64 = 20;

/// What comes before the lists: the first fields of [`contract::DossierExport`].
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// When it was made.
    pub exported_at: Moment,
    /// By whom.
    pub exported_by: EmployeeRef,
    /// The office's name.
    pub office: String,
    /// The dossier.
    pub dossier: ExportedDossier,
    /// Who is given or denied access.
    pub access_rules: Vec<AccessRule>,
}

/// Where the writing is: in which list, after which item.
#[derive(Debug, Clone, Copy)]
enum Place {
    Parties(Option<PartyId>),
    Messages(Option<MessageId>),
    Cases(Option<CaseId>),
    Events(Option<EventId>),
    Reads(Option<ReadId>),
}

/// One list of the file, partly.
struct Part {
    text: String,
    next: Option<Place>,
}

fn json(value: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(value).map_err(Problem::internal)
}

/// Writes a page of a list: its name before the first, and its end after the last.
fn part<T: Serialize, K>(
    name: &str,
    first: bool,
    items: &[T],
    most: i64,
    key: impl Fn(&T) -> K,
    here: impl Fn(Option<K>) -> Place,
    after: Option<Place>,
) -> Outcome<Part> {
    let mut text = if first { format!(",\"{name}\":[") } else { String::new() };
    for (position, item) in items.iter().enumerate() {
        if position > 0 || !first {
            text.push(',');
        }
        text.push_str(&json(item)?);
    }
    let full = i64::try_from(items.len()).unwrap_or(i64::MAX) >= most;
    match items.last() {
        Some(last) if full => Ok(Part { text, next: Some(here(Some(key(last)))) }),
        _ => {
            text.push(']');
            Ok(Part { text, next: after })
        }
    }
}

fn write(tx: &mut Tx<'_>, permit: &Permit<ExportDossier>, place: Place) -> Outcome<Part> {
    let id = permit.row().dossier.id;
    match place {
        Place::Parties(after) => {
            let items = parties::store::after(tx.conn, id, after, ROWS)?;
            let then = Some(Place::Messages(None));
            part("parties", after.is_none(), &items, ROWS, |item| item.id, Place::Parties, then)
        }
        Place::Messages(after) => {
            let items = messages::store::after(tx.conn, id, after, ROWS)?;
            let then = Some(Place::Cases(None));
            part("messages", after.is_none(), &items, ROWS, |item| item.id, Place::Messages, then)
        }
        Place::Cases(after) => {
            let items = store::cases(tx, id, after, CASES)?;
            let then = Some(Place::Events(None));
            part("cases", after.is_none(), &items, CASES, |item| item.header.id, Place::Cases, then)
        }
        Place::Events(after) => {
            let items = store::events(tx.conn, id, after, ROWS)?;
            let then = Some(Place::Reads(None));
            part("events", after.is_none(), &items, ROWS, |item| item.id, Place::Events, then)
        }
        Place::Reads(after) => {
            let items = reads::store::after(tx.conn, id, after, ROWS)?;
            part("reads", after.is_none(), &items, ROWS, |item| item.id, Place::Reads, None)
        }
    }
}

struct Writing {
    act: Act<ExportDossier>,
    head: Option<String>,
    next: Option<Place>,
}

/// The file, as it goes out. Each page is read with the rights that who exports has by then; when one cannot be read
/// the file breaks off, so that nobody takes a part for all.
pub fn file(
    act: Act<ExportDossier>,
    head: &Head,
) -> Outcome<impl Stream<Item = Result<Bytes, Problem>> + 'static> {
    let mut first = json(head)?;
    // The lists follow inside the same object.
    first.pop();
    let start = Writing { act, head: Some(first), next: Some(Place::Parties(None)) };
    Ok(try_unfold(start, |mut writing| async move {
        if let Some(text) = writing.head.take() {
            return Ok(Some((Bytes::from(text), writing)));
        }
        let Some(place) = writing.next else { return Ok(None) };
        let part = writing.act.look(move |tx, permit| write(tx, permit, place)).await?;
        writing.next = part.next;
        let mut text = part.text;
        if writing.next.is_none() {
            text.push('}');
        }
        Ok(Some((Bytes::from(text), writing)))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list over several pages, also one that ends exactly with a page, is one JSON list.
    #[test]
    fn pages_make_one_list() {
        for count in 0..7_u8 {
            let ids: Vec<PartyId> = (0..count).map(|_| PartyId::new()).collect();
            let mut text = "{\"before\":1".to_owned();
            let mut after: Option<PartyId> = None;
            loop {
                let left = ids.iter().skip_while(|id| after.is_some_and(|after| **id <= after));
                let page: Vec<PartyId> = left.take(3).copied().collect();
                let part = part("list", after.is_none(), &page, 3, |id| *id, Place::Parties, None).unwrap();
                text.push_str(&part.text);
                match part.next {
                    Some(Place::Parties(next)) => after = next,
                    _ => break,
                }
            }
            text.push('}');
            let read: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(read["list"], serde_json::to_value(&ids).unwrap(), "{count}");
        }
    }
}
