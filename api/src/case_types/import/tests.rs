use std::fmt::Write as _;

use contract::{Confidentiality, TermUnit};

use super::*;

const SAMPLE: &str = include_str!("../../../tests/data/case-types.xml");

/// An export of these processes.
fn export(processes: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <dsp xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><preambule>\
         <specificatieversie>ICR1.5.13</specificatieversie></preambule>\n\
         <processen>{processes}</processen></dsp>"
    )
}

/// A process that is right, but for what a test puts in place of `from`.
fn process(from: &str, to: &str) -> String {
    let good = "<proces id='K1'>\
        <velden><kernomschrijving>Melding</kernomschrijving><naam>Het behandelen van een melding</naam>\
        <afdoeningstermijn>8</afdoeningstermijn><afdoeningstermijn-eenheid>Week</afdoeningstermijn-eenheid>\
        <vertrouwelijkheid>OPENBAAR</vertrouwelijkheid></velden>\
        <statustypen><statustype volgnummer='1'><velden><naam>Stap</naam><toelichting>Toe</toelichting>\
        </velden><checks><check volgnummer='1'><velden><naam>Check</naam><vraag>Klaar?</vraag>\
        <verplicht>Ja</verplicht></velden></check></checks></statustype></statustypen>\
        <resultaattypen><resultaattype volgnummer='1'><velden><naam>Klaar</naam>\
        <waardering>Vernietigen</waardering><bewaartermijn>5</bewaartermijn>\
        <bewaartermijn-eenheid>Jaar</bewaartermijn-eenheid></velden></resultaattype></resultaattypen>\
        </proces>";
    assert!(good.contains(from), "{from}");
    good.replacen(from, to, 1)
}

fn items(xml: &str) -> Vec<Item> {
    parse(xml.as_bytes()).unwrap().items
}

/// The one case type of an export of one process.
fn good(process: &str) -> ImportedCaseType {
    match items(&export(process)).pop() {
        Some(Item::CaseType(case_type)) => case_type,
        other => panic!("{other:?}"),
    }
}

/// What is wrong with the one process of an export.
fn problems(process: &str) -> Vec<String> {
    match items(&export(process)).pop() {
        Some(Item::Rejected(rejected)) => rejected.problems.into_iter().map(|text| text.nl).collect(),
        other => panic!("{other:?}"),
    }
}

fn refusal(bytes: &[u8]) -> ImportError {
    parse(bytes).unwrap_err()
}

#[test]
fn an_export_gives_its_case_types_in_order() {
    let items = items(SAMPLE);
    let [Item::CaseType(card), Item::CaseType(event)] = items.as_slice() else { panic!("{items:?}") };

    assert_eq!((card.code.as_str(), card.name.as_str()), ("K0210", "Gehandicaptenparkeerkaart aanvraag"));
    assert!(card.description.contains("honderd meter kan lopen, vraagt"), "{}", card.description);
    assert!(card.description.contains("aan.\nEen onafhankelijke arts"), "lines are kept");
    assert!(card.description.ends_with("het college van B&W."), "{}", card.description);
    assert_eq!(card.processing_term, Some(Term { amount: 8, unit: TermUnit::Week }));
    assert_eq!(card.confidentiality, Confidentiality::CaseConfidential);
    let names: Vec<_> = card.steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Geregistreerd",
            "In behandeling genomen",
            "Besluitvorming afgerond",
            "Afgehandeld",
            "Medisch advies ontvangen"
        ],
        "by number, without the step that is out of use"
    );
    assert_eq!(card.steps[0].explanation, "De aanvraag is geregistreerd.");
    assert_eq!(card.steps[0].checks.len(), 1, "without the check that is out of use");
    assert_eq!(
        card.steps[1].checks[2],
        ImportedCheck {
            name: "Aanvulling gevraagd".to_owned(),
            question: "Is er om een aanvulling gevraagd en is die ontvangen?".to_owned(),
            required: false,
        }
    );
    assert_eq!(
        card.result_types[2],
        ImportedResultType {
            name: "Ingetrokken".to_owned(),
            archive_action: ArchiveAction::Destroy,
            retention: Some(Term { amount: 6, unit: TermUnit::Week }),
        }
    );

    assert_eq!(event.description, "Het beoordelen van een aanvraag voor een evenementenvergunning.");
    assert_eq!(event.processing_term, Some(Term { amount: 56, unit: TermUnit::Day }));
    assert_eq!(event.confidentiality, Confidentiality::RestrictedPublic);
    assert_eq!(event.steps.len(), 4);
    assert_eq!(event.steps[2].explanation, "");
    assert!(event.steps[1].checks[0].question.contains("(> 1.000 bezoekers)"));
    assert_eq!(event.result_types[2].archive_action, ArchiveAction::Keep);
    assert_eq!(event.result_types[2].retention, None);
}

