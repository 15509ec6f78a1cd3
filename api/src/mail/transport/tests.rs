use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use base64::Engine;

use super::*;

const ID: Uuid = Uuid::from_u128(0x0191_d0c2_5a0e_7c3e_9f1a_1f2e_3d4c_5b6a);
const TO: &str = "José <jose@zaanstad.example>";

fn message() -> Message {
    Message {
        subject: "Nieuwe taak in de werkbak van Jeugd & Gezin – zaak Z2026-000123".to_owned(),
        text: "Beste José,\n\nEr ligt een taak.\nhttps://werkbak.example/taken/1\n".to_owned(),
        html: "<!DOCTYPE html>\n<p>Beste José,</p>\n<p>Er ligt een taak.</p>\n".to_owned(),
    }
}

fn send(transport: &Transport, to: &str, message: &Message) -> Result<(), SendError> {
    let from = "Werkbak <werkbak@zaanstad.example>".parse().unwrap();
    transport.send(&from, &to.parse().unwrap(), message, ID, "zaanstad.example", || {})
}

/// A new folder that is removed again.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("werkbak-{}", Uuid::now_v7()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Headers, unfolded and by lower-case name, and body.
fn parsed(mail: &str) -> (Vec<(String, String)>, &str) {
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let headers = head
        .split("\r\n")
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    (headers, body)
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    let found: Vec<_> = headers.iter().filter(|(key, _)| key == name).collect();
    assert_eq!(found.len(), 1, "{name} in {headers:?}");
    &found[0].1
}

/// A part's content type and its content.
fn part(mail: &str) -> (String, String) {
    let (headers, body) = parsed(mail.trim_start_matches("\r\n"));
    let bytes = match header(&headers, "content-transfer-encoding") {
        "7bit" => body.as_bytes().to_vec(),
        "base64" => base64::engine::general_purpose::STANDARD.decode(body.replace("\r\n", "")).unwrap(),
        "quoted-printable" => {
            let body = body.replace("=\r\n", "");
            let mut parts = body.split('=');
            let mut bytes = parts.next().unwrap().as_bytes().to_vec();
            for part in parts {
                bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
                bytes.extend(part[2..].bytes());
            }
            bytes
        }
        other => panic!("{other}"),
    };
    (header(&headers, "content-type").to_owned(), String::from_utf8(bytes).unwrap())
}

fn check(mail: &str) {
    let (headers, body) = parsed(mail);
    assert_eq!(header(&headers, "message-id"), "<0191d0c2-5a0e-7c3e-9f1a-1f2e3d4c5b6a@zaanstad.example>");
    assert_eq!(header(&headers, "auto-submitted"), "auto-generated");
    assert_eq!(header(&headers, "from"), "Werkbak <werkbak@zaanstad.example>");
    assert!(header(&headers, "to").ends_with("<jose@zaanstad.example>"));
    assert!(!header(&headers, "date").is_empty());
    assert_eq!(header(&headers, "mime-version"), "1.0");
    let kind = header(&headers, "content-type");
    assert!(kind.starts_with("multipart/alternative"), "{kind}");
    let boundary = kind.split_once("boundary=\"").unwrap().1.split('"').next().unwrap();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    assert_eq!(parts.len(), 4, "before, text, HTML, after: {body}");
    let (text_type, text) = part(parts[1]);
    let (html_type, html) = part(parts[2]);
    assert_eq!(text_type, "text/plain; charset=utf-8");
    assert_eq!(html_type, "text/html; charset=utf-8");
    assert_eq!(text.replace("\r\n", "\n").trim_end(), message().text.trim_end());
    assert_eq!(html.replace("\r\n", "\n").trim_end(), message().html.trim_end());
    assert!(mail.is_ascii(), "so that any server takes it");
}

