//! Who is signed in. Lives at the root, so that no page owns it.

use contract::{Language, Me, NewSession, SecondFactorCode, SessionKind};
use leptos::prelude::*;

use crate::client::{Api, Failure, Outcome, me, sessions};
use crate::i18n;
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
        matches!(self, Self::SignedOut | Self::ChoosePassword | Self::SetUpSecondFactor | Self::SignedIn)
    }
}

/// The session, for every view.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    phase: RwSignal<Phase>,
    me: RwSignal<Option<Me>>,
    language: RwSignal<Language>,
    expired: RwSignal<bool>,
    code_asked: RwSignal<bool>,
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
            expired: RwSignal::new(false),
            code_asked: RwSignal::new(false),
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

    /// Whether someone must sign in again to go on where they were.
    pub fn is_expired(self) -> bool {
        self.expired.get()
    }

    /// Whether the password was right, and a code of the second factor is asked.
    pub fn is_code_asked(self) -> bool {
        self.code_asked.get()
    }

    /// Counts how often someone signed in again without leaving their page.
    pub fn renewals(self) -> u32 {
        self.renewals.get()
    }

    /// Continues the session of an earlier visit, if there is one.
    pub async fn start(self) {
        self.phase.set(Phase::Starting);
        match sessions::refresh().await {
            Ok(true) => self.enter().await,
            Ok(false) => self.phase.set(Phase::SignedOut),
            Err(failure) => self.phase.set(Phase::Failed(failure)),
        }
    }

    /// Signs in, or again without leaving the page when the session was over; as far as a code, where one is asked.
    pub async fn sign_in(self, credentials: &NewSession) -> Outcome<()> {
        let session = sessions::sign_in(credentials).await?;
        if session.kind == SessionKind::SecondFactor {
            self.turn(true);
            return Ok(());
        }
        self.go_on().await
    }

    /// Completes signing in with the code that was asked.
    pub async fn give_code(self, code: &SecondFactorCode) -> Outcome<()> {
        sessions::give_code(code).await?;
        self.go_on().await?;
        self.code_asked.set(false);
        Ok(())
    }

    /// Back to username and password.
    pub async fn ask_again(self) {
        drop(Api::new(self).send(sessions::delete_current_session()).await);
        sessions::forget_token();
        self.turn(false);
    }

    /// The form becomes another; the keyboard goes on in its first field.
    fn turn(self, asked: bool) {
        self.code_asked.set(asked);
        focus::to("dialog[open] form input, .lone form input".to_owned());
    }

    async fn go_on(self) -> Outcome<()> {
        let before = self.me.get_untracked().map(|me| me.id);
        if !self.expired.get_untracked() {
            self.enter().await;
            return Ok(());
        }
        let me = Api::new(self).send(me::find_me()).await?;
        self.expired.set(false);
        if before == Some(me.id) && me.session_kind == SessionKind::Full {
            self.me.set(Some(me));
            self.renewals.update(|count| *count += 1);
        } else {
            // Someone else: nothing of the previous person stays.
            drafts::forget_all();
            self.phase.set(Phase::SignedOut);
            self.welcome(me);
        }
        Ok(())
    }

    /// Goes on with the full session that a new password opened (S5).
    pub async fn enter(self) {
        match Api::new(self).send(me::find_me()).await {
            Ok(me) => self.welcome(me),
            Err(_) if self.phase.get_untracked() == Phase::SignedOut => {}
            Err(failure) => self.phase.set(Phase::Failed(failure)),
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
        self.code_asked.set(false);
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

    /// The session is over; what is on screen stays, so that nothing typed is lost.
    pub fn expire(self) {
        match self.phase.get_untracked() {
            Phase::SignedIn => self.expired.set(true),
            Phase::Starting | Phase::Failed(_) | Phase::ChoosePassword | Phase::SetUpSecondFactor => {
                self.close();
            }
            Phase::SignedOut => {}
        }
    }

    /// Signs out.
    pub async fn sign_out(self) -> Outcome<()> {
        let outcome = Api::new(self).send(sessions::delete_current_session()).await;
        match outcome {
            Err(failure) if failure.code().is_none() => Err(failure),
            _ => {
                self.close();
                Ok(())
            }
        }
    }

    /// Gives up the session that is over.
    pub fn close(self) {
        sessions::forget_token();
        drafts::forget_all();
        self.expired.set(false);
        self.code_asked.set(false);
        self.phase.set(Phase::SignedOut);
        self.me.set(None);
    }
}
