//! Files: what the server writes for a spreadsheet or an archive, and how the browser keeps it.

use std::time::Duration;

use contract::{ExportList, GroupId};
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::{Api, Call, Outcome, Query};

/// How long the browser gets to begin keeping a file.
const BEGIN: Duration = Duration::from_secs(60);

/// A file that arrived.
#[derive(Debug)]
pub struct Download {
    content: Blob,
    pub name: String,
}

impl Download {
    /// A file made here.
    pub fn text(name: String, text: &str) -> Option<Self> {
        let content = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text))).ok()?;
        Some(Self { content, name })
    }

    /// Hands the file to the browser, which keeps it or asks where.
    pub fn keep(&self) {
        let Ok(address) = Url::create_object_url_with_blob(&self.content) else { return };
        let link =
            document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = link {
            link.set_href(&address);
            link.set_download(&self.name);
            link.click();
        }
        set_timeout(move || drop(Url::revoke_object_url(&address)), BEGIN);
    }
}

impl Api {
    /// Reads the file at `path`, which starts below `/v1`. `name` is what it is called unless the server says otherwise.
    pub async fn download(self, path: String, name: &str) -> Outcome<Download> {
        let answer = self.answer(Call::<()>::get(path).into_request()).await?;
        let (content, given) = answer.file().await?;
        Ok(Download { content, name: given.unwrap_or_else(|| name.to_owned()) })
    }
}

/// Where a list is as a file, filtered as it is on screen.
pub fn list_export(list: ExportList, q: &str, state: &str) -> String {
    Query::new(format!("/exports/{list}")).text("q", q).text("state", state).into()
}

/// Where a tray is as a file.
pub fn tray_export(group: GroupId) -> String {
    format!("/exports/trays/{group}")
}
