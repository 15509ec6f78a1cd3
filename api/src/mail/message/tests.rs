use std::collections::BTreeSet;

use super::*;

const NUMBER: &str = "Z2026-000123";
const LINK: &str = "/taken/0191d0c2-5a0e-7c3e-9f1a-1f2e3d4c5b6a";
const PASSWORD: &str = "kdrw-xbtm-hjcz-pfgs-rkbd";

fn params() -> Params {
    Params {
        case_number: Some(NUMBER.to_owned()),
        dossier_number: Some("2026-000456".to_owned()),
        recipient_kind: None,
        recipient_name: None,
        group_name: Some("Wijkteam Noord".to_owned()),
        link: Some(LINK.to_owned()),
        settings_link: Some("/voorkeuren".to_owned()),
        username: Some("jdevries@zaanstad".to_owned()),
        contact: Some("hulp@zaanstad.example".to_owned()),
        count: Some(3),
        address: Some("oud@voorbeeld.nl".to_owned()),
        account: Some("avisser@zaanstad".to_owned()),
        moment: Some("2026-11-22T13:05:00Z".parse().unwrap()),
    }
}

fn is_about_work(kind: MailKind) -> bool {
    use MailKind::*;
    matches!(kind, TrayTask | TraySilent | TaskAssigned | TaskWithdrawn | CaseAssigned | CaseSupported)
}

fn has_password(kind: MailKind) -> bool {
    matches!(kind, MailKind::Invitation | MailKind::Reactivation | MailKind::PasswordReset)
}

fn composed(kind: MailKind, language: Language, params: &Params) -> Message {
    let until = "2026-11-24T13:05:00Z".parse().unwrap();
    let password = has_password(kind).then_some((PASSWORD, until));
    compose(kind, language, "Jan de Vries", "Gemeente Zaanstad", params, "https://werkbak.example", password)
}

fn every() -> impl Iterator<Item = (MailKind, Language)> {
    MailKind::ALL.iter().flat_map(|kind| Language::ALL.iter().map(|language| (*kind, *language)))
}

/// What a reader of the HTML sees.
fn visible(html: &str) -> String {
    let body = html.split_once("<body").unwrap().1;
    let mut text = String::new();
    let mut tag = true;
    for c in body.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn kinds_are_text_and_back() {
    for kind in MailKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(*kind));
    }
    let spellings: BTreeSet<_> = MailKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(spellings.len(), MailKind::ALL.len());
    assert!("tray_task".parse::<MailKind>().is_err());
}

#[test]
fn every_mail_says_what_happened_where_to_go_and_why_it_came() {
    for (kind, language) in every() {
        let message = composed(kind, language, &params());
        let why = match language {
            Language::Dutch => "U krijgt deze e-mail",
            Language::English => "You receive this e-mail",
        };
        let hello = match language {
            Language::Dutch => "Beste Jan de Vries,",
            Language::English => "Dear Jan de Vries,",
        };
        let link = format!("https://werkbak.example{LINK}");
        assert!(message.html.contains(&format!("href=\"{link}\"")), "{kind} {language}");
        assert!(message.html.contains(&format!("<html lang=\"{language}\">")));
        assert!(message.text.contains(&format!("\n{link}\n")), "{kind} {language}");
        for body in [&message.text, &visible(&message.html)] {
            assert!(body.contains(hello), "{kind} {language}");
            assert!(body.contains(why), "{kind} {language}");
            assert!(body.contains("Gemeente Zaanstad"), "{kind} {language}");
        }
        for part in [&message.subject, &message.text, &message.html] {
            assert_eq!(is_about_work(kind), part.contains(NUMBER), "{kind} {language}: {part}");
        }
        assert!(message.text.contains("https://werkbak.example/voorkeuren"), "{kind} {language}");
        assert!(message.html.contains("href=\"https://werkbak.example/voorkeuren\""), "{kind} {language}");
        assert!(message.subject.chars().count() < 100 && !message.subject.contains('\n'));
        assert!(message.text.lines().all(|line| line.chars().count() < 400), "{kind} {language}");
    }
}

#[test]
fn the_two_languages_are_not_mixed() {
    for kind in MailKind::ALL {
        let dutch = composed(*kind, Language::Dutch, &params()).text.to_lowercase();
        let english = composed(*kind, Language::English, &params()).text.to_lowercase();
        for word in [" you ", " the ", " with "] {
            assert!(!dutch.contains(word), "{kind}: {dutch}");
        }
        for word in [" uw ", " u ", " een ", " het "] {
            assert!(!english.contains(word), "{kind}: {english}");
        }
    }
}

