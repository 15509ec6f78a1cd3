//! A case that is opened while access to its dossier changes is on the list of everyone who has access afterwards: neither change may
//! miss the other.

use contract::*;
use futures_util::future::{join, join_all};

use crate::support::{World, group_rule};

const ROUNDS: usize = 12;
const AT_ONCE: usize = 4;

#[actix_web::test]
async fn a_case_opened_while_access_changes_is_on_everyones_list() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let group = office.group("Wijkteam", &[&piet]).await;
    let (dossier, first) = office.case(&jan).await;
    let mut all = vec![first.header.id];
    for round in 0..ROUNDS {
        office.rules(&dossier, &[]).await;
        let hidden: Page<CaseSummary> = piet.get("/cases?limit=100").await.ok();
        assert!(hidden.items.is_empty(), "round {round}");
        let opening = join_all((0..AT_ONCE).map(|_| office.case_in(dossier.id, &jan)));
        let allow = [group_rule(&group, Effect::Allow)];
        let (opened, _) = join(opening, office.rules(&dossier, &allow)).await;
        all.extend(opened.iter().map(|case| case.header.id));
        let listed: Page<CaseSummary> = piet.get("/cases?limit=100").await.ok();
        let missing = all.iter().filter(|id| !listed.items.iter().any(|item| item.id == **id)).count();
        assert_eq!(missing, 0, "round {round}");
    }
}
