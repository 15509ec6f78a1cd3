//! Enumerations that are text on the wire and in the database.

/// Declares an enumeration whose every value has one spelling, used by JSON, SQL and logs alike.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "diesel", diesel(sql_type = diesel::sql_types::Text))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order people expect to see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    other => Err(format!(concat!(stringify!($name), " has no value {:?}"), other)),
                }
            }
        }

        // Written by hand: the derive does not see a spelling that comes from a macro.
        #[cfg(feature = "openapi")]
        const _: () = {
            use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

            impl utoipa::PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .enum_values(Some([$($text),+]))
                        .into()
                }
            }

            impl utoipa::ToSchema for $name {
                fn name() -> std::borrow::Cow<'static, str> {
                    std::borrow::Cow::Borrowed(stringify!($name))
                }
            }
        };

        #[cfg(feature = "diesel")]
        const _: () = {
            use diesel::backend::Backend;
            use diesel::deserialize::FromSql;
            use diesel::serialize::{Output, ToSql};
            use diesel::sql_types::Text as SqlText;

            impl<DB: Backend> ToSql<SqlText, DB> for $name
            where
                str: ToSql<SqlText, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> diesel::serialize::Result {
                    <str as ToSql<SqlText, DB>>::to_sql(self.as_str(), out)
                }
            }

            impl<DB: Backend> FromSql<SqlText, DB> for $name
            where
                String: FromSql<SqlText, DB>,
            {
                fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                    let text = <String as FromSql<SqlText, DB>>::from_sql(value)?;
                    text.parse::<Self>().map_err(Into::into)
                }
            }
        };
    };
}
pub(crate) use text_enum;
