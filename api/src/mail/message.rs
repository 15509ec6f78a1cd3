//! What mails say. A mail carries no content (D8): a number, what happened, a link, and why it came.

mod dutch;
mod english;
pub mod local_time;

#[cfg(test)]
mod tests;

use askama::Template;
use chrono::{DateTime, Utc};
use contract::{Language, RecipientKind};
use serde::{Deserialize, Serialize};

pub use local_time::local_time;

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// A task landed in a tray; to a member of its group (T3).
    TrayTask,
    /// A task landed in a tray and nobody of its group would hear of it; to the coordinator, else the local
    /// administrators (T6).
    TraySilent,
    /// A task is now with the recipient.
    TaskAssigned,
    /// A case was closed and its open task withdrawn; to the holder, or to the tray's members (C9).
    TaskWithdrawn,
    /// The recipient is now the coordinator of a case (C4).
    CaseAssigned,
    /// The recipient now supports a case (C4).
    CaseSupported,
    /// Work of a colleague is now the recipient's; one mail for all of it (P4).
    WorkHandedOver,
    /// The open tasks of a group that was deleted are now in the tray of the recipient's group; one mail for
    /// all of them (G6).
    TrayMoved,
    /// A new account, with a temporary password (S4).
    Invitation,
    /// An account that is active again, with a temporary password (S3).
    Reactivation,
    /// Someone asked for a temporary password for the recipient's account (S4).
    PasswordReset,
    /// The same, for an account that is locked: who can reactivate it (S4).
    AccountLocked,
    /// The recipient's account was locked just now; once per lock (S2).
    LockedOut,
    /// The recipient's password was changed (S5).
    PasswordChanged,
    /// The recipient signs in with a second factor from now on.
    SecondFactorOn,
    /// The recipient switched it off.
    SecondFactorOff,
    /// A local administrator or the operator took it away.
    SecondFactorReset,
    /// The recipient's address was changed; to the old one (S3).
    AddressChanged,
    /// The operator made an account active, at the command line; to the office's other local administrators (O1).
    OperatorReactivated,
    /// There is a message about a dossier; to its one address (D6).
    DossierMessage,
    /// The mail about a message did not arrive; to the message's author.
    MessageUndelivered,
}

impl MailKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::TrayTask,
        Self::TraySilent,
        Self::TaskAssigned,
        Self::TaskWithdrawn,
        Self::CaseAssigned,
        Self::CaseSupported,
        Self::WorkHandedOver,
        Self::TrayMoved,
        Self::Invitation,
        Self::Reactivation,
        Self::PasswordReset,
        Self::AccountLocked,
        Self::LockedOut,
        Self::PasswordChanged,
        Self::SecondFactorOn,
        Self::SecondFactorOff,
        Self::SecondFactorReset,
        Self::AddressChanged,
        Self::OperatorReactivated,
        Self::DossierMessage,
        Self::MessageUndelivered,
    ];

    /// The spelling in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TrayTask => "tray-task",
            Self::TraySilent => "tray-silent",
            Self::TaskAssigned => "task-assigned",
            Self::TaskWithdrawn => "task-withdrawn",
            Self::CaseAssigned => "case-assigned",
            Self::CaseSupported => "case-supported",
            Self::WorkHandedOver => "work-handed-over",
            Self::TrayMoved => "tray-moved",
            Self::Invitation => "invitation",
            Self::Reactivation => "reactivation",
            Self::PasswordReset => "password-reset",
            Self::AccountLocked => "account-locked",
            Self::LockedOut => "locked-out",
            Self::PasswordChanged => "password-changed",
            Self::SecondFactorOn => "second-factor-on",
            Self::SecondFactorOff => "second-factor-off",
            Self::SecondFactorReset => "second-factor-reset",
            Self::AddressChanged => "address-changed",
            Self::OperatorReactivated => "operator-reactivated",
            Self::DossierMessage => "dossier-message",
            Self::MessageUndelivered => "message-undelivered",
        }
    }
}

impl std::fmt::Display for MailKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for MailKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kind = Self::ALL.iter().find(|kind| kind.as_str() == text).copied();
        kind.ok_or_else(|| format!("MailKind has no value {text:?}"))
    }
}

/// The particulars of one mail, kept as JSON until it is sent. Each kind uses the ones that concern it and
/// does without those that are missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Params {
    /// The number of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// The number of the dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier_number: Option<String>,
    /// Why it goes to this recipient (D6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_kind: Option<RecipientKind>,
    /// The name of a recipient who is no employee: a client group's or an office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_name: Option<String>,
    /// The name of the group whose tray it is; of a withdrawn task, if it was in a tray.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// The path of the page it is about, such as `/taken/<id>`; else the start page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The path of the settings for these mails (T5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings_link: Option<String>,
    /// How the recipient signs in, such as `jdevries@zaanstad`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// How many things were handed over, or how many attempts to sign in failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Where this mail goes instead of to the recipient's own address: the old one, of a changed address; the
    /// one the author of a message saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where the recipient's office can be asked for help (S6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// How the colleague signs in whose account it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// When it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<DateTime<Utc>>,
}

/// A mail, composed.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its subject, one line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It may hold a temporary password.
        f.debug_struct("Message").finish_non_exhaustive()
    }
}

/// What the wording of a mail depends on.
struct About<'a> {
    office: &'a str,
    case: Option<&'a str>,
    dossier: Option<&'a str>,
    recipient: Option<RecipientKind>,
    group: Option<&'a str>,
    count: Option<u32>,
    contact: Option<&'a str>,
    account: Option<&'a str>,
    moment: Option<&'a str>,
    /// Until when the temporary password works, if there is one.
    until: Option<&'a str>,
}