#[test]
fn the_hash_follows_the_content_and_nothing_else() {
    let hash = |xml: &str| match parse(xml.as_bytes()).unwrap().items.swap_remove(0) {
        Item::CaseType(case_type) => case_type.content_hash(),
        Item::Rejected(rejected) => panic!("{rejected:?}"),
    };
    let first = hash(SAMPLE);
    assert_eq!(first.len(), 64);
    let again = SAMPLE.replace("2026-01-12T14:05:31", "2026-06-01T08:00:00").replace("    ", "\t");
    assert_eq!(first, hash(&again), "dates and layout do not matter");
    for (from, to) in [
        ("Gehandicaptenparkeerkaart aanvraag", "Gehandicaptenparkeerkaart"),
        ("<afdoeningstermijn>8<", "<afdoeningstermijn>9<"),
        ("ZAAKVERTROUWELIJK", "INTERN"),
        ("<vraag>Is de aanvraag compleet", "<vraag>Is alles compleet"),
        ("<verplicht>Nee", "<verplicht>Ja"),
        ("<bewaartermijn-eenheid>Week", "<bewaartermijn-eenheid>Maand"),
    ] {
        assert!(SAMPLE.contains(from), "{from}");
        assert_ne!(first, hash(&SAMPLE.replace(from, to)), "{from}");
    }
}

#[test]
fn only_the_right_places_count() {
    let extra = |at: &str, more: &str| good(&process(at, &format!("{more}{at}")));
    let plain = good(&process("Melding", "Melding"));
    for (at, more) in [
        // The same names elsewhere in a process.
        (
            "<statustypen>",
            "<documenttypen><documenttype><velden><naam>X</naam></velden></documenttype></documenttypen>",
        ),
        ("<statustypen>", "<kernomschrijving>Buiten velden</kernomschrijving>"),
        ("<statustypen>", "<regels><statustypen><statustype volgnummer='9'/></statustypen></regels>"),
        ("<statustype ", "<anders><statustype volgnummer='9'/></anders>"),
        ("<velden><naam>Stap", "<naam>Buiten velden</naam>"),
        ("<check ", "<velden><check volgnummer='9'/></velden>"),
        ("<resultaattype ", "<checks><check volgnummer='9'/></checks>"),
        // Nested in a field, in another namespace, in a comment, as an instruction.
        ("</kernomschrijving>", "<structuur><naam>X</naam>weg</structuur>"),
        ("<kernomschrijving>", "<x:kernomschrijving>X</x:kernomschrijving>"),
        ("<kernomschrijving>", "<!-- <kernomschrijving>X</kernomschrijving> --><?kernomschrijving X?>"),
        // Nothing, said in four ways.
        ("<kernomschrijving>", "<kernomschrijving xsi:nil='true'/>"),
        ("<kernomschrijving>", "<kernomschrijving xsi:nil='1'>X</kernomschrijving>"),
        ("<kernomschrijving>", "<kernomschrijving/>"),
        ("<kernomschrijving>", "<kernomschrijving> \n </kernomschrijving>"),
        // Out of use.
        ("<statustype ", "<statustype volgnummer='1'><velden><actief>Nee</actief></velden></statustype>"),
        ("<check ", "<check><velden><actief>nee</actief></velden></check>"),
        ("<resultaattype ", "<resultaattype><velden><actief>NEE</actief></velden></resultaattype>"),
    ] {
        assert_eq!(extra(at, more), plain, "{more}");
    }
    let elsewhere = export("").replace(
        "<processen>",
        "<verwijderd><processen><proces id='K9'/></processen></verwijderd><processen><x><proces id='K9'/></x>",
    );
    assert_eq!(items(&elsewhere), []);
}

