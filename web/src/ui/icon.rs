//! The app's own icons: strokes on a grid of 24, in the colour of the text. Decoration only: what a button does stands
//! in its label.

use leptos::prelude::*;

use crate::ui::html::html;

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Add,
    Back,
    Check,
    Clock,
    Close,
    Deny,
    Down,
    Download,
    Expand,
    Forward,
    Group,
    Hidden,
    Info,
    Lock,
    Magnifier,
    Menu,
    Pencil,
    Person,
    Refresh,
    Release,
    SignOut,
    Tray,
    Up,
    Upload,
    Visible,
    Warning,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Self::Add => "M12 5v14M5 12h14",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Check => "M5 13l4.5 4.5L19 7",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Deny => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.6 5.6l12.8 12.8",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4 20h16",
            Self::Expand => "M6 9l6 6 6-6",
            Self::Forward => "M4 17v-3a5 5 0 0 1 5-5h10M14 4l5 5-5 5",
            Self::Group => {
                "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.6-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.8 3.5 5.5"
            }
            Self::Hidden => {
                "M4 4l16 16M9.9 5.2A10 10 0 0 1 12 5c5 0 8.5 4 9.5 7a12 12 0 0 1-2.6 4M6.2 7.2A12 12 0 0 0 2.5 12c1 3 4.5 7 9.5 7a10 10 0 0 0 4.4-1M9.9 9.9a3 3 0 0 0 4.2 4.2"
            }
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.5",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Magnifier => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Pencil => "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c0-4 3-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
            Self::Refresh => "M20 12a8 8 0 1 1-2.3-5.6L20 8.5M20 4v4.5h-4.5",
            Self::Release => "M20 17v-3a5 5 0 0 0-5-5H5M10 4L5 9l5 5",
            Self::SignOut => "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
            Self::Tray => "M3 14l3-9h12l3 9v6H3zM3 14h5l1.5 3h5L16 14h5",
            Self::Up => "M12 19V5M6 11l6-6 6 6",
            Self::Upload => "M12 15V4M7 8.5l5-5 5 5M4 20h16",
            Self::Visible => {
                "M2.5 12c1-3 4.5-7 9.5-7s8.5 4 9.5 7c-1 3-4.5 7-9.5 7s-8.5-4-9.5-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
            }
            Self::Warning => "M12 4L2.5 20h19zM12 10v5M12 17.4v.2",
        }
    }
}

#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=shape.path()></path>
        </svg>
    }
}
