//! The second factor, in words that work nowhere.

use super::*;

const SECRET: &str = "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP";

fn code() -> String {
    "287082".to_owned()
}

fn recovery_codes() -> Vec<String> {
    vec!["kdrw-xbtm-hjcz-pfgs-rkbd".to_owned(), "zgfp-mtkb-wxrs-hdcj-bbtk".to_owned()]
}

pub(super) fn all() -> Vec<(&'static str, Value)> {
    let password = || "lantaarn fiets oker dinsdag".to_owned();
    let secret = SECRET.replace(' ', "");
    vec![
        ("SecondFactorCode", json!(SecondFactorCode { code: code() })),
        (
            "SecondFactor",
            json!(SecondFactor {
                since: Some(moment("2026-11-20T08:00:00Z")),
                recovery_codes_left: 9,
                required: true,
            }),
        ),
        ("NewSecondFactor", json!(NewSecondFactor { current_password: Some(password()), code: None })),
        (
            "SecondFactorSetup",
            json!(SecondFactorSetup {
                secret: SECRET.to_owned(),
                uri: format!(
                    "otpauth://totp/Werkbak%20%28Gemeente%20Voorbeeldstad%29:jdevries%40voorbeeldstad?secret={secret}\
                     &issuer=Werkbak%20%28Gemeente%20Voorbeeldstad%29&algorithm=SHA1&digits=6&period=30"
                ),
                qr_code: "data:image/svg+xml;base64,PHN2Zy4uLg==".to_owned(),
            }),
        ),
        (
            "SecondFactorConfirmed",
            json!(SecondFactorConfirmed { recovery_codes: recovery_codes(), session: session() }),
        ),
        ("RecoveryCodes", json!(RecoveryCodes { recovery_codes: recovery_codes() })),
        ("SecondFactorRemoval", json!(SecondFactorRemoval { password: password(), code: code() })),
        (
            "SecondFactorReset",
            json!(SecondFactorReset { reason: "Telefoon kwijt; aan de balie met pas gemeld.".to_owned() }),
        ),
        (
            "SecondFactorRequirement",
            json!(SecondFactorRequirement {
                everyone: false,
                roles: vec![Role::LocalAdmin, Role::Helpdesk],
                everyone_without: 41,
                without: Role::ALL.iter().map(|role| RoleWithout { role: *role, count: 1 }).collect(),
                version: 2,
            }),
        ),
        (
            "SecondFactorRequirementChange",
            json!(SecondFactorRequirementChange {
                everyone: false,
                roles: vec![Role::LocalAdmin, Role::Helpdesk],
            }),
        ),
    ]
}
