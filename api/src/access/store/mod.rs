//! The rows that decisions are taken on; taking them is the work of the modules beside this one.

pub mod cases;
pub mod facts;
pub mod pages;
pub mod standing;
pub mod tasks;
pub mod visibility;
