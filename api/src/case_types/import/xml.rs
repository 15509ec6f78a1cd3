//! XML as an import needs it: one element after another in constant memory, and everything refused that is
//! a mistake or a risk. There is no DOCTYPE, so no entity but the five that XML itself has.

use contract::Text;
use quick_xml::XmlVersion;
use quick_xml::escape::{EscapeError, resolve_xml_entity};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::ImportError;

/// How deeply elements may nest. Real exports reach ten.
const DEEPEST: usize = 64;
/// The most attributes of one element. Finding a repeated one takes time quadratic in their number.
const MOST_ATTRIBUTES: usize = 64;
/// Where a text stops being collected; far beyond any text that is accepted.
const LONGEST_TEXT: usize = 100_000;

/// The bytes of a file as text: UTF-8, with or without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        let line = lines(bytes.get(..error.valid_up_to()).unwrap_or_default()) + 1;
        ImportError { text: not_utf8(), line: (!utf16).then_some(line) }
    })?;
    match text.find(|c| !is_xml_char(c)) {
        None => Ok(text),
        Some(at) => {
            let line = lines(text.as_bytes().get(..at).unwrap_or_default()) + 1;
            Err(ImportError::at(line, not_xml()))
        }
    }
}

/// An element that has just begun.
#[derive(Debug)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// Its name as written, with the prefix if it has one.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// An attribute's value, trimmed; none if it is blank.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether it says that it has no value: `xsi:nil`, whatever the prefix.
    pub(super) fn is_nil(&self) -> bool {
        self.attributes.iter().any(|(key, value)| {
            key.split_once(':').is_some_and(|(_, name)| name == "nil") && matches!(value.trim(), "true" | "1")
        })
    }
}

/// What comes next.
enum Node {
    Start(Element),
    Text(String),
    End,
    Done,
}

