//! A CSV file as a table: whatever program wrote it, in whatever encoding, with whatever delimiter.

use contract::validation::FieldCode;
use contract::{Errors, ImportColumn, Language, Text};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::text::fold;

/// The largest file, in bytes: 5 MB.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most rows, the header not counted.
pub const MOST_ROWS: usize = 20_000;
const DELIMITERS: [char; 3] = [';', ',', '\t'];

/// A column that an import knows.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// What the report calls it.
    pub name: &'static str,
    /// Whether a file without it is of no use.
    pub required: bool,
    /// Its header in Dutch, as an export writes it.
    pub nl: &'static str,
    /// Its header in English.
    pub en: &'static str,
    /// Other headers that mean the same; letters and digits only.
    pub also: &'static [&'static str],
}

/// The table.
#[derive(Debug)]
pub struct Sheet {
    /// `utf-8`, `utf-16` or `windows-1252`.
    pub encoding: &'static str,
    /// What parts the cells.
    pub delimiter: char,
    /// The columns, in order.
    pub columns: Vec<ImportColumn>,
    /// Those rows that hold anything.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// Its number as a spreadsheet shows it.
    pub number: u32,
    cells: Vec<(&'static str, String)>,
    /// How many cells it has when that is not how many the header has.
    pub uneven: Option<(usize, usize)>,
}

impl Row {
    /// A cell, trimmed; none if the file has no such column.
    pub fn cell(&self, field: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    /// A cell, empty if the file has no such column.
    pub fn text(&self, field: &str) -> &str {
        self.cell(field).unwrap_or_default()
    }

    /// The parts of a cell that holds several things, parted by `|` or by lines.
    pub fn several(&self, field: &str) -> Option<Vec<&str>> {
        let parts = self.cell(field)?.split(['|', '\n']).map(str::trim).filter(|part| !part.is_empty());
        Some(parts.collect())
    }
}

/// Letters and digits of a header: what remains of it is what people mean.
fn bare(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn meaning(fields: &'static [Field], header: &str) -> Option<&'static Field> {
    let bare_header = bare(header);
    fields.iter().find(|field| {
        bare_header == bare(field.nl)
            || bare_header == bare(field.en)
            || field.also.contains(&bare_header.as_str())
    })
}

/// One apostrophe before what a spreadsheet would take for a formula was put there by an export.
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::exports::table::is_formula(rest) => rest,
        _ => cell,
    }
}

fn wrong(language: Language, field: &str, code: FieldCode, text: Text) -> Errors {
    let mut errors = Errors::new(language);
    errors.add(field, code, text);
    errors
}

/// The text of a file. What is not UTF-8 and has no byte order mark is what Windows programs write.
fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        None => (WINDOWS_1252, 0),
    };
    let (text, bad) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    let name = match encoding {
        _ if encoding == UTF_8 => "utf-8",
        _ if encoding == UTF_16LE || encoding == UTF_16BE => "utf-16",
        _ => "windows-1252",
    };
    (!bad && !text.contains('\0')).then(|| (text.replace("\r\n", "\n").replace('\r', "\n"), name))
}

/// The line on which the quotation marks do not add up: one that is not closed would swallow the rows after
/// it.
fn unbalanced(text: &str, delimiter: char) -> Option<usize> {
    enum At {
        Start,
        Plain,
        Quoted(usize),
        Closing(usize),
    }
    let mut at = At::Start;
    let mut line = 1;
    for c in text.chars() {
        at = match (at, c) {
            (At::Start, '"') => At::Quoted(line),
            (At::Quoted(from), '"') => At::Closing(from),
            (At::Quoted(from), _) => At::Quoted(from),
            (At::Closing(from), '"') => At::Quoted(from),
            (_, c) if c == delimiter || c == '\n' => At::Start,
            (At::Closing(from), _) => return Some(from),
            (At::Start | At::Plain, _) => At::Plain,
        };
        line += usize::from(c == '\n');
    }
    match at {
        At::Quoted(from) => Some(from),
        _ => None,
    }
}

/// Whether a record holds anything.
fn says_something(record: &csv::StringRecord) -> bool {
    record.iter().any(|cell| !cell.trim().is_empty())
}

/// Every record that holds anything with its row number, and no more than one too many. Blank lines are rows in a
/// spreadsheet, and none to the parser.
fn records(text: &str, delimiter: char, skipped: u32) -> Vec<(u32, csv::StringRecord)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b';'))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut number = skipped;
    let mut records = Vec::new();
    for record in reader.records().map_while(Result::ok) {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        let rest = start.and_then(|start| text.get(start..)).unwrap_or_default();
        let blank = rest.chars().take_while(|c| *c == '\n').count();
        number += 1 + u32::try_from(blank).unwrap_or(0);
        if records.is_empty() || says_something(&record) {
            records.push((number, record));
        }
        // The header, as many rows as may be, and one that is too much.
        if records.len() > MOST_ROWS + 1 {
            break;
        }
    }
    records
}

