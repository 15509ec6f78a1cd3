//! CSV as Excel in the Netherlands opens it with a double click: UTF-8 with a byte order mark, `;`, CRLF.

use crate::problem::{Outcome, Problem};

/// What tells Excel that the file is UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a spreadsheet would run a cell as a formula; also one that begins with apostrophes of its own, so
/// that taking one away gives what there was.
pub fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'])
}

/// A cell that a spreadsheet would run as a formula becomes text: an apostrophe goes before it. Importing the
/// file takes it away again.
fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// Some rows as they are written.
pub fn write<C: AsRef<str>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>) -> Outcome<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        for cell in row {
            writer.write_field(guarded(cell.as_ref()).as_bytes()).map_err(Problem::internal)?;
        }
        writer.write_record(None::<&[u8]>).map_err(Problem::internal)?;
    }
    writer.into_inner().map_err(|error| Problem::internal(error.error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula_and_everything_can_be_read_back() {
        let cells = [
            "=1+1",
            "+31 6",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
            "a=b",
            "'x",
            "'=x",
            "",
            "één; \"twee\"",
            "regel\nregel",
        ];
        let written = String::from_utf8(write([cells]).unwrap()).unwrap();
        assert_eq!(
            written,
            "'=1+1;'+31 6;'-1;'@SUM(A1);'\tx;\"'\rx\";\"'\nx\";'＝1;a=b;'x;''=x;;\"één; \"\"twee\"\"\";\"regel\nregel\"\r\n"
        );
    }
}
