//! Lists on screen: what stays is left alone, so that the keyboard and what was opened stay too.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::html::html;

/// One row: a key that changes when what it shows does, and how to show it.
#[derive(Clone)]
pub struct Row {
    key: String,
    view: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Row {
    pub fn new(key: impl Into<String>, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Self {
        Self { key: key.into(), view: Arc::new(view) }
    }
}

/// The rows, made when they appear and gone when they do. One function for every kind of row, so that it is compiled
/// once.
pub fn rows(rows: Signal<Vec<Row>>) -> AnyView {
    html! { <For each=move || rows.get() key=|row| row.key.clone() children=|row| (row.view)()/> }
}