#[test]
fn both_forms_of_a_mail_say_the_same() {
    for (kind, language) in every() {
        let message = composed(kind, language, &params());
        let html = visible(&message.html);
        for line in message.text.lines().filter(|line| !line.is_empty() && !line.starts_with("https://")) {
            // A label and what it labels stand apart in the HTML.
            let found = line.trim_end_matches(':').split(": ").all(|part| html.contains(part));
            assert!(found, "{kind} {language}: {line}");
        }
    }
}

#[test]
fn an_account_is_named_only_in_mails_about_it() {
    for (kind, language) in every() {
        let message = composed(kind, language, &params());
        let others = [
            MailKind::AccountLocked,
            MailKind::LockedOut,
            MailKind::PasswordChanged,
            MailKind::SecondFactorOn,
            MailKind::SecondFactorOff,
            MailKind::SecondFactorReset,
            MailKind::AddressChanged,
        ];
        let about_account = has_password(kind) || others.contains(&kind);
        assert_eq!(message.text.contains("jdevries@zaanstad"), about_account, "{kind}");
        assert_eq!(message.html.contains("jdevries@zaanstad"), about_account, "{kind}");
        assert!(!message.text.contains("oud@voorbeeld.nl"), "{kind}: no addresses");
    }
}

#[test]
fn who_is_locked_out_reads_when_how_often_and_whom_to_ask() {
    for (language, when) in [
        (Language::Dutch, "op 22 november 2026 om 14:05"),
        (Language::English, "on 22 November 2026 at 14:05"),
    ] {
        let message = composed(MailKind::LockedOut, language, &params());
        for body in [&message.text, &message.html] {
            for word in [when, "3 ", "hulp@zaanstad.example"] {
                assert!(body.contains(word), "{word}: {body}");
            }
        }
        // Nothing that is missing leaves a hole.
        let bare = composed(MailKind::LockedOut, language, &Params::default()).text;
        assert!(!bare.contains("  ") && !bare.contains(" :") && !bare.contains(" ."), "{bare}");
    }
}

#[test]
fn a_temporary_password_comes_with_its_end() {
    for (kind, language) in every() {
        let message = composed(kind, language, &params());
        let until = match language {
            Language::Dutch => "tot 24 november 2026 om 14:05",
            Language::English => "on 24 November 2026 at 14:05",
        };
        for body in [&message.text, &message.html] {
            assert_eq!(body.contains(PASSWORD), has_password(kind), "{kind}");
            assert_eq!(body.contains(until), has_password(kind), "{kind}");
        }
        assert!(!message.subject.contains(PASSWORD));
        assert!(!format!("{message:?}").contains(PASSWORD), "nor in a log");
    }
    let without = compose(MailKind::Invitation, Language::Dutch, "A", "B", &Params::default(), "", None);
    assert!(without.text.contains("om een tijdelijk wachtwoord"), "{}", without.text);
}

#[test]
fn a_silent_tray_says_that_nobody_was_told() {
    let dutch = composed(MailKind::TraySilent, Language::Dutch, &params()).text;
    assert!(dutch.contains("niemand van het team krijgt daar een e-mail over"), "{dutch}");
    assert!(dutch.contains("in plaats van het team"), "{dutch}");
    let english = composed(MailKind::TraySilent, Language::English, &params()).text;
    assert!(english.contains("nobody on the team receives an e-mail about it"), "{english}");
}

#[test]
fn a_withdrawn_task_is_told_to_its_holder_or_its_tray() {
    let tray = composed(MailKind::TaskWithdrawn, Language::Dutch, &params()).text;
    assert!(tray.contains("in de werkbak van Wijkteam Noord is ingetrokken"), "{tray}");
    let own = Params { group_name: None, ..params() };
    let holder = composed(MailKind::TaskWithdrawn, Language::Dutch, &own).text;
    assert!(holder.contains("Uw taak bij zaak Z2026-000123 is ingetrokken"), "{holder}");
    assert!(holder.contains("omdat de taak op uw naam stond"), "{holder}");
}

