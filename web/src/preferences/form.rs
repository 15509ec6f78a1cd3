//! Language and tray mails. Before mails are switched off, the team's agreements are shown (T5).

use contract::{GroupId, Language, Preferences, PreferencesChange, TrayPreference};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::client::me;
use crate::i18n::{t, tn, words};
use crate::ui::bits::Prose;
use crate::ui::form::{CheckBox, Field, Form, FormView, SaveButton, SelectInput};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

type TrayFields = Vec<(TrayPreference, Field<bool>)>;

#[component]
pub fn PreferencesForm(preferences: RwSignal<Preferences>) -> impl IntoView {
    let root = use_root();
    let start = preferences.get_untracked();
    let form = Form::new("preferences");
    let language = form.field("language", start.language.to_string());
    let tray_mails = form.field("trayMails", start.tray_mails);
    let trays: TrayFields = start
        .trays
        .into_iter()
        .map(|tray| {
            let field = form.field(format!("tray.{}", tray.group.id), tray.tray_mails);
            (tray, field)
        })
        .collect();
    let trays = StoredValue::new(trays);
    let each_tray = move |preferences: &Preferences, act: fn(Field<bool>, bool)| {
        trays.with_value(|trays| {
            for (tray, field) in trays {
                if let Some(now) = preferences.trays.iter().find(|other| other.group.id == tray.group.id) {
                    act(*field, now.tray_mails);
                }
            }
        });
    };
    form.when_stale(move |current: Preferences| {
        language.rebase(current.language.to_string());
        tray_mails.rebase(current.tray_mails);
        each_tray(&current, Field::rebase);
        preferences.set(current);
    });
    let quiet_groups = move || {
        trays.with_value(|trays| {
            trays
                .iter()
                .filter(|(_, field)| !field.now())
                .map(|(tray, _)| tray.group.id)
                .collect::<Vec<GroupId>>()
        })
    };
    let save = move |()| {
        let change = PreferencesChange {
            language: language.now().parse().unwrap_or_default(),
            tray_mails: tray_mails.now(),
            quiet_groups: quiet_groups(),
        };
        let version = preferences.with_untracked(|preferences| preferences.version);
        form.submit(
            change,
            |change| me::update_preferences(version, change),
            move |saved: Preferences| {
                language.saved(saved.language.to_string());
                tray_mails.saved(saved.tray_mails);
                each_tray(&saved, Field::saved);
                preferences.set(saved);
                // The app speaks the chosen language from now on, and says so in that.
                spawn_local(async move {
                    if let Ok(me) = root.api().send(me::find_me()).await {
                        root.session.update_me(me);
                    }
                    root.toasts.done(t!(preferences.saved));
                });
            },
        );
    };
    let languages = Language::ALL
        .iter()
        .map(|language| (language.to_string(), words::language(*language).to_owned()))
        .collect::<Vec<_>>();
    let tray_list = trays.with_value(|trays| {
        trays.iter().map(|(tray, field)| tray_row(tray.clone(), *field, tray_mails)).collect_view()
    });
    let has_trays = trays.with_value(|trays| !trays.is_empty());
    let warning = live(move || trays.with_value(|trays| warning(trays, tray_mails)));
    html! {
        <FormView form on_submit=save class="form form--wide panel">
            <SelectInput field=language label=t!(preferences.language) options=languages/>
            <h2>{t!(preferences.mails)}</h2>
            <CheckBox field=tray_mails label=t!(preferences.tray_mails) hint=t!(preferences.tray_mails_hint)/>
            {has_trays.then(|| html! { <ul class="tray-mails">{tray_list}</ul> })}
            {warning}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}

fn tray_row(tray: TrayPreference, field: Field<bool>, overall: Field<bool>) -> AnyView {
    let others = tn!(tray.others_receiving, preferences.one_other, preferences.others);
    let paused =
        move || (!overall.get()).then(|| html! { <span class="faint">{t!(preferences.paused)}</span> });
    html! {
        <li>
            <CheckBox field label=tray.group.name hint=others/>
            {paused}
        </li>
    }
}

/// For each tray whose mails would stop: what the team agreed, and how many still get them.
fn warning(trays: &TrayFields, overall: Field<bool>) -> Option<AnyView> {
    let stopping: Vec<_> = trays
        .iter()
        .filter(|(_, field)| {
            let (mails, was) = (field.get() && overall.get(), field.saved_value() && overall.saved_value());
            was && !mails
        })
        .map(|(tray, _)| tray.clone())
        .collect();
    if stopping.is_empty() {
        return None;
    }
    let trays = stopping
        .into_iter()
        .map(|tray| {
            let remaining = match tray.others_receiving {
                0 => t!(preferences.nobody_left).to_owned(),
                count => tn!(count, preferences.one_left, preferences.left),
            };
            html! {
                <li>
                    <strong>{tray.group.name}</strong>
                    ": "
                    {remaining}
                    {if tray.work_agreements.is_empty() {
                        html! { <p class="faint">{t!(groups.no_agreements)}</p> }
                    } else {
                        html! { <Prose text=tray.work_agreements/> }
                    }}
                </li>
            }
        })
        .collect_view();
    Some(html! {
        <div class="notice notice--warning" role="status">
            <Icon shape=Shape::Warning/>
            <div>
                <p><strong>{t!(preferences.warning)}</strong></p>
                <ul>{trays}</ul>
            </div>
        </div>
    })
}
