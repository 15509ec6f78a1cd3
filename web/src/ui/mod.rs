//! The app's own components: plain HTML, accessible, styled by tokens.

pub mod bits;
pub mod button;
pub mod choice;
pub mod combobox;
pub mod crash;
pub mod dialog;
pub mod download;
pub mod file;
pub mod filter;
pub mod focus;
pub mod form;
pub mod html;
pub mod icon;
pub mod listing;
pub mod page;
pub mod remote;
pub mod rows;
pub mod tabs;
pub mod toast;
pub mod watch;
