//! Compressed answers, and that they leave at once.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{Person, World};

fn unpacked(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain).unwrap(),
        "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap(),
        other => panic!("{other}"),
    };
    plain
}

/// An office with a list that fills several packets.
async fn stage() -> (World, Person) {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for number in 0..20 {
        office.group(&format!("Wijkteam {number:02}"), &[]).await;
    }
    (world, office.admin().clone())
}

#[actix_web::test]
async fn a_list_is_compressed_in_the_way_its_reader_prefers() {
    let (_world, admin) = stage().await;
    let with = async |accepted: &str| {
        admin.request(Method::GET, "/groups").header("Accept-Encoding", accepted).send().await
    };
    let plain = with("identity").await;
    assert_eq!(plain.header("content-encoding"), None);
    assert!(plain.body.len() > 1024);
    for (accepted, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")] {
        let packed = with(accepted).await;
        assert_eq!(packed.header("content-encoding"), Some(coding), "{accepted}");
        assert!(packed.body.len() * 2 < plain.body.len(), "{accepted}: {}", packed.body.len());
        assert_eq!(unpacked(coding, &packed.body), plain.body);
        // In one piece, whose length is known.
        assert_eq!(packed.header("content-length"), Some(packed.body.len().to_string().as_str()));
        assert!(packed.headers.iter().any(|(name, value)| name == "vary" && value == "Accept-Encoding"));
        assert_eq!(packed.header("etag"), plain.header("etag"));
    }
}

#[actix_web::test]
async fn what_fits_in_one_packet_is_not_compressed() {
    let (world, admin) = stage().await;
    for path in ["/v1/me", "/readyz", "/v1/nothing"] {
        let answer = world.anyone.request(Method::GET, path).header("Accept-Encoding", "br");
        let answer = answer.header("Authorization", format!("Bearer {}", admin.token)).send().await;
        assert_eq!(answer.header("content-encoding"), None, "{path}");
        assert!(!answer.body.is_empty(), "{path}");
    }
}

/// One answer on a connection that is kept; how long it took.
fn ask(lines: &mut BufReader<TcpStream>, request: &str) -> Duration {
    let started = Instant::now();
    lines.get_mut().write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert!(line.contains("200 OK"), "{line}");
    while line != "0\r\n" {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "it broke off");
    }
    lines.read_line(&mut line).unwrap();
    started.elapsed()
}

/// What is written in several pieces does not wait for the reader's system to confirm the first one, which takes 40
/// milliseconds. The quickest of many: everything else that makes it slow does not do so every time.
#[actix_web::test]
async fn an_answer_in_pieces_does_not_wait_for_confirmation() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier: Dossier =
        jan.post("/dossiers", &json!({ "name": "Gezin Hendriks", "visibility": "restricted" })).await.ok();
    let path = format!("/dossiers/{}/export", dossier.id);
    assert_eq!(jan.get(&path).await.status, StatusCode::OK);
    let host = world.anyone.base.strip_prefix("http://").unwrap().to_owned();
    let request =
        format!("GET /v1{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\n\r\n", jan.token);
    let quickest = actix_web::web::block(move || {
        let mut lines = BufReader::new(TcpStream::connect(host).unwrap());
        // Of a new connection the first packets are confirmed at once.
        (0..30).map(|_| ask(&mut lines, &request)).skip(10).min().unwrap()
    });
    let quickest = quickest.await.unwrap();
    assert!(quickest < Duration::from_millis(35), "{quickest:?}");
}
