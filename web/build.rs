//! Turns `locales/<language>/<namespace>.json` into types, so that a text that does not exist, lacks a language or
//! misses a value does not compile.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

/// The languages; the first decides which texts there are.
const LANGUAGES: [&str; 2] = ["nl", "en"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    if env::var("CARGO_CFG_TARGET_FAMILY")? == "wasm" {
        // `cargo xtask web` splits the app into parts that load when they are needed, and follows these to do so.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let mut config = Config::new(LANGUAGES[0])?.parse_options(ParseOptions::new().interpolate_display(true));
    for language in &LANGUAGES[1..] {
        config = config.add_locale(language)?;
    }
    let mut namespaces = fs::read_dir(Path::new("locales").join(LANGUAGES[0]))?
        .map(|file| Ok(file?.path().file_stem().unwrap_or_default().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    namespaces.sort();
    config = config.add_namespaces(&namespaces)?;

    let texts = parse_locales(None, config)?;
    let code = leptos_i18n_codegen::gen_code(&texts, None, true, None, false)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}
