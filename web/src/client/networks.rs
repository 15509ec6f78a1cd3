//! Trusted networks (S8) and help with signing in (S6): `/v1/office/networks`, `/v1/sign-in-help`.

use contract::{AddressTest, AddressVerdict, NetworksChange, OfficeNetworks, SignInHelp};

use super::{Call, Query};

pub fn find_networks() -> Call<OfficeNetworks> {
    Call::get("/office/networks")
}

pub fn update_networks(version: i64, change: &NetworksChange) -> Call<OfficeNetworks> {
    Call::put("/office/networks").seen(version).with(change)
}

pub fn test_address(test: &AddressTest) -> Call<AddressVerdict> {
    Call::post("/office/networks/test").with(test)
}

/// Of the office with this code, or the only one there is.
pub fn find_sign_in_help(office: &str) -> Call<SignInHelp> {
    Call::get(Query::new("/sign-in-help").text("office", office))
}
