//! Who is signed in. Lives at the root, so that no page owns it.

use contract::{EmployeeId, Language, Me, NewSession, SecondFactorCode, SessionKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::sessions::Refreshed;
use crate::client::{Api, Failure, Outcome, me, sessions};
use crate::i18n::{self, t};
use crate::ui::focus;
use crate::ui::form::drafts;

/// Where signing in stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Asking whether an earlier session goes on.
    Starting,
    /// The server gave no answer to that.
    Failed(Failure),
    /// Nobody is signed in.
    SignedOut,
    /// Signed in with a temporary password: first a definitive one (S5).
    ChoosePassword,
    /// The office wants a second factor of them: first that.
    SetUpSecondFactor,
    /// Signed in.
    SignedIn,
}

impl Phase {
    /// Whether it waits for a person, and not for the server.
    pub const fn is_settled(&self) -> bool {
        !matches!(self, Self::Starting)
    }
}

/// Why someone must sign in again before they go on where they are. What is on screen stays meanwhile, so that nothing
/// typed is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interruption {
    /// The session is over, for the reason that the server gave.
    Over(String),
    /// In this browser someone else signed in.
    SomeoneElse,
}

/// Where the code of the office is kept whose people work in this browser. It is no secret.
const OFFICE_KEY: &str = "werkbak.office";

/// Remembers the office for who opens the app from outside its networks (S8); not one that is only visited (P3).
fn remember_office(me: &Me) {
    if me.support.is_none()
        && let Ok(Some(storage)) = window().local_storage()
    {
        drop(storage.set_item(OFFICE_KEY, &me.office.code));
    }
}

/// The code of the office of who last worked in this browser; empty on the first visit.
pub fn remembered_office() -> String {
    let stored = window().local_storage().ok().flatten();
    stored.and_then(|storage| storage.get_item(OFFICE_KEY).ok()?).unwrap_or_default()
}

/// The session, for every view.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    phase: RwSignal<Phase>,
    me: RwSignal<Option<Me>>,
    language: RwSignal<Language>,
    outside: RwSignal<bool>,
    interruption: RwSignal<Option<Interruption>>,
    code_asked: RwSignal<bool>,
    code_taken: StoredValue<bool>,
    said: RwSignal<Option<String>>,
    renewals: RwSignal<u32>,
}

impl Session {
    /// To be made once, at the root.
    pub fn new() -> Self {
        let language = i18n::remembered_language();
        i18n::set_language(language);
        Self {
            phase: RwSignal::new(Phase::Starting),
            me: RwSignal::new(None),
            language: RwSignal::new(language),
            outside: RwSignal::new(false),
            interruption: RwSignal::new(None),
            code_asked: RwSignal::new(false),
            code_taken: StoredValue::new(false),
            said: RwSignal::new(None),
            renewals: RwSignal::new(0),
        }
    }

    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The person signed in.
    pub fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// The language of the texts; a change makes every view anew.
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// Why someone must sign in again to go on where they were.
    pub fn interruption(self) -> Option<Interruption> {
        self.interruption.get()
    }

    /// Who is signed in, once that is known.
    pub fn person(self) -> Option<EmployeeId> {
        self.me.with_untracked(|me| me.as_ref().map(|me| me.id))
    }

    /// Whether someone works here now.
    pub fn is_going_on(self) -> bool {
        self.phase.get_untracked() == Phase::SignedIn && self.interruption.get_untracked().is_none()
    }

    /// Whether nothing works until someone is in a trusted network again (S8).
    pub fn is_outside(self) -> bool {
        self.outside.get()
    }

    /// The connection is no longer trusted; what is on screen stays.
    pub fn leave(self) {
        if self.phase.get_untracked() == Phase::SignedIn {
            self.outside.set(true);
        }
    }

    /// Finds out whether the connection is trusted again.
    pub fn come_back(self) {
        self.outside.set(false);
        spawn_local(async move {
            if let Ok(me) = Api::new(self).send(me::find_me()).await {
                self.me.set(Some(me));
                self.renewals.update(|count| *count += 1);
            }
        });
    }

    /// Whether the password was right, and a code of the second factor is asked.
    pub fn is_code_asked(self) -> bool {
        self.code_asked.get()
    }

    /// Why someone is back at username and password, until they try again.
    pub fn said(self) -> Option<String> {
        self.said.get()
    }

    /// Says why someone is back at username and password.
    pub fn say(self, why: String) {
        self.said.set(Some(why));
    }

    /// Counts how often someone signed in again without leaving their page.
    pub fn renewals(self) -> u32 {
        self.renewals.get()
    }

    /// Continues the session of an earlier visit, if there is one.
    pub async fn start(self) {
        self.phase.set(Phase::Starting);
        match sessions::refresh(None, false).await {
            Ok(Refreshed::Renewed(_)) => self.enter().await,
            Ok(Refreshed::Over(_) | Refreshed::SomeoneElse) => self.phase.set(Phase::SignedOut),
            Err(failure) => self.phase.set(Phase::Failed(failure)),
        }
    }

    /// Signs in, or again without leaving the page when the session was over; as far as a code, where one is asked.
    pub async fn sign_in(self, credentials: &NewSession) -> Outcome<()> {
        self.said.set(None);
        let session = sessions::sign_in(credentials).await?;
        if session.kind == SessionKind::SecondFactor {
            self.turn(true);
            return Ok(());
        }
        self.arrive().await
    }

    /// Completes signing in with the code that was asked.
    pub async fn give_code(self, code: &SecondFactorCode) -> Outcome<()> {
        // A code works once: who could not go on after it tries only that again.
        if !self.code_taken.get_value() {
            sessions::give_code(code).await?;
            self.code_taken.set_value(true);
        }
        self.arrive().await
    }