#[test]
fn a_hand_over_counts() {
    for (count, told) in [
        (Some(1), "één zaak, taak of dossier."),
        (Some(12), "12 zaken, taken of dossiers."),
        (None, ": zaken, taken"),
    ] {
        let text = composed(MailKind::WorkHandedOver, Language::Dutch, &Params { count, ..params() }).text;
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn a_message_is_announced_by_its_dossiers_number_and_says_why_it_came_here() {
    for (kind, dutch, english) in [
        (RecipientKind::Manager, "u dossierbeheerder bent", "you manage this dossier"),
        (RecipientKind::ClientGroup, "bij uw klantengroep hoort", "belongs to your client group"),
        (
            RecipientKind::Office,
            "op het algemene adres van Gemeente Zaanstad",
            "at the general address of Gemeente Zaanstad",
        ),
    ] {
        let params = Params { recipient_kind: Some(kind), ..params() };
        for (language, why) in [(Language::Dutch, dutch), (Language::English, english)] {
            let message = composed(MailKind::DossierMessage, language, &params);
            assert!(message.text.contains(why), "{}", message.text);
            assert!(message.subject.contains("2026-000456") && message.html.contains("2026-000456"));
        }
    }
}

#[test]
fn a_mail_does_without_what_is_missing() {
    for (kind, language) in every() {
        let message = composed(kind, language, &Params::default());
        for part in [&message.subject, &message.text, &message.html] {
            assert!(!part.contains("  ") && !part.contains("None") && !part.contains(" ,"), "{kind}: {part}");
        }
        assert!(message.html.contains("href=\"https://werkbak.example/\""), "{kind}");
    }
}

#[test]
fn names_cannot_become_markup_or_lines() {
    let nasty = "<script>alert('x')</script>\r\nBcc: a@b.nl & \"co\"\u{202E}\u{0}\u{200B}";
    let params = Params {
        case_number: Some(nasty.to_owned()),
        dossier_number: Some(nasty.to_owned()),
        group_name: Some(nasty.to_owned()),
        link: Some("/taken/\"><b>".to_owned()),
        settings_link: Some("@elders.example/\"><i>".to_owned()),
        username: Some(nasty.to_owned()),
        ..Params::default()
    };
    for (kind, language) in every() {
        let password = has_password(kind).then_some(("<u>", DateTime::UNIX_EPOCH));
        let message = compose(kind, language, nasty, nasty, &params, "https://werkbak.example/", password);
        for markup in ["<script", "<b>", "<i>", "<u>", "\"co\""] {
            assert!(!message.html.contains(markup), "{kind}: {}", message.html);
        }
        assert!(message.html.contains("&#60;script&#62;"), "{}", message.html);
        assert!(!message.subject.contains(['\r', '\n']), "{kind}");
        assert!(!message.text.contains("\nBcc"), "{kind}");
        assert!(!message.text.contains(['\u{202E}', '\u{0}', '\u{200B}', '\r']), "{kind}");
        assert!(message.text.contains("https://werkbak.example/@elders.example/"), "{}", message.text);
    }
}

#[test]
fn particulars_are_kept_as_json() {
    let all = serde_json::to_string(&params()).unwrap();
    assert!(
        all.starts_with("{\"caseNumber\":\"Z2026-000123\",\"dossierNumber\":\"2026-000456\",\"groupName\":"),
        "{all}"
    );
    assert_eq!(serde_json::from_str::<Params>(&all).unwrap(), params());
    assert_eq!(serde_json::to_string(&Params::default()).unwrap(), "{}");
    assert_eq!(serde_json::from_str::<Params>("{}").unwrap(), Params::default());
}

#[test]
fn a_temporary_password_has_eighty_bits_and_reads_well() {
    let letters: BTreeSet<u8> = LETTERS.iter().copied().collect();
    let bits = letters.len().ilog2() * 20;
    assert!(bits >= 80, "{bits}");
    assert!(letters.iter().all(|letter| letter.is_ascii_lowercase() && !b"aeiouylqvn".contains(letter)));
    let mut used = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for _ in 0..1_000 {
        let password = temporary_password();
        let groups: Vec<&str> = password.split('-').collect();
        assert_eq!(groups.len(), 5, "{password}");
        assert!(groups.iter().all(|group| group.len() == 4), "{password}");
        used.extend(password.bytes().filter(|byte| *byte != b'-'));
        assert!(seen.insert(password), "never twice");
    }
    assert_eq!(used, letters, "every letter is used and no other");
}

#[test]
fn the_administrators_read_whose_account_the_operator_opened_and_when() {
    for (language, moment) in
        [(Language::Dutch, "22 november 2026 om 14:05"), (Language::English, "22 November 2026 at 14:05")]
    {
        let message = composed(MailKind::OperatorReactivated, language, &params());
        assert!(message.subject.contains("avisser@zaanstad"), "{}", message.subject);
        assert!(
            message.text.contains("avisser@zaanstad") && message.text.contains(moment),
            "{}",
            message.text
        );
    }
}