#[test]
fn a_process_out_of_use_is_left_out_whatever_is_wrong_with_it() {
    let retired = "<proces><velden><actief>Nee</actief></velden></proces>";
    assert_eq!(items(&export(retired)), []);
    let both = format!("{}{}", process("<velden>", "<velden><actief>Nee</actief>"), process("K1", "K1"));
    assert_eq!(items(&export(&both)).len(), 1, "nor does its code count as a double");
}

#[test]
fn words_are_recognised_however_they_are_written() {
    for (written, meaning) in [
        ("OPENBAAR", Confidentiality::Public),
        ("BEPERKT OPENBAAR", Confidentiality::RestrictedPublic),
        ("BEPERKT_OPENBAAR", Confidentiality::RestrictedPublic),
        ("Intern", Confidentiality::Internal),
        ("ZAAKVERTROUWELIJK", Confidentiality::CaseConfidential),
        ("VERTROUWELIJK", Confidentiality::Confidential),
        ("CONFIDENTIEEL", Confidentiality::StrictlyConfidential),
        ("GEHEIM", Confidentiality::Secret),
        ("ZEER  GEHEIM", Confidentiality::TopSecret),
    ] {
        assert_eq!(good(&process("OPENBAAR", written)).confidentiality, meaning, "{written}");
    }
    for (written, meaning) in [
        ("Vernietigen", ArchiveAction::Destroy),
        ("Bewaren", ArchiveAction::Keep),
        ("Blijvend bewaren", ArchiveAction::Keep),
        ("BLIJVEND_BEWAREN", ArchiveAction::Keep),
    ] {
        let case_type = good(&process("Vernietigen", written));
        assert_eq!(case_type.result_types[0].archive_action, meaning, "{written}");
    }
    for (written, meaning) in [
        ("Dag", TermUnit::Day),
        ("week", TermUnit::Week),
        ("Maand", TermUnit::Month),
        ("Jaar", TermUnit::Year),
    ] {
        let term = good(&process(">Week<", &format!(">{written}<"))).processing_term;
        assert_eq!(term, Some(Term { amount: 8, unit: meaning }), "{written}");
    }
    assert_eq!(good(&process("<afdoeningstermijn>8</afdoeningstermijn>", "")).processing_term, None);
}

#[test]
fn characters_and_entities_are_read() {
    for (written, meaning) in [
        ("B&amp;W", "B&W"),
        ("&lt;a&gt; &quot;b&quot; &apos;c&apos;", "<a> \"b\" 'c'"),
        ("caf&#233; &#x20AC;5", "café €5"),
        ("<![CDATA[<b> & c]]>", "<b> & c"),
        ("Mel<!-- weg -->ding", "Melding"),
        ("Budget<b>x</b>beheer", "Budgetbeheer"),
        (" Eerste\r\n   regel ", "Eerste regel"),
        ("日本語 🚲", "日本語 🚲"),
    ] {
        assert_eq!(good(&process("Melding", written)).name, meaning, "{written}");
    }
    assert_eq!(good(&process("K1", "K&amp;1&#x2d;2")).code, "K&1-2");
    assert_eq!(good(&process(">Toe<", ">a\r\nb\rc<")).steps[0].explanation, "a\nb\nc");
    let marked = format!("\u{FEFF}{SAMPLE}");
    assert_eq!(items(&marked), items(SAMPLE), "with a byte order mark");
    assert_eq!(items(&SAMPLE.replace('\n', "\r\n")), items(SAMPLE), "with the lines of Windows");
}

