//! What a failed statement means to the one who asked.

use diesel::result::{DatabaseErrorKind, Error as DbError};

use crate::problem::Problem;

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::busy().run_again(),
            // PostgreSQL says "deadlock detected" without a kind of its own; SQLite "database is locked".
            DbError::DatabaseError(_, info) if info.message().contains("deadlock detected") => {
                Self::busy().run_again()
            }
            DbError::DatabaseError(_, info) if info.message().contains("database is locked") => Self::busy(),
            DbError::DatabaseError(kind, info) => {
                // The message may quote values; the constraint and table never do.
                tracing::error!(?kind, table = ?info.table_name(), constraint = ?info.constraint_name(), "database error");
                Self::internal("database error")
            }
            other => Self::internal(other),
        }
    }
}

/// Whether a statement failed because a unique value already exists.
pub fn is_unique_violation(error: &DbError) -> bool {
    matches!(error, DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}
