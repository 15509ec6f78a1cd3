//! Ids as column values on a connection to either database.

use contract::ids::sql::{Id, RawId};
use contract::*;
use diesel::deserialize::{FromSql, Result as FromResult};
use diesel::serialize::{IsNull, Output, Result as ToResult, ToSql};
use diesel::sql_types::HasSqlType;

use super::{MultiBackend, MultiRawValue};

impl HasSqlType<Id> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Id>(lookup)
    }
}

impl FromSql<Id, MultiBackend> for RawId {
    fn from_sql(value: MultiRawValue<'_>) -> FromResult<Self> {
        value.from_sql::<Self, Id>()
    }
}

macro_rules! bind {
    ($($id:ident),+ $(,)?) => {$(
        impl ToSql<Id, MultiBackend> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> ToResult {
                out.set_value((Id, self));
                Ok(IsNull::No)
            }
        }
    )+};
}

bind!(
    OfficeId,
    EmployeeId,
    GroupId,
    ClientGroupId,
    DossierId,
    CaseTypeId,
    CaseTypeRevisionId,
    StepTypeId,
    CheckId,
    ResultTypeId,
    CaseId,
    StepId,
    TaskId,
    SessionId,
    EventId,
    MailId,
    MessageId,
    PartyId,
    ReadId,
    PasswordResetId,
    SupportSessionId,
);
