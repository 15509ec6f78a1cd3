//! Lists in another order than the newest first: what they say of themselves over HTTP. That they hold what the rules say is tested in
//! `page_property`.

use contract::*;
use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn dossiers_come_by_age_or_by_name_page_by_page() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    for name in ["Zon", "aarde", "Édam", "maan", "Édam"] {
        let _: Dossier =
            jan.post("/dossiers", &json!({ "name": name, "visibility": "restricted" })).await.ok();
    }
    let names = |list: Vec<DossierSummary>| list.into_iter().map(|one| one.name).collect::<Vec<_>>();
    let newest = names(jan.pages("/dossiers", 2).await);
    assert_eq!(newest, ["Édam", "maan", "Édam", "aarde", "Zon"]);
    let mut oldest = names(jan.pages("/dossiers?sort=oldest", 2).await);
    oldest.reverse();
    assert_eq!(oldest, newest);
    let by_name = jan.pages::<DossierSummary>("/dossiers?sort=name", 2).await;
    let numbers: Vec<&str> = by_name.iter().map(|one| &one.number[5..]).collect();
    assert_eq!(numbers, ["000002", "000003", "000005", "000004", "000001"]);
    // A cursor of one order is none of another.
    let page: Page<DossierSummary> = jan.get("/dossiers?sort=name&limit=2").await.ok();
    let cursor = page.next.unwrap();
    jan.get(&format!("/dossiers?cursor={cursor}")).await.problem(ProblemCode::InvalidInput);
}

#[actix_web::test]
async fn open_cases_come_by_deadline_and_closed_ones_do_not() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (_, first) = office.case(&jan).await;
    let (_, second) = office.case(&jan).await;
    let sorted: Vec<CaseSummary> = jan.pages("/cases?sort=deadline", 1).await;
    let mut expected = vec![first.header, second.header];
    expected.sort_by_key(|case| (case.deadline.is_none(), case.deadline, case.id));
    assert_eq!(sorted, expected);
    let refused = jan.get("/cases?sort=deadline&state=closed").await;
    let problem = refused.problem(ProblemCode::InvalidInput);
    assert_eq!(problem.errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["sort"]);
    jan.get("/cases?sort=unknown").await.problem(ProblemCode::InvalidInput);
}