    /// Back to username and password.
    pub async fn ask_again(self) {
        sessions::end_own().await;
        self.turn(false);
    }

    /// Does not go on after the session ended: also not with the code that is asked meanwhile.
    pub async fn give_up(self) {
        sessions::end_own().await;
        self.close();
    }

    /// The form becomes another; the keyboard goes on in its first field.
    fn turn(self, asked: bool) {
        self.code_taken.set_value(false);
        self.code_asked.set(asked);
        focus::front_field();
    }

    /// Signing in begins with username and password the next time.
    fn forget_the_form(self) {
        self.code_taken.set_value(false);
        self.code_asked.set(false);
        self.said.set(None);
    }

    async fn arrive(self) -> Outcome<()> {
        let before = self.person();
        if self.interruption.get_untracked().is_none() {
            self.enter().await;
            return Ok(());
        }
        let me = Api::new(self).send(me::find_me()).await?;
        if before == Some(me.id) && me.session_kind == SessionKind::Full {
            self.me.set(Some(me));
            self.go_on();
        } else {
            self.interruption.set(None);
            // Someone else: nothing of the previous person stays.
            drafts::forget_all();
            self.phase.set(Phase::SignedOut);
            self.welcome(me);
        }
        Ok(())
    }

    /// Goes on with the session that was opened just now.
    pub async fn enter(self) {
        match Api::new(self).send(me::find_me()).await {
            Ok(me) => self.welcome(me),
            Err(failure) if failure.is_not_signed_in() => {
                self.close();
                self.say(failure.detail());
            }
            // The session is there: trying again asks for no password and no code.
            Err(failure) => {
                self.forget_the_form();
                self.phase.set(Phase::Failed(failure));
            }
        }
    }

    /// Takes over what changed about the person signed in.
    pub fn update_me(self, me: Me) {
        self.speak(me.language);
        self.me.set(Some(me));
    }

    fn welcome(self, me: Me) {
        let phase = match me.session_kind {
            SessionKind::Full => Phase::SignedIn,
            SessionKind::PasswordOnly => Phase::ChoosePassword,
            SessionKind::SecondFactorSetup => Phase::SetUpSecondFactor,
            SessionKind::SecondFactor => {
                self.speak(me.language);
                self.me.set(None);
                self.phase.set(Phase::SignedOut);
                return self.turn(true);
            }
        };
        self.forget_the_form();
        remember_office(&me);
        self.update_me(me);
        self.phase.set(phase);
    }

    /// Shows texts in another language.
    pub fn speak(self, language: Language) {
        if self.language.get_untracked() != language {
            i18n::set_language(language);
            self.language.set(language);
        }
    }

    /// The session is over.
    pub fn expire(self, failure: &Failure) {
        self.interrupt(Interruption::Over(failure.detail()));
    }

    /// In this browser someone else signed in: what is on screen is not theirs.
    pub fn give_way(self) {
        self.interrupt(Interruption::SomeoneElse);
    }

    fn interrupt(self, why: Interruption) {
        match self.phase.get_untracked() {
            // Later requests only learn that the cookie is gone: the first reason counts.
            Phase::SignedIn => {
                let before = self.interruption.get_untracked();
                if before.is_none() || (why == Interruption::SomeoneElse && before.as_ref() != Some(&why)) {
                    self.forget_the_form();
                    self.interruption.set(Some(why));
                }
            }
            Phase::Starting | Phase::Failed(_) | Phase::ChoosePassword | Phase::SetUpSecondFactor => {
                self.close();
                self.say(match why {
                    Interruption::Over(why) => why,
                    Interruption::SomeoneElse => t!(sign_in.taken_title).to_owned(),
                });
            }
            Phase::SignedOut => {}
        }
    }

    /// Whether a session of this kind continues what is on screen: in another tab someone may still have to give a code.
    pub fn goes_on_as(self, kind: SessionKind) -> bool {
        if self.phase.get_untracked() == Phase::SignedIn && kind != SessionKind::Full {
            return false;
        }
        self.go_on();
        true
    }

    /// The same person is signed in again, here or in another tab.
    fn go_on(self) {
        if self.interruption.get_untracked().is_some() {
            self.forget_the_form();
            self.interruption.set(None);
            self.renewals.update(|count| *count += 1);
        }
    }

    /// Asks whether another tab signed in again meanwhile.
    pub async fn look_again(self) {
        if self.interruption.get_untracked().is_none() {
            return;
        }
        match sessions::refresh(self.person(), true).await {
            Ok(Refreshed::Renewed(kind)) => drop(self.goes_on_as(kind)),
            Ok(Refreshed::SomeoneElse) => self.give_way(),
            Ok(Refreshed::Over(_)) | Err(_) => {}
        }
    }

    /// Goes on as whoever is signed in in this browser now: everything anew, and nothing of this page.
    pub fn start_over(self) {
        drafts::forget_all();
        drop(leptos::prelude::window().location().reload());
    }

    /// Signs out. Who is outside the trusted networks too long for that gets the sign-in form and is told so (S8).
    pub async fn sign_out(self) -> Outcome<()> {
        match Api::new(self).send(sessions::delete_current_session()).await {
            Err(failure) if failure.is_untrusted() => {
                self.close();
                self.say(t!(sign_in.not_signed_out).to_owned());
            }
            Err(failure) if !failure.is_signed_out() => return Err(failure),
            _ => self.close(),
        }
        Ok(())
    }

    /// Gives up the session that is over.
    pub fn close(self) {
        sessions::forget_token();
        drafts::forget_all();
        self.outside.set(false);
        self.interruption.set(None);
        self.forget_the_form();
        self.phase.set(Phase::SignedOut);
        self.me.set(None);
    }
}
