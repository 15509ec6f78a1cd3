//! The areas of the app that load when someone first goes there, so that a first visit stays small.
//!
//! `cargo xtask web` makes a file of each, and one for what a combination of areas shares and the first visit does not
//! need. So few large areas are better than many small ones.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::NotFound;
use crate::cases::{CasePage, CasesPage, NewCasePage};
use crate::dossiers::{DossierPage, DossiersAccessPage, DossiersPage, NewDossierPage};
use crate::home::HomePage;
use crate::i18n::t;
use crate::pages::Page;
use crate::preferences::PreferencesPage;
use crate::second_factor::{SecondFactorPage, SettingUp};
use crate::settings::case_types::{CaseTypeImportPage, CaseTypePage, CaseTypesPage};
use crate::settings::client_groups::ClientGroupsPage;
use crate::settings::employees::{EmployeePage, EmployeesPage, NewEmployeePage};
use crate::settings::groups::GroupsPage;
use crate::settings::imports::ImportsPage;
use crate::settings::networks::NetworksPage;
use crate::settings::{OfficePage, SettingsNav, SupportPage};
use crate::tasks::TaskPage;
use crate::trays::TraysPage;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::loading;

type Loaded<T> = Result<T, SplitLoaderError>;

/// What an area shows for a page; `page` follows what changes within that.
pub fn show(whole: Page, page: Memo<Page>) -> AnyView {
    match whole {
        Page::Home => html! { <HomePage/> },
        Page::NotFound => html! { <NotFound/> },
        Page::Trays(_) | Page::Task(_) => {
            later(|| load_tasks().boxed_local(), move || tasks(whole, page).boxed_local())
        }
        Page::Cases
        | Page::NewCase
        | Page::NewCaseIn(_)
        | Page::Case(_)
        | Page::Dossiers
        | Page::NewDossier
        | Page::DossiersAccess
        | Page::Dossier(_) => later(|| load_cases().boxed_local(), move || cases(whole).boxed_local()),
        Page::Preferences
        | Page::SecondFactor
        | Page::Groups(_)
        | Page::ClientGroups(_)
        | Page::Employees
        | Page::NewEmployee
        | Page::Employee(..)
        | Page::CaseTypes
        | Page::CaseTypeImport
        | Page::CaseType(_)
        | Page::Imports
        | Page::Office
        | Page::Networks
        | Page::Support => {
            later(|| load_settings().boxed_local(), move || settings(whole, page, None).boxed_local())
        }
    }
}

/// Setting up the second factor that the office requires, before there is any page.
pub fn setting_up(done: Callback<()>) -> AnyView {
    let page = Memo::new(|_| Page::SecondFactor);
    later(
        || load_settings().boxed_local(),
        move || settings(Page::SecondFactor, page, Some(done)).boxed_local(),
    )
}

#[wasm_split(tasks, wasm_split_path = leptos::wasm_split, preload(load_tasks), fallible)]
fn tasks(whole: Page, page: Memo<Page>) -> Loaded<AnyView> {
    Ok(match whole {
        Page::Trays(_) => {
            let tray = within(page, |page| if let Page::Trays(tray) = page { Some(tray) } else { None });
            html! { <TraysPage tray/> }
        }
        Page::Task(id) => html! { <TaskPage id/> },
        _ => html! { <NotFound/> },
    })
}

#[wasm_split(cases, wasm_split_path = leptos::wasm_split, preload(load_cases), fallible)]
fn cases(whole: Page) -> Loaded<AnyView> {
    Ok(match whole {
        Page::Cases => html! { <CasesPage/> },
        Page::NewCase | Page::NewCaseIn(_) => html! { <NewCasePage/> },
        Page::Case(id) => html! { <CasePage id/> },
        Page::Dossiers => html! { <DossiersPage/> },
        Page::NewDossier => html! { <NewDossierPage/> },
        Page::DossiersAccess => html! { <DossiersAccessPage/> },
        Page::Dossier(id) => html! { <DossierPage id/> },
        _ => html! { <NotFound/> },
    })
}

#[wasm_split(settings, wasm_split_path = leptos::wasm_split, preload(load_settings), fallible)]
fn settings(whole: Page, page: Memo<Page>, required: Option<Callback<()>>) -> Loaded<AnyView> {
    let content = match whole {
        Page::Preferences => return Ok(html! { <PreferencesPage/> }),
        Page::SecondFactor => {
            return Ok(match required {
                Some(done) => html! { <SettingUp required=true done/> },
                None => html! { <SecondFactorPage/> },
            });
        }
        Page::Groups(_) => {
            let chosen =
                within(page, |page| if let Page::Groups(chosen) = page { Some(chosen) } else { None });
            html! { <GroupsPage chosen/> }
        }
        Page::ClientGroups(_) => {
            let chosen =
                within(page, |page| if let Page::ClientGroups(chosen) = page { Some(chosen) } else { None });
            html! { <ClientGroupsPage chosen/> }
        }
        Page::Employees => html! { <EmployeesPage/> },
        Page::NewEmployee => html! { <NewEmployeePage/> },
        Page::Employee(id, part) => html! { <EmployeePage id part/> },
        Page::CaseTypes => html! { <CaseTypesPage/> },
        Page::CaseTypeImport => html! { <CaseTypeImportPage/> },
        Page::CaseType(id) => html! { <CaseTypePage id/> },
        Page::Imports => html! { <ImportsPage/> },
        Page::Office => html! { <OfficePage/> },
        Page::Networks => html! { <NetworksPage/> },
        Page::Support => html! { <SupportPage/> },
        _ => html! { <NotFound/> },
    };
    Ok(html! { <SettingsNav/> {content} })
}

/// What changes within a page. A page that people leave no longer changes, though it is still there for a moment.
fn within<T>(page: Memo<Page>, part: fn(Page) -> Option<T>) -> Memo<T>
where
    T: Copy + Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before| part(page.get()).or(before.copied()).unwrap_or_default())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Awaited,
    Here,
    Failed,
}

/// A view of an area, after loading that; at once when it is there already.
fn later(
    load: fn() -> LocalBoxFuture<'static, Loaded<()>>,
    view: impl Fn() -> LocalBoxFuture<'static, Loaded<AnyView>> + Send + 'static,
) -> AnyView {
    let here = load().now_or_never().is_some_and(|loaded| loaded.is_ok());
    let arrival = RwSignal::new(if here { Arrival::Here } else { Arrival::Awaited });
    if !here {
        spawn_local_scoped_with_cancellation(async move {
            let loaded = load().await;
            arrival.set(if loaded.is_ok() { Arrival::Here } else { Arrival::Failed });
        });
    }
    live(move || match arrival.get() {
        Arrival::Awaited => html! { <div class="page">{loading()}</div> },
        Arrival::Here => view().now_or_never().and_then(Loaded::ok).unwrap_or_else(not_loaded),
        Arrival::Failed => not_loaded(),
    })
}

/// The network failed, or the server has a newer version of the app and no longer this one's files.
fn not_loaded() -> AnyView {
    html! {
        <div class="page">
            <Heading text=t!(shell.not_loaded).to_owned()/>
            <div class="notice notice--problem" role="alert">
                <Icon shape=Shape::Warning/>
                <p>{t!(shell.not_loaded_text)}</p>
                <button type="button" class="button" on:click=|_| drop(window().location().reload())>
                    <Icon shape=Shape::Refresh/>
                    {t!(shell.reload)}
                </button>
            </div>
        </div>
    }
}
