//! Typed ids: UUIDv7 inside, so that an id of one thing never stands for another.
//! People see numbers, never these.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The column type of an id: `uuid` on PostgreSQL, a 16-byte BLOB on SQLite.
#[cfg(feature = "diesel")]
pub mod sql {
    use diesel::deserialize::{FromSql, Result as FromResult};
    use diesel::pg::{Pg, PgValue};
    use diesel::serialize::{IsNull, Output, Result as ToResult, ToSql};
    use diesel::sql_types::{Binary, SqlType};
    use diesel::sqlite::Sqlite;
    use uuid::Uuid;

    /// The SQL type of every id column.
    #[derive(Debug, Clone, Copy, Default, SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951))]
    #[diesel(sqlite_type(name = "Binary"))]
    pub struct Id;

    /// What all ids are inside; the one place that knows their bytes.
    #[derive(
        Debug, Clone, Copy, PartialEq, Eq, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
    )]
    #[diesel(sql_type = Id)]
    pub struct RawId(pub Uuid);

    impl ToSql<Id, Pg> for RawId {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> ToResult {
            std::io::Write::write_all(out, self.0.as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl FromSql<Id, Pg> for RawId {
        fn from_sql(value: PgValue<'_>) -> FromResult<Self> {
            Ok(Self(Uuid::from_slice(value.as_bytes())?))
        }
    }

    impl ToSql<Id, Sqlite> for RawId {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> ToResult {
            out.set_value(self.0.as_bytes().to_vec());
            Ok(IsNull::No)
        }
    }

    impl FromSql<Id, Sqlite> for RawId {
        fn from_sql(value: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> FromResult<Self> {
            let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
            Ok(Self(Uuid::from_slice(&bytes)?))
        }
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
        #[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "diesel", diesel(sql_type = sql::Id))]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts after every id made before it.
            #[expect(clippy::new_without_default, reason = "a new id is never a default")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        #[cfg(feature = "diesel")]
        const _: () = {
            use diesel::backend::Backend;
            use diesel::deserialize::FromSql;
            use diesel::pg::Pg;
            use diesel::serialize::{IsNull, Output, ToSql};
            use diesel::sqlite::Sqlite;

            impl ToSql<sql::Id, Pg> for $name {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
                    <sql::RawId as ToSql<sql::Id, Pg>>::to_sql(&sql::RawId(self.0), &mut out.reborrow())
                }
            }

            impl ToSql<sql::Id, Sqlite> for $name {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> diesel::serialize::Result {
                    out.set_value(self.0.as_bytes().to_vec());
                    Ok(IsNull::No)
                }
            }

            impl<DB: Backend> FromSql<sql::Id, DB> for $name
            where
                sql::RawId: FromSql<sql::Id, DB>,
            {
                fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                    sql::RawId::from_sql(value).map(|raw| Self(raw.0))
                }
            }
        };
    )+};
}

ids! {
    /// An office: one municipality, one accountant's *kantoor* (P1).
    OfficeId,
    /// A person who works for an office (P2).
    EmployeeId,
    /// An employee group, also the team that owns a tray (G1).
    GroupId,
    /// A client group: dossiers that share a mail address (D6).
    ClientGroupId,
    /// A dossier (D1).
    DossierId,
    /// A case type, whatever its revision (C1).
    CaseTypeId,
    /// One revision of a case type; a case keeps the one it was opened with (C1).
    CaseTypeRevisionId,
    /// A step as a revision of a case type describes it.
    StepTypeId,
    /// A check question as a revision of a case type describes it.
    CheckId,
    /// A result type of a revision of a case type.
    ResultTypeId,
    /// A case (C3).
    CaseId,
    /// One step of one case.
    StepId,
    /// A task (T1).
    TaskId,
    /// A sign-in session (S7).
    SessionId,
    /// A temporary password that was asked for (S4).
    PasswordResetId,
    /// An event in the log (E1).
    EventId,
    /// A mail in the outbox.
    MailId,
    /// A message about a dossier (D6).
    MessageId,
    /// A party a dossier concerns (D7).
    PartyId,
    /// One time that someone read content (E2).
    ReadId,
    /// A support session of the platform's helpdesk (P3).
    SupportSessionId,
}