#[test]
fn without_a_server_mails_are_files() {
    let folder = Folder::new();
    let transport = Transport::new(None, &folder.0).unwrap();
    send(&transport, TO, &message()).unwrap();
    let file = folder.0.join("mail").join(format!("{ID}.eml"));
    check(&std::fs::read_to_string(&file).unwrap());

    // The same mail again takes the place of the first; nothing else is left behind.
    let other = Message { text: "Anders".to_owned(), ..message() };
    send(&transport, TO, &other).unwrap();
    assert!(std::fs::read_to_string(&file).unwrap().contains("Anders"));
    let names: Vec<_> =
        std::fs::read_dir(folder.0.join("mail")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(names, std::slice::from_ref(&file));

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_tried_again() {
    let folder = Folder::new();
    let file = folder.0.join("file");
    std::fs::write(&file, "").unwrap();
    assert!(Transport::new(None, &file).is_err());
    let error = send(&Transport::Files(file.join("mail")), TO, &message()).unwrap_err();
    assert!(!error.is_permanent(), "{error}");
}

#[test]
fn a_message_id_has_a_host_whatever_is_given() {
    assert_eq!(host_name("werkbak.example"), "werkbak.example");
    assert_eq!(host_name("a>\r\nBcc: b"), "aBccb");
    assert_eq!(host_name("ë"), "localhost");
}

#[test]
fn a_subject_stays_one_header() {
    let folder = Folder::new();
    let transport = Transport::new(None, &folder.0).unwrap();
    let message = Message { subject: "Taak\r\nBcc: iemand@elders.example".to_owned(), ..message() };
    send(&transport, TO, &message).unwrap();
    let mail = std::fs::read_to_string(folder.0.join("mail").join(format!("{ID}.eml"))).unwrap();
    assert!(parsed(&mail).0.iter().all(|(name, _)| name != "bcc"), "{mail}");
}

#[test]
fn addresses_of_mail_servers() {
    for url in [
        "smtp://localhost:1025",
        "smtp://mail.example?tls=required",
        "smtp://mail.example/werkbak.example?tls=opportunistic",
        "smtps://werkbak%40zaanstad.example:geh%2Feim@mail.example",
    ] {
        let transport = Transport::new(Some(url), Path::new("/nergens")).unwrap();
        assert_eq!(format!("{transport:?}"), "Smtp", "{url}");
    }
    for url in
        ["", "mail.example", "http://mail.example", "smtp://mail.example?tls=maybe", "smtps://u:geheim@"]
    {
        let error = Transport::new(Some(url), Path::new("/nergens")).unwrap_err();
        assert!(error.starts_with("SMTP_URL: ") && !error.contains("geheim"), "{error}");
    }
}

/// A mail server for one mail, which answers the commands that begin so with what stands beside them, and
/// all others with success. Gives what it was sent.
fn server(answers: &'static [(&'static str, &'static str)]) -> (Transport, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let serve = move || {
        let (stream, _) = listener.accept().unwrap();
        converse(&stream, answers)
    };
    let transport = Transport::new(Some(&url), Path::new("/nergens")).unwrap();
    (transport, std::thread::spawn(serve))
}

fn converse(mut stream: &TcpStream, answers: &[(&str, &str)]) -> String {
    let answer = |command: &str, usual: &str| {
        let special = answers.iter().find(|(begins, _)| command.starts_with(begins));
        format!("{}\r\n", special.map_or(usual, |(_, answer)| answer))
    };
    let mut lines = BufReader::new(stream);
    let mut received = String::new();
    stream.write_all(answer("HELLO", "220 mail.example").as_bytes()).unwrap();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap_or(0) == 0 {
            return received;
        }
        let usual = if line.starts_with("DATA") { "354 go ahead" } else { "250 fine" };
        let reply = answer(&line, usual);
        stream.write_all(reply.as_bytes()).unwrap();
        if reply.starts_with("354") {
            while lines.read_line(&mut line).unwrap_or(0) > 0 && !line.ends_with("\r\n.\r\n") {}
            let mail = line.split_once("\r\n").unwrap().1.trim_end_matches(".\r\n");
            received.push_str(mail);
            stream.write_all(answer("ACCEPT", "250 queued").as_bytes()).unwrap();
        }
    }
}

#[test]
fn a_server_gets_the_mail() {
    let (transport, server) = server(&[]);
    send(&transport, TO, &message()).unwrap();
    check(&server.join().unwrap());
}

#[test]
fn an_answer_says_whether_to_try_again() {
    for (answers, permanent, told) in [
        (&[("RCPT", "550 5.1.1 <jose@zaanstad.example>: unknown")], true, "the mail server answered 550"),
        (&[("RCPT", "452 4.2.2 <jose@zaanstad.example>: full")], false, "the mail server answered 452"),
        (&[("MAIL", "530 authentication required")], false, "the mail server answered 530"),
        (&[("ACCEPT", "554 spam from jose")], true, "the mail server answered 554"),
        (&[("ACCEPT", "451 later")], false, "the mail server answered 451"),
        (&[("HELLO", "421 busy")], false, "the mail server answered 421"),
        (&[("HELLO", "hoi jose@zaanstad.example")], false, "the mail server’s answer was not understood"),
    ] {
        let (transport, server) = server(answers);
        let error = send(&transport, TO, &message()).unwrap_err();
        assert_eq!((error.is_permanent(), error.to_string().as_str()), (permanent, told));
        server.join().unwrap();
    }
}

#[test]
fn while_a_server_takes_its_time_it_is_said_that_someone_waits() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (says, said) = mpsc::channel();
    let server = std::thread::spawn(move || {
        let stream = listener.accept().unwrap().0;
        // It does not say a word before.
        for _ in 0..3 {
            said.recv().unwrap();
        }
        converse(&stream, &[])
    });
    let Transport::Smtp(transport) = Transport::new(Some(&url), Path::new("/nergens")).unwrap() else {
        panic!("a server was named");
    };
    let address = |text: &str| text.parse::<lettre::Address>().unwrap();
    let envelope = Envelope::new(Some(address("a@x.nl")), vec![address("b@x.nl")]).unwrap();
    let going_on = || {
        let _ = says.send(());
    };
    deliver(transport, envelope, b"Subject: x\r\n\r\nx".to_vec(), Duration::from_millis(1), going_on)
        .unwrap();
    assert!(server.join().unwrap().contains("Subject: x"));
}

#[test]
fn a_server_that_is_not_there_is_tried_again() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let transport = Transport::new(Some(&format!("smtp://{address}")), Path::new("/nergens")).unwrap();
    let error = send(&transport, TO, &message()).unwrap_err();
    assert!(!error.is_permanent(), "{error}");
}

#[test]
fn an_address_the_server_cannot_take_is_not_tried_again() {
    let (transport, server) = server(&[]);
    let error = send(&transport, "josé@zaanstad.example", &message()).unwrap_err();
    assert!(error.is_permanent(), "{error}");
    assert!(!error.to_string().contains("jos"), "{error}");
    server.join().unwrap();
}

#[test]
fn a_required_encryption_is_not_done_without() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}?tls=required", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || converse(&listener.accept().unwrap().0, &[]));
    let transport = Transport::new(Some(&url), Path::new("/nergens")).unwrap();
    let error = send(&transport, TO, &message()).unwrap_err();
    assert!(!error.is_permanent(), "{error}");
    assert_eq!(server.join().unwrap(), "", "nothing was sent in clear");
}