#[test]
fn what_is_wrong_with_a_process_is_told() {
    let long = |count: usize| "é".repeat(count);
    for (from, to, told) in [
        (" id='K1'", "", "Het attribuut ‘id’ ontbreekt."),
        (" id='K1'", " id='  '", "Het attribuut ‘id’ ontbreekt."),
        ("K1", &long(101), "‘id’ is langer dan 100 tekens."),
        ("Melding", "", "‘kernomschrijving’ ontbreekt."),
        ("Melding", &long(201), "‘kernomschrijving’ is langer dan 200 tekens."),
        ("Melding", "Mel&#x85;ding", "In ‘kernomschrijving’ staan onleesbare tekens."),
        (">Het behandelen", &format!(">{}", long(10_001)), "‘naam’ is langer dan 10000 tekens."),
        ("<velden>", "<velden><actief>Soms</actief>", "‘actief’ heeft een onbekende waarde: ‘Soms’."),
        (">8<", ">acht<", "‘afdoeningstermijn’ is geen getal van 0 tot en met 9999: ‘acht’."),
        (">8<", ">-8<", "‘afdoeningstermijn’ is geen getal van 0 tot en met 9999: ‘-8’."),
        (">8<", ">+8<", "‘afdoeningstermijn’ is geen getal van 0 tot en met 9999: ‘+8’."),
        (">8<", ">10000<", "‘afdoeningstermijn’ is geen getal van 0 tot en met 9999: ‘10000’."),
        (
            ">8<",
            ">99999999999999999999<",
            "‘afdoeningstermijn’ is geen getal van 0 tot en met 9999: ‘99999999999999999999’.",
        ),
        (">Week<", ">Kwartaal<", "‘afdoeningstermijn-eenheid’ heeft een onbekende waarde: ‘Kwartaal’."),
        (">Week<", "><", "‘afdoeningstermijn-eenheid’ ontbreekt."),
        (
            ">Week<",
            ">Werkdag<",
            "‘afdoeningstermijn-eenheid’ is in werkdagen; termijnen zijn in dagen, weken, maanden of jaren.",
        ),
        (">OPENBAAR<", "><", "‘vertrouwelijkheid’ ontbreekt."),
        (">OPENBAAR<", ">ROOD<", "‘vertrouwelijkheid’ heeft een onbekende waarde: ‘ROOD’."),
        (
            " volgnummer='1'><velden><naam>Stap<",
            "><velden><naam>Stap<",
            "Stap ‘Stap’: het attribuut ‘volgnummer’ ontbreekt.",
        ),
        (
            " volgnummer='1'><velden><naam>Stap<",
            " volgnummer='een'><velden><naam>Stap<",
            "Stap ‘Stap’: ‘volgnummer’ is geen getal: ‘een’.",
        ),
        (">Stap<", "><", "Stap 1: ‘naam’ ontbreekt."),
        (">Stap<", &format!(">{}<", long(201)), "Stap 1: ‘naam’ is langer dan 200 tekens."),
        (">Toe<", &format!(">{}<", long(10_001)), "Stap 1: ‘toelichting’ is langer dan 10000 tekens."),
        (">Check<", "><", "Stap 1, controlevraag 1: ‘naam’ ontbreekt."),
        (">Klaar?<", "><", "Stap 1, controlevraag 1: ‘vraag’ ontbreekt."),
        (
            ">Klaar?<",
            &format!(">{}<", long(2_001)),
            "Stap 1, controlevraag 1: ‘vraag’ is langer dan 2000 tekens.",
        ),
        (">Ja<", "><", "Stap 1, controlevraag 1: ‘verplicht’ ontbreekt."),
        (
            ">Ja<",
            ">Wellicht<",
            "Stap 1, controlevraag 1: ‘verplicht’ heeft een onbekende waarde: ‘Wellicht’.",
        ),
        (">Klaar<", "><", "Resultaattype 1: ‘naam’ ontbreekt."),
        (">Vernietigen<", "><", "Resultaattype 1: ‘waardering’ ontbreekt."),
        (
            ">Vernietigen<",
            ">Verstoppen<",
            "Resultaattype 1: ‘waardering’ heeft een onbekende waarde: ‘Verstoppen’.",
        ),
        (">Jaar<", ">Eeuw<", "Resultaattype 1: ‘bewaartermijn-eenheid’ heeft een onbekende waarde: ‘Eeuw’."),
        (">5<", ">5,5<", "Resultaattype 1: ‘bewaartermijn’ is geen getal van 0 tot en met 9999: ‘5,5’."),
    ] {
        assert_eq!(problems(&process(from, to)), [told], "{from} → {to}");
    }
    let stepless = process("<statustype ", "<anders ").replace("</statustype>", "</anders>");
    assert_eq!(problems(&stepless), ["Er zijn geen stappen in gebruik."]);
}

