//! Mails in English.

use contract::RecipientKind;

use super::{About, Frame, Letter, MailKind};

pub(super) const FRAME: Frame = Frame {
    greeting: "Dear",
    username: "Username",
    temporary_password: "Temporary password",
    settings: "Switch e-mails on or off",
    automatic: "This is an automatic message; replies are not read.",
};

const SIGN_IN: &str = "Go to the sign-in page";
const SECRET: &str = "Keep this password to yourself. Nobody needs to know it.";
const SECOND_FACTOR_WHY: &str = "You receive this e-mail whenever your second factor changes, so that you notice if someone else does it.";
const TASK: &str = "View the task";

pub(super) fn letter(kind: MailKind, about: &About<'_>) -> Letter {
    let office = about.office;
    let case = about.case.map_or_else(|| "a case".to_owned(), |number| format!("case {number}"));
    let tray = named_tray(about, "your team");
    match kind {
        MailKind::TrayTask => Letter {
            subject: format!("New task in {tray}: {case}"),
            opening: vec![
                format!("There is a new task for {case} in {tray}."),
                "If you claim it, your colleagues see at once that you are on it.".to_owned(),
            ],
            action: TASK,
            closing: vec![],
            why: format!(
                "You receive this e-mail because you are a member of {} and have e-mails about this tray \
                switched on.",
                about.group.unwrap_or("this team")
            ),
        },
        MailKind::TraySilent => {
            let tray = named_tray(about, "a team");
            Letter {
                subject: format!("Nobody is told about a task in {tray}: {case}"),
                opening: vec![
                    format!(
                        "There is a new task for {case} in {tray}, but nobody on the team \
                        receives an e-mail about it. Perhaps the group has no active members, or \
                        its members have switched these e-mails off."
                    ),
                    "Could you see to it that someone claims the task?".to_owned(),
                ],
                action: TASK,
                closing: vec![],
                why: format!(
                    "You receive this e-mail in place of the team, because you are the \
                    coordinator of the case or a local administrator of {office}."
                ),
            }
        }
        MailKind::TaskAssigned => Letter {
            subject: format!("A task is now with you: {case}"),
            opening: vec![
                format!("A task for {case} is now with you."),
                "Is it not for you? Forward it, or return it to the tray.".to_owned(),
            ],
            action: TASK,
            closing: vec![],
            why: "You receive this e-mail because a colleague gave you the task.".to_owned(),
        },
        MailKind::TaskWithdrawn => Letter {
            subject: format!("Task withdrawn: {case}"),
            opening: vec![
                match about.group {
                    Some(_) => {
                        format!("The task for {case} in {tray} has been withdrawn: the case was closed.")
                    }
                    None => format!("Your task for {case} has been withdrawn: the case was closed."),
                },
                "There is nothing left for you to do.".to_owned(),
            ],
            action: TASK,
            closing: vec![],
            why: match about.group {
                Some(group) => format!("You receive this e-mail because you are a member of {group}."),
                None => "You receive this e-mail because the task was with you.".to_owned(),
            },
        },
        MailKind::CaseAssigned => Letter {
            subject: format!("You are now the coordinator of {case}"),
            opening: vec![format!("You are now the coordinator of {case}. It is under My cases.")],
            action: "View the case",
            closing: vec![],
            why: "You receive this e-mail because a colleague named you as the coordinator.".to_owned(),
        },
        MailKind::CaseSupported => Letter {
            subject: format!("You are now a supporter of {case}"),
            opening: vec![format!("You are now a supporter of {case}. It is under My cases.")],
            action: "View the case",
            closing: vec![],
            why: "You receive this e-mail because a colleague named you as a supporter.".to_owned(),
        },
        MailKind::WorkHandedOver => Letter {
            subject: "Work has been handed over to you".to_owned(),
            opening: vec![match about.count {
                Some(1) => "You are taking over work from a colleague: one case, task or dossier.".to_owned(),
                Some(count) => {
                    format!("You are taking over work from a colleague: {count} cases, tasks or dossiers.")
                }
                None => "You are taking over work from a colleague: cases, tasks or dossiers.".to_owned(),
            }],
            action: "View the work",
            closing: vec![],
            why: "You receive this e-mail because you were named to take over this work.".to_owned(),
        },
        MailKind::TrayMoved => Letter {
            subject: format!("Tasks moved to {tray}"),
            opening: vec![match about.count {
                Some(1) => format!("A group was deleted. Its one open task is now in {tray}."),
                Some(count) => format!("A group was deleted. Its {count} open tasks are now in {tray}."),
                None => format!("A group was deleted. Its open tasks are now in {tray}."),
            }],
            action: "View the tray",
            closing: vec![],
            why: format!(
                "You receive this e-mail, one for all tasks, because {} takes them over.",
                about.group.unwrap_or("your group")
            ),
        },
        MailKind::Invitation => Letter {
            subject: format!("Your account for Werkbak at {office}"),
            opening: vec![
                format!(
                    "An account has been made for you in Werkbak at {office}, where you work \
                    with your colleagues on dossiers, cases and tasks."
                ),
                password(about),
            ],
            action: SIGN_IN,
            closing: safety(about),
            why: format!(
                "You receive this e-mail because an administrator of {office} made an \
                account for you. Did you not expect that? Then please tell {office}."
            ),
        },
        MailKind::Reactivation => Letter {
            subject: "Your account is active again".to_owned(),
            opening: vec![format!("Your account at {office} is active again."), password(about)],
            action: SIGN_IN,
            closing: safety(about),
            why: format!(
                "You receive this e-mail because an administrator or the helpdesk made \
                your account active again. Did you not ask for that? Then please tell {office}."
            ),
        },
        MailKind::PasswordReset => Letter {
            subject: "Your temporary password".to_owned(),
            opening: vec![
                format!("A temporary password was asked for your account at {office}."),
                password(about),
            ],
            action: SIGN_IN,
            closing: vec![
                "Has the password expired? Ask for a new one on the sign-in page.".to_owned(),
                SECRET.to_owned(),
            ],
            why: format!(
                "You receive this e-mail because someone entered your username on the sign-in page and asked \
                for a temporary password. Was it not you? Then there is nothing to do: your own password \
                still works. If it happens often, tell {office}."
            ),
        },
        MailKind::AccountLocked => Letter {
            subject: "Your account is locked".to_owned(),
            opening: vec![
                format!(
                    "A temporary password was asked for your account at {office}, but the account is locked \
                    after too many failed attempts to sign in."
                ),
                whom_to_ask(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: format!(
                "You receive this e-mail because someone entered your username on the sign-in page. Was it \
                not you? Then tell {office}."
            ),
        },
        MailKind::LockedOut => Letter {
            subject: "Your account is locked".to_owned(),
            opening: vec![
                format!(
                    "Your account at {office} was locked{}: someone tried {} times in a row to sign in, in vain. \
                    Nobody can sign in to it now, not even with the right password.",
                    about.moment.map(|at| format!(" on {at}")).unwrap_or_default(),
                    about.count.map_or_else(|| "too many".to_owned(), |count| count.to_string()),
                ),
                whom_to_ask(about),
            ],
            action: SIGN_IN,
            closing: vec![
                "Was it not you? Then someone may be trying to get into your account. Say so when you ask for \
                it to be reactivated. As long as the account is locked, nobody can sign in to it. Do you use a second \
                factor? Then that person may know your password: choose a new one afterwards."
                    .to_owned(),
            ],
            why: "You receive this e-mail once each time your account is locked, so that you notice when someone \
                else tries to sign in with your username."
                .to_owned(),
        },
        MailKind::PasswordChanged => Letter {
            subject: "Your password was changed".to_owned(),
            opening: vec![
                format!(
                    "The password of your account at {office} has just been changed. Wherever \
                    else you were still signed in, you have been signed out."
                ),
                "Did you do this yourself? Then there is nothing you need to do.".to_owned(),
                format!(
                    "Was it not you? Then contact a local administrator or the helpdesk of {office} at \
                    once. They can block your account."
                ),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: "You receive this e-mail whenever your password changes, so that you notice if \
                someone else does it."
                .to_owned(),
        },
        MailKind::SecondFactorOn => Letter {
            subject: "Your second factor is on".to_owned(),
            opening: vec![
                format!(
                    "From now on signing in to your account at {office} also takes a code from an app on your \
                    telephone. Wherever else you were still signed in, you have been signed out."
                ),
                "Keep your recovery codes in a safe place: they let you sign in when your telephone is not at hand."
                    .to_owned(),
                not_you(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: SECOND_FACTOR_WHY.to_owned(),
        },
        MailKind::SecondFactorOff => Letter {
            subject: "Your second factor is off".to_owned(),
            opening: vec![
                format!(
                    "Signing in to your account at {office} no longer takes a code from an app: your second factor \
                    has just been switched off."
                ),
                not_you(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: SECOND_FACTOR_WHY.to_owned(),
        },
        MailKind::SecondFactorReset => Letter {
            subject: "Your second factor was taken away".to_owned(),
            opening: vec![
                format!(
                    "An administrator took away the second factor of your account at {office}, so that you can sign \
                    in without your telephone. Wherever you were still signed in, you have been signed out."
                ),
                "Does your office require a second factor of you? Then you set up a new one at your next sign-in."
                    .to_owned(),
                not_you(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: SECOND_FACTOR_WHY.to_owned(),
        },
        MailKind::AddressChanged => Letter {
            subject: "Your e-mail address was changed".to_owned(),
            opening: vec![
                format!(
                    "Your account at {office} now has another e-mail address. E-mails from \
                    Werkbak go there from now on; this is the last one to this address."
                ),
                format!(
                    "Is this not right? Then contact a local administrator or the helpdesk of \
                    {office} at once."
                ),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: "You receive this e-mail because your account had this address, so that you \
                notice if someone else changes it."
                .to_owned(),
        },
        MailKind::OperatorReactivated => {
            let account =
                about.account.map_or_else(|| "an account".to_owned(), |name| format!("account {name}"));
            let when =
                about.moment.map(|moment| format!("On {moment}")).unwrap_or_else(|| "Just now".to_owned());
            Letter {
                subject: format!("The operator made {account} active again"),
                opening: vec![
                    format!(
                        "{when} the operator of Werkbak made {account} active again, outside the screens. A \
                        temporary password was made, which works for 30 minutes."
                    ),
                    format!(
                        "Did nobody at {office} ask for this? Then deactivate the account, and contact whoever runs \
                        Werkbak for you."
                    ),
                ],
                action: "View the employee",
                closing: vec![],
                why: format!(
                    "You receive this e-mail because you are a local administrator of {office}, so that you notice \
                    when this happens."
                ),
            }
        }
        MailKind::MessageUndelivered => {
            let dossier = dossier(about);
            Letter {
                subject: format!("Your message about {dossier} did not arrive"),
                opening: vec![
                    format!("The e-mail about your message in {dossier} could not be delivered."),
                    "The message is still in Werkbak. See who would get it, and send it again if needed."
                        .to_owned(),
                ],
                action: "See the message",
                closing: vec![],
                why: "You receive this e-mail because you sent the message.".to_owned(),
            }
        }
        MailKind::DossierMessage => {
            let dossier = dossier(about);
            Letter {
                subject: format!("New message about {dossier}"),
                opening: vec![
                    format!("There is a message about {dossier}."),
                    "The message itself is in Werkbak; sign in to read it.".to_owned(),
                ],
                action: "Read the message",
                closing: vec![],
                why: match about.recipient {
                    Some(RecipientKind::ClientGroup) => {
                        "You receive this e-mail because this dossier belongs \
                        to your client group and has no active manager."
                            .to_owned()
                    }
                    Some(RecipientKind::Office) => format!(
                        "You receive this e-mail at the general address of {office}, because this dossier has \
                        neither an active manager nor a client group."
                    ),
                    Some(RecipientKind::Manager) | None => {
                        "You receive this e-mail because you manage this dossier.".to_owned()
                    }
                },
            }
        }
    }
}

fn named_tray(about: &About<'_>, unnamed: &str) -> String {
    format!("the tray of {}", about.group.unwrap_or(unnamed))
}

/// Who can reactivate an account, and how to reach them.
fn whom_to_ask(about: &About<'_>) -> String {
    format!(
        "A local administrator or the helpdesk of {} can reactivate it{}. You will then get a temporary password.",
        about.office,
        about.contact.map(|contact| format!(": {contact}")).unwrap_or_default()
    )
}

fn not_you(about: &About<'_>) -> String {
    format!(
        "Did you not ask for this? Then contact a local administrator or the helpdesk of {} at once. They can block \
        your account.",
        about.office
    )
}

fn password(about: &About<'_>) -> String {
    match about.until {
        Some(until) => format!(
            "Sign in with the temporary password below and then choose a password of your own. The \
            temporary password works once and expires on {until}."
        ),
        None => {
            format!("Ask a local administrator or the helpdesk of {} for a temporary password.", about.office)
        }
    }
}

fn safety(about: &About<'_>) -> Vec<String> {
    about.until.map_or_else(Vec::new, |_| {
        vec![
            format!(
                "Has the password expired? A local administrator or the helpdesk of {} can send you a new one.",
                about.office
            ),
            SECRET.to_owned(),
        ]
    })
}

fn dossier(about: &About<'_>) -> String {
    about.dossier.map_or_else(|| "a dossier".to_owned(), |number| format!("dossier {number}"))
}