/// Reads a file; what is wrong with it as a whole is told at once.
pub fn read(bytes: &[u8], fields: &'static [Field], language: Language) -> Result<Sheet, Errors> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(wrong(
            language,
            "file",
            FieldCode::Malformed,
            Text::new(
                "Dit is een werkmap en geen CSV-bestand. Bewaar het blad als CSV.",
                "This is a workbook, not a CSV file. Save the sheet as CSV.",
            ),
        ));
    }
    let Some((text, encoding)) = decode(bytes) else {
        return Err(wrong(
            language,
            "file",
            FieldCode::Malformed,
            Text::new("Dit bestand is geen leesbare tekst.", "This file is not readable text."),
        ));
    };
    // Excel's own first line, which says what parts the cells.
    let (text, skipped) = match text.split_once('\n') {
        Some((first, rest)) if first.len() == 5 && first.to_ascii_lowercase().starts_with("sep=") => {
            (rest, 1)
        }
        _ => (text.as_str(), 0),
    };
    let first_of = |delimiter: char| {
        let first = text.trim_start_matches('\n');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(u8::try_from(delimiter).unwrap_or(b';'))
            .has_headers(false)
            .from_reader(first.as_bytes());
        reader.records().next().and_then(Result::ok).unwrap_or_default()
    };
    let known = |delimiter: char| {
        first_of(delimiter).iter().filter(|header| meaning(fields, header).is_some()).count()
    };
    let delimiter = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| (known(*delimiter), first_of(*delimiter).len()))
        .unwrap_or(';');
    if let Some(line) = unbalanced(text, delimiter) {
        return Err(wrong(
            language,
            "file",
            FieldCode::Malformed,
            Text::new(
                format!("De aanhalingstekens kloppen niet vanaf regel {line}."),
                format!("The quotation marks do not add up from line {line} on."),
            ),
        ));
    }
    let mut records = records(text, delimiter, skipped).into_iter();
    let header = records.next().map(|(_, record)| record).unwrap_or_default();
    let mut errors = Errors::new(language);
    let meanings: Vec<Option<&'static Field>> = header.iter().map(|header| meaning(fields, header)).collect();
    for field in fields {
        let found = meanings.iter().flatten().filter(|found| found.name == field.name).count();
        if found > 1 {
            errors.add(
                format!("columns.{}", field.name),
                FieldCode::Duplicate,
                Text::new(
                    format!("De kolom ‘{}’ staat er vaker in.", field.nl),
                    format!("The column ‘{}’ occurs more than once.", field.en),
                ),
            );
        } else if found == 0 && field.required {
            errors.add(
                format!("columns.{}", field.name),
                FieldCode::Blank,
                Text::new(
                    format!("De kolom ‘{}’ ontbreekt.", field.nl),
                    format!("The column ‘{}’ is missing.", field.en),
                ),
            );
        }
    }
    let rows: Vec<Row> = records
        .map(|(number, record)| Row {
            number,
            uneven: (record.len() < header.len()
                || record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty()))
            .then_some((record.len(), header.len())),
            cells: meanings
                .iter()
                .zip(record.iter())
                .filter_map(|(field, cell)| Some(((*field)?.name, without_guard(cell.trim()).to_owned())))
                .collect(),
        })
        .collect();
    if rows.len() > MOST_ROWS {
        errors.add(
            "file",
            FieldCode::TooLong,
            Text::new(
                format!("Het bestand heeft te veel rijen; hoogstens {MOST_ROWS} gaan er in één keer."),
                format!("The file has too many rows; at most {MOST_ROWS} can be brought in at once."),
            ),
        );
    } else if rows.is_empty() && errors.is_empty() {
        errors.add(
            "file",
            FieldCode::Blank,
            Text::new("Het bestand heeft geen rijen.", "The file has no rows."),
        );
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let columns = header
        .iter()
        .zip(&meanings)
        .map(|(header, field)| ImportColumn {
            header: header.trim().to_owned(),
            field: field.map(|field| field.name.to_owned()),
        })
        .collect();
    Ok(Sheet { encoding, delimiter, columns, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field { name: "name", required: true, nl: "Naam", en: "Name", also: &[] },
        Field { name: "email", required: false, nl: "E-mailadres", en: "E-mail address", also: &["email"] },
    ];

    fn sheet(bytes: &[u8]) -> Sheet {
        read(bytes, FIELDS, Language::English).unwrap()
    }

    fn refused(bytes: &[u8]) -> Vec<(String, FieldCode)> {
        let errors = read(bytes, FIELDS, Language::English).unwrap_err().into_vec();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let plain = "Naam;E-mail\nRenée;r@x.nl\n";
        let utf_16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = [b"\xEF\xBB\xBF".as_slice(), plain.as_bytes()].concat();
        let windows = b"Naam;E-mail\nRen\xE9e;r@x.nl\n".to_vec();
        for (bytes, encoding) in [
            (plain.as_bytes().to_vec(), "utf-8"),
            (marked, "utf-8"),
            (utf_16, "utf-16"),
            (windows, "windows-1252"),
        ] {
            let sheet = sheet(&bytes);
            assert_eq!(sheet.encoding, encoding);
            assert_eq!(sheet.rows[0].text("name"), "Renée");
            assert_eq!(sheet.rows[0].text("email"), "r@x.nl");
        }
    }

    #[test]
    fn every_delimiter_and_line_ending_is_understood() {
        for (delimiter, end) in [(';', "\n"), (',', "\r\n"), ('\t', "\r"), (';', "\r\n")] {
            let text = ["NAME;x;e_mail", "Jan;?;j@x.nl", "", "Piet;?;"].join(end);
            let sheet = sheet(text.replace(';', &delimiter.to_string()).as_bytes());
            assert_eq!(sheet.delimiter, delimiter);
            let fields: Vec<Option<&str>> =
                sheet.columns.iter().map(|column| column.field.as_deref()).collect();
            assert_eq!(fields, [Some("name"), None, Some("email")]);
            let rows: Vec<(u32, &str)> =
                sheet.rows.iter().map(|row| (row.number, row.text("name"))).collect();
            assert_eq!(rows, [(2, "Jan"), (4, "Piet")], "a blank line is a row, too");
        }
    }

    #[test]
    fn quotes_hold_delimiters_and_lines_and_rows_are_numbered_as_in_a_spreadsheet() {
        let sheet =
            sheet(b"sep=,\r\nname,email\r\n\"Jan \"\"de\"\" Vries,\r\nregel twee\",j@x.nl\r\n,\r\nPiet,\r\n");
        assert_eq!(sheet.rows[0].text("name"), "Jan \"de\" Vries,\nregel twee");
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 5]);
        assert_eq!(sheet.rows[1].cell("email"), Some(""));
    }

    #[test]
    fn what_an_export_guarded_is_itself_again() {
        let sheet = sheet(b"name\n'=1+1\n'quoted'\n");
        assert_eq!((sheet.rows[0].text("name"), sheet.rows[1].text("name")), ("=1+1", "'quoted'"));
    }

    #[test]
    fn a_file_that_is_no_use_says_why() {
        let malformed = vec![("file".to_owned(), FieldCode::Malformed)];
        assert_eq!(refused(b"name\n\"Jan\nPiet\n"), malformed, "a quotation mark that is not closed");
        assert_eq!(refused(b"name\n\"Jan\" x\n"), malformed);
        assert_eq!(refused(b"PK\x03\x04xlsx"), malformed);
        assert_eq!(refused(b"name\n\0\n"), malformed);
        assert_eq!(refused(b"e-mail\nx@y.nl\n"), [("columns.name".to_owned(), FieldCode::Blank)]);
        assert_eq!(refused(b"name;naam\nx;y\n"), [("columns.name".to_owned(), FieldCode::Duplicate)]);
        assert_eq!(refused(b"name\n"), [("file".to_owned(), FieldCode::Blank)]);
        assert_eq!(refused(b""), [("columns.name".to_owned(), FieldCode::Blank)]);
        let many = format!("name\n{}", "x\n".repeat(MOST_ROWS + 1));
        assert_eq!(refused(many.as_bytes()), [("file".to_owned(), FieldCode::TooLong)]);
        // Empty rows, as spreadsheets leave them below a table, are none.
        let empty = format!("name;email\nJan;\n{}", ";\n".repeat(MOST_ROWS + 1));
        assert_eq!(sheet(empty.as_bytes()).rows.len(), 1);
    }

    #[test]
    fn a_row_of_another_length_is_noticed() {
        let sheet = sheet(b"name;email\nJan\nPiet;p@x.nl;;\nKees;k@x.nl;extra\n");
        let uneven: Vec<bool> = sheet.rows.iter().map(|row| row.uneven.is_some()).collect();
        assert_eq!(uneven, [true, false, true]);
    }
}
