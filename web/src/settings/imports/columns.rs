//! What a file of each kind may hold. The headers are those the server knows and its exports write.

use contract::ImportKind;
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::download::Download;
use crate::i18n::t;
use crate::ui::bits::{Badge, Column, Table};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

/// A column: its field on the wire, whether a file is of no use without it, and what belongs in it.
type Field = (&'static str, bool, &'static str);

fn fields(kind: ImportKind) -> Vec<Field> {
    match kind {
        ImportKind::Employees => vec![
            ("username", true, t!(imports.about_username)),
            ("name", false, t!(imports.about_name)),
            ("email", false, t!(imports.about_email)),
            ("roles", false, t!(imports.about_roles)),
            ("groups", false, t!(imports.about_groups)),
            ("language", false, t!(imports.about_language)),
        ],
        ImportKind::Memberships => vec![
            ("username", true, t!(imports.about_member)),
            ("group", true, t!(imports.about_group)),
            ("action", false, t!(imports.about_action)),
        ],
        ImportKind::ClientGroups => vec![
            ("name", true, t!(imports.about_client_group)),
            ("email", false, t!(imports.about_client_email)),
        ],
        ImportKind::Dossiers => vec![
            ("number", false, t!(imports.about_number)),
            ("name", true, t!(imports.about_dossier)),
            ("manager", false, t!(imports.about_manager)),
            ("clientGroup", false, t!(imports.about_clients)),
            ("visibility", false, t!(imports.about_visibility)),
            ("allow", false, t!(imports.about_allow)),
            ("deny", false, t!(imports.about_deny)),
        ],
    }
}

/// The header of a field's column.
pub fn header(field: &str) -> Option<&'static str> {
    Some(match field {
        "username" => t!(imports.username),
        "name" => t!(imports.name),
        "email" => t!(imports.email),
        "roles" => t!(imports.roles),
        "groups" | "groupIds" => t!(imports.groups),
        "language" => t!(imports.language),
        "group" => t!(imports.group),
        "action" => t!(imports.action),
        "number" => t!(imports.number),
        "manager" => t!(imports.manager),
        "clientGroup" => t!(imports.client_group),
        "visibility" => t!(imports.visibility),
        "allow" => t!(imports.allow),
        "deny" => t!(imports.deny),
        _ => return None,
    })
}

pub fn kind_word(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Employees => t!(imports.employees),
        ImportKind::Memberships => t!(imports.memberships),
        ImportKind::ClientGroups => t!(imports.client_groups),
        ImportKind::Dossiers => t!(imports.dossiers),
    }
}

/// What the columns are, with a file to start from.
#[component]
pub fn ExpectedColumns(kind: ImportKind) -> impl IntoView {
    let root = use_root();
    let fields = fields(kind);
    let headers: Vec<&str> = fields.iter().filter_map(|(field, ..)| header(field)).collect();
    // As an export begins: a spreadsheet sees by the mark that this is UTF-8.
    let empty = StoredValue::new(format!("\u{feff}{}\r\n", headers.join(";")));
    let example = move |_| {
        let name = format!("{}.csv", kind_word(kind).to_lowercase());
        if let Some(file) = empty.with_value(|empty| Download::text(name, empty)) {
            file.keep();
            root.toasts.done(t!(common.downloaded, name = file.name.as_str()));
        }
    };
    let rows = fields
        .into_iter()
        .map(|(field, required, about)| {
            html! {
                <tr>
                    <th scope="row" class="nowrap">
                        {header(field)}
                        {required.then(|| html! { " " <Badge text=t!(imports.required)/> })}
                    </th>
                    <td>{about}</td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <section>
            <div class="section-header">
                <h2>{t!(imports.columns)}</h2>
                <button type="button" class="button" on:click=example>
                    <Icon shape=Shape::Download/>
                    {t!(imports.example)}
                </button>
            </div>
            <Table label=t!(imports.columns) head=vec![
                Column::new(t!(imports.column)),
                Column::new(t!(imports.content)),
            ]>
                {rows}
            </Table>
            <p class="faint below">{t!(imports.columns_text)}</p>
        </section>
    }
}