/// A file being read from front to back.
pub(super) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    begun: bool,
    rooted: bool,
    counted: usize,
    line: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { text, reader, depth: 0, begun: false, rooted: false, counted: 0, line: 1 }
    }

    /// The line that reading has reached, from 1.
    pub(super) fn line(&mut self) -> usize {
        self.line_of(self.reader.buffer_position())
    }

    /// Counts on from the last place asked for, so that asking often costs no more than reading once.
    fn line_of(&mut self, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX).clamp(self.counted, self.text.len());
        self.line += lines(self.text.as_bytes().get(self.counted..position).unwrap_or_default());
        self.counted = position;
        self.line
    }

    pub(super) fn error(&mut self, text: Text) -> ImportError {
        ImportError::at(self.line(), text)
    }

    /// The element that holds all others.
    pub(super) fn root(&mut self) -> Result<Element, ImportError> {
        loop {
            match self.next()? {
                Node::Start(element) => return Ok(element),
                Node::Done => return Err(self.error(not_xml())),
                Node::Text(_) | Node::End => {}
            }
        }
    }

    /// The next child of the current element; none at its end, which is then behind us.
    pub(super) fn child(&mut self) -> Result<Option<Element>, ImportError> {
        loop {
            match self.next()? {
                Node::Start(element) => return Ok(Some(element)),
                Node::End | Node::Done => return Ok(None),
                Node::Text(_) => {}
            }
        }
    }

    /// The current element's own text, up to and including its end; the text of its children does not count.
    pub(super) fn text(&mut self) -> Result<String, ImportError> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Node::Text(part) => {
                    let room = LONGEST_TEXT.saturating_sub(text.len());
                    text.extend(part.chars().take(room));
                }
                Node::Start(_) => self.skip()?,
                Node::End | Node::Done => return Ok(text),
            }
        }
    }

    /// Passes over the rest of the current element.
    pub(super) fn skip(&mut self) -> Result<(), ImportError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// Reads what follows the root element, which may be nothing of substance.
    pub(super) fn finish(&mut self) -> Result<(), ImportError> {
        while !matches!(self.next()?, Node::Done) {}
        Ok(())
    }

    fn next(&mut self) -> Result<Node, ImportError> {
        loop {
            let event = self.reader.read_event().map_err(|error| {
                let position = self.reader.error_position();
                ImportError::at(self.line_of(position), complaint(&error))
            })?;
            let first = !std::mem::replace(&mut self.begun, true);
            match event {
                Event::Start(start) | Event::Empty(start) => return self.start(&start).map(Node::Start),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::End);
                }
                Event::Text(text) if self.depth > 0 => {
                    return Ok(Node::Text(text.xml10_content().into_owned()));
                }
                Event::CData(text) if self.depth > 0 => {
                    return Ok(Node::Text(text.xml10_content().into_owned()));
                }
                Event::GeneralRef(reference) if self.depth > 0 => {
                    return self.reference(&reference).map(Node::Text);
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => return Err(self.error(not_xml())),
                Event::Decl(declaration) if first => self.declaration(&declaration)?,
                Event::Decl(_) => return Err(self.error(not_xml())),
                Event::DocType(_) => {
                    return Err(self.error(Text::new(
                        "Het bestand heeft een DOCTYPE; dat is niet toegestaan.",
                        "The file has a DOCTYPE, which is not allowed.",
                    )));
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => return Err(self.error(cut_off())),
                Event::Eof => return Ok(Node::Done),
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<Element, ImportError> {
        if self.depth == 0 && std::mem::replace(&mut self.rooted, true) {
            return Err(self.error(not_xml()));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(Text::new(
                format!("Het bestand is dieper genest dan {DEEPEST} niveaus."),
                format!("The file is nested more than {DEEPEST} levels deep."),
            )));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            if attributes.len() == MOST_ATTRIBUTES {
                return Err(self.error(Text::new(
                    format!("Een element heeft meer dan {MOST_ATTRIBUTES} attributen."),
                    format!("An element has more than {MOST_ATTRIBUTES} attributes."),
                )));
            }
            let attribute = attribute.map_err(|_| self.error(not_xml()))?;
            let value = attribute
                .normalized_value_with(XmlVersion::Explicit1_0, 1, resolve_xml_entity)
                .map_err(|error| self.error(complaint(&error)))?;
            if !value.chars().all(is_xml_char) {
                return Err(self.error(not_xml()));
            }
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Element { name: start.name().as_ref().to_owned(), attributes })
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<String, ImportError> {
        match reference.resolve_char_ref() {
            Ok(Some(c)) if is_xml_char(c) => Ok(c.to_string()),
            Ok(None) => match resolve_xml_entity(reference) {
                Some(text) => Ok(text.to_owned()),
                None => Err(self.error(unknown_entity())),
            },
            Ok(Some(_)) | Err(_) => Err(self.error(not_xml())),
        }
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), ImportError> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
            Some(Ok(_)) => Err(self.error(not_utf8())),
            Some(Err(_)) => Err(self.error(not_xml())),
        }
    }
}

/// What the reader found, in our words.
fn complaint(error: &quick_xml::Error) -> Text {
    match error {
        // A syntax error is its way to say that the file ended in the middle of something.
        quick_xml::Error::Syntax(_) => cut_off(),
        quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(..)) => unknown_entity(),
        _ => not_xml(),
    }
}

/// What XML 1.0 lets a document hold.
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn not_xml() -> Text {
    Text::new("Dit is geen geldige XML.", "This is not valid XML.")
}

fn cut_off() -> Text {
    Text::new(
        "Het bestand is niet compleet: het eind ontbreekt.",
        "The file is incomplete: its end is missing.",
    )
}

fn not_utf8() -> Text {
    Text::new(
        "Het bestand heeft een andere tekencodering dan UTF-8. Exporteer het opnieuw als UTF-8.",
        "The file's character encoding is not UTF-8. Export it again as UTF-8.",
    )
}

fn unknown_entity() -> Text {
    Text::new(
        "Hier staat een entiteit die XML zelf niet kent.",
        "This has an entity that XML itself does not know.",
    )
}
