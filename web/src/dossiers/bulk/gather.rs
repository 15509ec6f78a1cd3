//! Many dossiers by one text: everything that a search finds, or each of the numbers someone pasted.

use contract::{Dossier, DossierState, DossierSummary, Page};

use crate::client::{Api, Outcome, dossiers};
use crate::dossiers::number::is_whole;
use crate::ui::choice::Choice;

/// How many an order takes.
pub const MOST: usize = 200;

/// What was found, and the numbers that were not.
#[derive(Debug, Default)]
pub struct Gathered {
    pub found: Vec<Choice>,
    pub missing: Vec<String>,
    /// The numbers that were not looked for: an order takes no more.
    pub rest: Vec<String>,
    /// There were more than an order takes.
    pub more: bool,
}

pub async fn gather(api: Api, text: String) -> Outcome<Gathered> {
    let separators = |char: char| char.is_whitespace() || [',', ';'].contains(&char);
    let words: Vec<&str> = text.split(separators).filter(|word| !word.is_empty()).collect();
    if words.iter().all(|word| is_whole(word)) {
        by_numbers(api, words).await
    } else {
        by_search(api, &text).await
    }
}

async fn by_search(api: Api, text: &str) -> Outcome<Gathered> {
    let (mut gathered, mut cursor) = (Gathered::default(), None::<String>);
    loop {
        let call = dossiers::list_dossiers(text, Some(DossierState::Active), None, cursor.as_deref());
        let page: Page<DossierSummary> = api.send(call).await?;
        gathered.found.extend(page.items.into_iter().map(Choice::from));
        cursor = page.next;
        if cursor.is_none() || gathered.found.len() >= MOST {
            gathered.more = cursor.is_some();
            return Ok(gathered);
        }
    }
}

async fn by_numbers(api: Api, numbers: Vec<&str>) -> Outcome<Gathered> {
    let rest: Vec<String> = numbers.iter().skip(MOST).map(|number| (*number).to_owned()).collect();
    let mut gathered = Gathered { more: !rest.is_empty(), rest, ..Gathered::default() };
    for number in numbers.into_iter().take(MOST) {
        let listed = api.items(dossiers::list_dossiers(number, None, None, None)).await?;
        if let Some(dossier) = listed.into_iter().find(|dossier: &DossierSummary| dossier.number == number) {
            gathered.found.push(dossier.into());
            continue;
        }
        // One whose rules a local administrator manages without seeing it (D4).
        match api.send(dossiers::find_dossier_by_number(number)).await {
            Ok(Dossier { id, number, .. }) => gathered.found.push(Choice::new(id, number)),
            Err(failure) if failure.is_not_found() => gathered.missing.push(number.to_owned()),
            Err(failure) => return Err(failure),
        }
    }
    Ok(gathered)
}
