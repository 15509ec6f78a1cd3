//! Lists as files for a spreadsheet.

use crate::text_enum::text_enum;

text_enum! {
    /// What can be exported.
    ExportList {
        /// Employees; their accounts only for who sees them (P2).
        Employees = "employees",
        /// Employee groups with their members.
        Groups = "groups",
        /// Client groups.
        ClientGroups = "client-groups",
        /// Dossiers one has access to (D3).
        Dossiers = "dossiers",
        /// Cases one sees at least the header of (C6).
        Cases = "cases",
        /// Tasks one holds or completed.
        Tasks = "tasks",
    }
}
