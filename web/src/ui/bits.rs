//! Small things that recur.

use contract::{Access, Day};
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::icon::{Icon, Shape};
use crate::i18n::dates;
use crate::ui::html::html;

/// What a badge stresses. Never by colour only: the text says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Good,
    Attention,
    Bad,
}

/// A word that stands out.
#[component]
pub fn Badge(#[prop(into)] text: String, #[prop(default = Tone::Neutral)] tone: Tone) -> impl IntoView {
    let class = match tone {
        Tone::Neutral => "badge",
        Tone::Good => "badge badge--good",
        Tone::Attention => "badge badge--attention",
        Tone::Bad => "badge badge--bad",
    };
    html! { <span class=class>{text}</span> }
}

/// A day by which something must be done; what is late or near says so. `done`: no longer matters.
#[component]
pub fn Due(day: Option<Day>, #[prop(optional)] done: bool) -> impl IntoView {
    let Some(day) = day else { return html! { <span class="faint">"–"</span> } };
    let date = dates::day(day);
    if done {
        return html! { <time datetime=day.to_string()>{date}</time> };
    }
    let days = dates::days_until(day);
    let (class, shape) = match days {
        ..=-1 => ("due due--late", Some(Shape::Warning)),
        0..=3 => ("due due--near", Some(Shape::Clock)),
        _ => ("due", None),
    };
    html! {
        <span class=class>
            {shape.map(|shape| html! { <Icon shape/> })}
            <time datetime=day.to_string()>{date}</time>
            " "
            <span class="due__when">{dates::due(day)}</span>
        </span>
    }
}

/// Nothing here, and what to do about it.
#[component]
pub fn Empty(#[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    html! {
        <div class="empty">
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A table. Where the screen is narrow each row is a card, and the styles put the column's heading before its cell.
#[component]
pub fn Table(
    /// What the table lists, for people who do not see it.
    #[prop(into)]
    label: String,
    head: Vec<Column>,
    children: Children,
) -> impl IntoView {
    let table = NodeRef::<leptos::html::Table>::new();
    let labels: Vec<&'static str> =
        head.iter().map(|column| if column.unseen { "" } else { column.text }).collect();
    table.on_load(move |table| {
        let style = HtmlElement::style(&table);
        for (position, label) in labels.iter().enumerate() {
            drop(style.set_property(&format!("--column-{}", position + 1), &format!("\"{label}\"")));
        }
    });
    let head = head
        .into_iter()
        .map(|column| {
            let text = if column.unseen {
                html! { <span class="visually-hidden">{column.text}</span> }
            } else {
                column.text.into_any()
            };
            html! { <th scope="col" class=column.class>{text}</th> }
        })
        .collect_view();
    html! {
        <div class="table-wrap" role="group" tabindex="0" aria-label=label>
            <table class="table" node_ref=table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// A column's heading.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    text: &'static str,
    class: &'static str,
    unseen: bool,
}

impl Column {
    pub const fn new(text: &'static str) -> Self {
        Self { text, class: "", unseen: false }
    }

    /// Left out where the screen is narrow; its cells have class `wide-only` too.
    pub const fn wide_only(text: &'static str) -> Self {
        Self { text, class: "wide-only", unseen: false }
    }

    /// Its heading is only heard.
    pub const fn unseen(text: &'static str) -> Self {
        Self { text, class: "", unseen: true }
    }
}

/// A term and what it is, in a list of facts.
#[component]
pub fn Fact(#[prop(into)] term: String, children: Children) -> impl IntoView {
    html! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// Text people wrote, with its line breaks.
#[component]
pub fn Prose(#[prop(into)] text: String) -> impl IntoView {
    html! { <p class="prose">{text}</p> }
}

/// Whether someone has access, and which rule decides (D5).
pub fn verdict(text: String, access: Access) -> AnyView {
    let (class, shape) = if access.allowed {
        ("verdict verdict--yes", Shape::Check)
    } else {
        ("verdict verdict--no", Shape::Lock)
    };
    html! {
        <div class=class>
            <Icon shape/>
            <p>
                <strong>{text}</strong>
                <br/>
                {access.explanation}
            </p>
        </div>
    }
}
