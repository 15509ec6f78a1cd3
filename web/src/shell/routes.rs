//! Which address shows which page.

use leptos::prelude::*;
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{ParentRoute, Route, Routes};
use leptos_router::path;

use super::NotFound;
use crate::cases::{CasePage, CasesPage, NewCasePage};
use crate::dossiers::{DossierPage, DossiersPage, NewDossierPage};
use crate::home::HomePage;
use crate::preferences::PreferencesPage;
use crate::settings::case_types::{CaseTypePage, CaseTypesPage};
use crate::settings::client_groups::{ClientGroupPage, ClientGroupsLayout, NewClientGroupPage};
use crate::settings::employees::{EmployeePage, EmployeesPage, NewEmployeePage};
use crate::settings::groups::{GroupPage, GroupsLayout, NewGroupPage};
use crate::settings::{NothingChosen, OfficePage, SettingsIndex, SettingsLayout};
use crate::tasks::TaskPage;
use crate::trays::{TrayPage, TraysIndex, TraysLayout};

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <NotFound/> }>
            <Settings/>
            <Trays/>
            <Route path=path!("/") view=HomePage/>
            <Route path=path!("/taken/:id") view=TaskPage/>
            <Route path=path!("/zaken") view=CasesPage/>
            <Route path=path!("/zaken/nieuw") view=NewCasePage/>
            <Route path=path!("/zaken/:id") view=CasePage/>
            <Route path=path!("/dossiers") view=DossiersPage/>
            <Route path=path!("/dossiers/nieuw") view=NewDossierPage/>
            <Route path=path!("/dossiers/:id") view=DossierPage/>
            <Route path=path!("/voorkeuren") view=PreferencesPage/>
        </Routes>
    }
    .into_any()
}

#[component(transparent)]
fn Trays() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/werkbakken") view=TraysLayout>
            <Route path=path!("") view=TraysIndex/>
            <Route path=path!(":id") view=TrayPage/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn Settings() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/instellingen") view=SettingsLayout>
            <Route path=path!("") view=SettingsIndex/>
            <ParentRoute path=path!("medewerkersgroepen") view=GroupsLayout>
                <Route path=path!("") view=NothingChosen/>
                <Route path=path!("nieuw") view=NewGroupPage/>
                <Route path=path!(":id") view=GroupPage/>
            </ParentRoute>
            <ParentRoute path=path!("klantengroepen") view=ClientGroupsLayout>
                <Route path=path!("") view=NothingChosen/>
                <Route path=path!("nieuw") view=NewClientGroupPage/>
                <Route path=path!(":id") view=ClientGroupPage/>
            </ParentRoute>
            <Route path=path!("medewerkers") view=EmployeesPage/>
            <Route path=path!("medewerkers/nieuw") view=NewEmployeePage/>
            <Route path=path!("medewerkers/:id") view=EmployeePage/>
            <Route path=path!("zaaktypen") view=CaseTypesPage/>
            <Route path=path!("zaaktypen/:id") view=CaseTypePage/>
            <Route path=path!("kantoor") view=OfficePage/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}