#[test]
fn numbers_that_repeat_are_told() {
    let step = "<statustype volgnummer='1'><velden><naam>Nog een</naam></velden></statustype>";
    assert_eq!(
        problems(&process("<statustype ", &format!("{step}<statustype "))),
        ["Stap 1: dit volgnummer komt vaker voor."]
    );
    let check = "<check volgnummer='01'><velden><naam>N</naam><vraag>V</vraag><verplicht>Nee</verplicht></velden></check>";
    assert_eq!(
        problems(&process("<check ", &format!("{check}<check "))),
        ["Stap 1, controlevraag 1: dit volgnummer komt vaker voor."]
    );
    let result = "<resultaattype volgnummer='1'><velden><naam>N</naam><waardering>Bewaren</waardering></velden></resultaattype>";
    assert_eq!(
        problems(&process("<resultaattype ", &format!("{result}<resultaattype "))),
        ["Resultaattype 1: dit volgnummer komt vaker voor."]
    );
}

#[test]
fn everything_wrong_is_told_at_once_and_the_others_are_spared() {
    let empty =
        "\n\n<proces><statustypen><statustype><checks><check/></checks></statustype></statustypen></proces>";
    let items = items(&export(&format!("{}{empty}", process("K1", "K1"))));
    let [Item::CaseType(_), Item::Rejected(rejected)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((rejected.code.as_deref(), rejected.name.as_deref(), rejected.line), (None, None, 5));
    let told: Vec<_> = rejected.problems.iter().map(|text| text.en.as_str()).collect();
    assert_eq!(
        told,
        [
            "The attribute ‘id’ is missing.",
            "‘kernomschrijving’ is missing.",
            "‘vertrouwelijkheid’ is missing.",
            "Step: the attribute ‘volgnummer’ is missing.",
            "Step: ‘naam’ is missing.",
            "Step, check: the attribute ‘volgnummer’ is missing.",
            "Step, check: ‘naam’ is missing.",
            "Step, check: ‘vraag’ is missing.",
            "Step, check: ‘verplicht’ is missing.",
        ]
    );
}

#[test]
fn a_code_that_occurs_twice_imports_neither() {
    let twice = format!(
        "{}\n{}\n{}",
        process("K1", "K1"),
        process("K1", "K2"),
        process("K1", "K1").replace("Melding", "Anders").replace(">OPENBAAR<", "><")
    );
    let items = items(&export(&twice));
    let [Item::Rejected(first), Item::CaseType(other), Item::Rejected(second)] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(other.code, "K2");
    assert_eq!((first.code.as_deref(), first.name.as_deref()), (Some("K1"), Some("Melding")));
    assert_eq!(first.problems[0].nl, "Deze code staat vaker in het bestand, ook op regel 5.");
    assert_eq!(second.problems.len(), 2, "besides what else is wrong with it");
    assert_eq!(second.problems[1].en, "This code occurs more than once in the file, also on line 3.");
}

#[test]
fn another_format_or_version_is_refused_by_name() {
    for (bytes, line, told) in [
        ("<html></html>", 1, "Dit is geen export van i-Navigator: het eerste element is niet ‘dsp’."),
        ("<x:dsp/>", 1, "Dit is geen export van i-Navigator: het eerste element is niet ‘dsp’."),
        (
            "<dsp/>",
            1,
            "Het bestand zegt niet volgens welke specificatie het is gemaakt (‘specificatieversie’).",
        ),
        (
            "<dsp>\n<processen/></dsp>",
            2,
            "Het bestand zegt niet volgens welke specificatie het is gemaakt (‘specificatieversie’).",
        ),
    ] {
        let error = refusal(bytes.as_bytes());
        assert_eq!((error.text.nl.as_str(), error.line), (told, Some(line)), "{bytes}");
    }
    for version in ["ICR1.4.13", "ICR1.50", "ICR15", "ICR2.5.1", "1.5.13", "icr1.5", "ICR1,5", ""] {
        let error = refusal(export("").replace("ICR1.5.13", version).as_bytes());
        assert_eq!(
            error.message(Language::Dutch),
            format!("Regel 2: Het bestand volgt specificatie ‘{version}’; alleen ICR1.5 wordt gelezen.")
        );
    }
    for version in ["ICR1.5", "ICR1.5.13", " ICR1.5.99.1\n"] {
        assert_eq!(items(&export("").replace("ICR1.5.13", version)), []);
    }
}

#[test]
fn what_is_not_xml_is_refused_with_its_line() {
    for bytes in [
        "",
        " \n",
        "PK\u{3}\u{4}",
        "{\"dsp\": 1}",
        "<dsp>\n</DSP>",
        "<dsp/><dsp/>",
        "<dsp/>tekst",
        "tekst<dsp/>",
        "<dsp/>&amp;",
        "<dsp/><![CDATA[x]]>",
        " <?xml version='1.0'?><dsp/>",
        "<dsp a='1' a='2'/>",
        "<dsp a=1/>",
        "<dsp a='&'/>",
        "<dsp a='&#0;'/>",
        "<dsp a='&#1;'/>",
        "<dsp>&#0;</dsp>",
        "<dsp>&#x1F;</dsp>",
        "<dsp>&#xD800;</dsp>",
        "<dsp>&#x110000;</dsp>",
        "<dsp>&#;</dsp>",
        "<dsp>&#+65;</dsp>",
        "<dsp>R&D</dsp>",
        "<dsp>\u{0}</dsp>",
        "<dsp>\u{FFFF}</dsp>",
        "<!ENTITY a 'b'><dsp/>",
    ] {
        let error = refusal(bytes.as_bytes());
        assert!(error.line.is_some(), "{bytes}: {error}");
        let told = error.text.nl.as_str();
        assert!(
            told == "Dit is geen geldige XML." || told == "Het bestand is niet compleet: het eind ontbreekt.",
            "{bytes}: {told}"
        );
    }
    let error = refusal(export("\n\n\n<proces></processen>").as_bytes());
    assert_eq!(error.to_string(), "Line 6: This is not valid XML.");
    let error = refusal(export("\n\n<proces a='&x;'/>").as_bytes());
    assert_eq!(error.message(Language::Dutch), "Regel 5: Hier staat een entiteit die XML zelf niet kent.");
    let error = refusal(export("\n\n<proces>&euro;</proces>").as_bytes());
    assert_eq!(error.message(Language::Dutch), "Regel 5: Hier staat een entiteit die XML zelf niet kent.");
}

#[test]
fn a_document_type_is_refused_before_any_of_it_is_used() {
    let bomb = "<!DOCTYPE dsp [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE dsp SYSTEM \"file:///etc/passwd\">";
    for declared in [bomb, outside, "<!DOCTYPE dsp>"] {
        let xml = export("").replacen("<dsp", &format!("{declared}<dsp"), 1);
        assert_eq!(refusal(xml.as_bytes()).text.en, "The file has a DOCTYPE, which is not allowed.");
    }
}

#[test]
fn only_utf_8_is_read() {
    let told = "Het bestand heeft een andere tekencodering dan UTF-8. Exporteer het opnieuw als UTF-8.";
    let error = refusal(b"<dsp>\n\n<a>caf\xE9</a></dsp>");
    assert_eq!((error.text.nl.as_str(), error.line), (told, Some(3)));
    for name in ["ISO-8859-1", "windows-1252", "UTF-16", ""] {
        let error = refusal(export("").replace("utf-8", name).as_bytes());
        assert_eq!((error.text.nl.as_str(), error.line), (told, Some(1)), "{name}");
    }
    assert_eq!(items(&export("").replace("utf-8", "UTF-8")), []);
    assert_eq!(items(&export("").replace(" encoding=\"utf-8\"", "")), []);
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend("<dsp/>".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!((refusal(&utf16).text.nl.as_str(), refusal(&utf16).line), (told, None));
}

#[test]
fn a_file_is_bounded_in_every_direction() {
    let mut large = export("").into_bytes();
    large.resize(MOST_BYTES + 1, b' ');
    assert_eq!(refusal(&large).to_string(), "The file is larger than 20 MB.");
    large.truncate(MOST_BYTES);
    assert!(parse(&large).is_ok());

    let nested = |levels: usize| format!("<dsp>{}{}</dsp>", "<a>".repeat(levels), "</a>".repeat(levels));
    assert!(refusal(nested(63).as_bytes()).text.en.contains("specification"), "deep enough to be read");
    assert_eq!(refusal(nested(64).as_bytes()).text.en, "The file is nested more than 64 levels deep.");
    assert!(parse("<a>".repeat(1_000_000).as_bytes()).is_err());

    assert!(
        parse(export(&"<proces><velden><actief>Nee</actief></velden></proces>".repeat(5_000)).as_bytes())
            .is_ok()
    );
    assert_eq!(
        refusal(export(&"<proces/>".repeat(5_001)).as_bytes()).text.en,
        "The file has more than 5000 processes."
    );

    let mut attributes = String::new();
    for number in 0..65 {
        write!(attributes, " a{number}=''").unwrap();
    }
    assert_eq!(
        refusal(export(&format!("<x{attributes}/>")).as_bytes()).text.en,
        "An element has more than 64 attributes."
    );
}

#[test]
fn one_process_is_bounded_too() {
    let many = "<statustype volgnummer='1'/>".repeat(300);
    let told = problems(&process("<statustype ", &format!("{many}<statustype ")));
    assert_eq!(told.len(), 21, "{told:#?}");
    assert_eq!(told[0], "Stap: er zijn er meer dan 200.");
    assert_eq!(told[20], "En nog 380 problemen.");
    let told = problems(&process("Melding", &"x".repeat(5_000_000)));
    assert_eq!(told, ["‘kernomschrijving’ is langer dan 200 tekens."]);
    let item = items(&export(&process("Melding", &"x".repeat(201)))).pop();
    let Some(Item::Rejected(rejected)) = item else { panic!("{item:?}") };
    assert_eq!(rejected.name.unwrap().chars().count(), 101, "cut short");
}

#[test]
fn reading_takes_time_in_proportion_to_the_file() {
    // A line number is worked out for every process; the last ones are far from the beginning.
    let blank = "\n".repeat(2_000);
    let xml = export(&format!("{blank}<proces id='K1'/>").repeat(5_000));
    let begun = std::time::Instant::now();
    let items = items(&xml);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let Some(Item::Rejected(last)) = items.last() else { panic!("{items:?}") };
    assert_eq!(last.line, 5_000 * 2_000 + 3);
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let end = SAMPLE.trim_end().len();
    for at in (0..end).filter(|at| SAMPLE.is_char_boundary(*at)).step_by(61).chain([end - 1]) {
        let error = refusal(&SAMPLE.as_bytes()[..at]);
        let told = error.text.en.as_str();
        assert!(
            told == "The file is incomplete: its end is missing." || told == "This is not valid XML.",
            "{at}: {told}"
        );
    }
}

#[test]
fn a_damaged_file_is_judged_without_a_panic() {
    // A fixed sequence, so that a failure can be seen again.
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let damage = *b"<>&;'\"/!?[]-=\0\xFF\x80 0Zn#x";
    for _ in 0..300 {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = damage[random(damage.len())],
                1 => {
                    bytes.remove(at);
                }
                _ => bytes.insert(at, damage[random(damage.len())]),
            }
        }
        if let Err(error) = parse(&bytes) {
            assert!(!error.to_string().is_empty());
        }
    }
}
