//! Going to another page.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::pages::Page;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Forward,
    Instead,
    Rewrite,
}

/// Takes people to other pages.
#[derive(Clone, Copy)]
pub struct Go(Callback<(String, How)>);

/// To be called when a view is made; may be used long after.
pub fn use_go() -> Go {
    let navigate = use_navigate();
    Go(Callback::new(move |(address, how): (String, How)| {
        let options = NavigateOptions {
            replace: how != How::Forward,
            scroll: how != How::Rewrite,
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(&address, options);
    }))
}

impl Go {
    /// To another page.
    pub fn to(self, page: Page) {
        self.open(page.to_string(), How::Forward);
    }

    /// To another page, which takes the place of this one in the browser's history.
    pub fn instead(self, page: Page) {
        self.open(page.to_string(), How::Instead);
    }

    /// Changes the address and nothing else.
    pub fn rewrite(self, address: String) {
        self.open(address, How::Rewrite);
    }

    fn open(self, address: String, how: How) {
        // The view may be gone, after waiting for an answer.
        self.0.try_run((address, how));
    }
}
