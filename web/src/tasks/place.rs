//! Where a task is.

use contract::{EmployeeRef, GroupRef};
use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

/// With a colleague, in a team's tray, or nowhere any more.
pub fn place(holder: Option<&EmployeeRef>, tray: Option<&GroupRef>) -> AnyView {
    let (shape, text) = match (holder, tray) {
        (Some(holder), _) => (Shape::Person, holder.name.clone()),
        (None, Some(tray)) => (Shape::Tray, t!(tasks.in_tray, name = tray.name.as_str())),
        (None, None) => return html! { <span class="faint">"–"</span> },
    };
    html! {
        <span class="with-icon">
            <Icon shape/>
            <span>{text}</span>
        </span>
    }
}
