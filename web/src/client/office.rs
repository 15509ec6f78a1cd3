//! The office and its settings: `/v1/office`.

use contract::{Office, OfficeChange};

use super::Call;

pub fn find_office() -> Call<Office> {
    Call::get("/office")
}

pub fn update_office(version: i64, change: &OfficeChange) -> Call<Office> {
    Call::put("/office").seen(version).with(change)
}
