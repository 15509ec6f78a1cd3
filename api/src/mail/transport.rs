use std::path::{Path, PathBuf};
use lettre::message::Mailbox;
use uuid::Uuid;
use super::message::Message;
#[derive(Debug)]
pub enum Transport { Files(PathBuf) }
#[derive(Debug)]
pub struct SendError;
impl SendError { pub fn is_permanent(&self) -> bool { true } }
impl std::fmt::Display for SendError { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("x") } }
impl Transport {
    pub fn new(_smtp: Option<&str>, data: &Path) -> Result<Self, String> { Ok(Self::Files(data.to_owned())) }
    pub fn send(&self, _from: &Mailbox, _to: &Mailbox, _m: &Message, _id: Uuid, _host: &str) -> Result<(), SendError> { Ok(()) }
}
