//! One's second factor, and of whom an office requires one: `/v1/me/second-factor`, `/v1/office/second-factor`.

use contract::{
    Employee, EmployeeId, NewSecondFactor, RecoveryCodes, SecondFactor, SecondFactorCode,
    SecondFactorConfirmed, SecondFactorRemoval, SecondFactorRequirement, SecondFactorRequirementChange,
    SecondFactorReset, SecondFactorSetup,
};

use super::Call;

pub fn find_second_factor() -> Call<SecondFactor> {
    Call::get("/me/second-factor")
}

pub fn begin_second_factor(new: &NewSecondFactor) -> Call<SecondFactorSetup> {
    Call::post("/me/second-factor").with(new)
}

pub fn confirm_second_factor(code: &SecondFactorCode) -> Call<SecondFactorConfirmed> {
    Call::post("/me/second-factor/confirmation").with(code)
}

pub fn renew_recovery_codes(code: &SecondFactorCode) -> Call<RecoveryCodes> {
    Call::post("/me/second-factor/recovery-codes").with(code)
}

pub fn remove_second_factor(removal: &SecondFactorRemoval) -> Call<()> {
    Call::post("/me/second-factor/removal").with(removal)
}

/// Takes away the one of a colleague who lost the device.
pub fn reset_second_factor(id: EmployeeId, reset: &SecondFactorReset) -> Call<Employee> {
    Call::post(format!("/employees/{id}/second-factor-reset")).with(reset)
}

pub fn find_requirement() -> Call<SecondFactorRequirement> {
    Call::get("/office/second-factor")
}

pub fn update_requirement(
    version: i64,
    change: &SecondFactorRequirementChange,
) -> Call<SecondFactorRequirement> {
    Call::put("/office/second-factor").seen(version).with(change)
}