/// The wording of one mail in one language.
struct Letter {
    subject: String,
    opening: Vec<String>,
    /// What following the link does.
    action: &'static str,
    closing: Vec<String>,
    why: String,
}

/// The words around every letter in one language.
struct Frame {
    greeting: &'static str,
    username: &'static str,
    temporary_password: &'static str,
    settings: &'static str,
    automatic: &'static str,
}

#[derive(Template)]
#[template(path = "mail/layout.html")]
struct Layout<'a> {
    language: Language,
    letter: &'a Letter,
    frame: &'a Frame,
    recipient: &'a str,
    office: &'a str,
    username: Option<&'a str>,
    password: Option<&'a str>,
    link: &'a str,
    settings: Option<&'a str>,
}

/// Composes a mail for one recipient, in the language they read.
///
/// `public_url` is where people reach the installation, without a path. `temporary_password` is the password
/// in clear and the moment it stops working (S4); it is in the mail and nowhere else.
pub fn compose(
    kind: MailKind,
    language: Language,
    recipient_name: &str,
    office_name: &str,
    params: &Params,
    public_url: &str,
    temporary_password: Option<(&str, DateTime<Utc>)>,
) -> Message {
    let recipient = one_line(recipient_name);
    let office = one_line(office_name);
    let case = params.case_number.as_deref().map(one_line);
    let dossier = params.dossier_number.as_deref().map(one_line);
    let group = params.group_name.as_deref().map(one_line);
    let contact = params.contact.as_deref().map(one_line);
    let account = params.account.as_deref().map(one_line);
    let moment = params.moment.map(|moment| local_time(moment, language));
    let until = temporary_password.map(|(_, until)| local_time(until, language));
    let about = About {
        office: &office,
        case: case.as_deref(),
        dossier: dossier.as_deref(),
        recipient: params.recipient_kind,
        group: group.as_deref(),
        count: params.count,
        contact: contact.as_deref(),
        account: account.as_deref(),
        moment: moment.as_deref(),
        until: until.as_deref(),
    };
    let (letter, frame) = match language {
        Language::Dutch => (dutch::letter(kind, &about), &dutch::FRAME),
        Language::English => (english::letter(kind, &about), &english::FRAME),
    };
    let tells_username = matches!(
        kind,
        MailKind::Invitation
            | MailKind::Reactivation
            | MailKind::PasswordReset
            | MailKind::AccountLocked
            | MailKind::LockedOut
            | MailKind::PasswordChanged
            | MailKind::SecondFactorOn
            | MailKind::SecondFactorOff
            | MailKind::SecondFactorReset
            | MailKind::AddressChanged
    );
    let username = params.username.as_deref().filter(|_| tells_username).map(one_line);
    let settings = params.settings_link.as_deref().map(|path| address(public_url, path));
    let layout = Layout {
        language,
        letter: &letter,
        frame,
        recipient: &recipient,
        office: &office,
        username: username.as_deref(),
        password: temporary_password.map(|(password, _)| password),
        link: &address(public_url, params.link.as_deref().unwrap_or("/")),
        settings: settings.as_deref(),
    };
    let text = layout.text();
    // The template writes to a string, which never fails.
    let html = layout.render().unwrap_or_default();
    Message { subject: letter.subject, text, html }
}

impl Layout<'_> {
    /// What the template shows, as plain text.
    fn text(&self) -> String {
        let mut blocks = vec![format!("{} {},", self.frame.greeting, self.recipient)];
        blocks.extend(self.letter.opening.iter().cloned());
        if let Some(username) = self.username {
            blocks.push(format!("{}: {username}", self.frame.username));
        }
        if let Some(password) = self.password {
            blocks.push(format!("{}: {password}", self.frame.temporary_password));
        }
        blocks.push(format!("{}:\n{}", self.letter.action, self.link));
        blocks.extend(self.letter.closing.iter().cloned());
        blocks.push(self.letter.why.clone());
        if let Some(settings) = self.settings {
            blocks.push(format!("{}:\n{settings}", self.frame.settings));
        }
        blocks.push(format!("{} · Werkbak. {}", self.office, self.frame.automatic));
        blocks.join("\n\n") + "\n"
    }
}

/// A name as part of a sentence: on one line, and without characters that hide or turn text around.
fn one_line(text: &str) -> String {
    let hidden = |c: char| match c {
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => true,
        _ => c.is_control(),
    };
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().filter(|c| !hidden(*c)).collect()).collect();
    words.join(" ")
}

/// A path of this installation as people follow it; always on this installation.
fn address(public_url: &str, path: &str) -> String {
    format!("{}/{}", public_url.trim_end_matches('/'), path.trim_start_matches('/'))
}

/// What temporary passwords are made of: sixteen lower-case letters, four bits each. No vowels, so no words;
/// nothing that looks like something else (l, q, v, y, n beside r) and no digits.
const LETTERS: &[u8; 16] = b"bcdfghjkmprstwxz";
/// The random bytes of a temporary password: 80 bits (S4).
const RANDOM_BYTES: usize = 10;
/// The letters of a group.
const GROUP: usize = 4;

/// A new temporary password (S4): 80 random bits as five groups of four letters, such as
/// `kdrw-xbtm-hjcz-pfgs-rkbd`, to read aloud over the telephone.
pub fn temporary_password() -> String {
    let random: [u8; RANDOM_BYTES] = rand::random();
    let mut password = String::with_capacity(RANDOM_BYTES * 2 + RANDOM_BYTES * 2 / GROUP);
    for (at, half) in random.iter().flat_map(|byte| [byte >> 4, byte & 0xF]).enumerate() {
        if at > 0 && at % GROUP == 0 {
            password.push('-');
        }
        password.extend(LETTERS.get(usize::from(half)).copied().map(char::from));
    }
    password
}
