//! The module in parts: what the first visit needs, and what loads when someone first goes there (see
//! web/src/shell/areas.rs).

use std::path::{Path, PathBuf};

use wasm_split_cli_support::Options;

use super::bundle::read;
use crate::digest;
use crate::error::{Context, Error, Result};

/// wasm-bindgen's script.
pub const SCRIPT: &str = "app.js";
/// The script that loads the later parts.
pub const LOADER: &str = "parts.js";

#[derive(Debug)]
pub struct Parts {
    /// For wasm-bindgen.
    pub main: PathBuf,
    /// Need no wasm-bindgen: they call what the first part exports.
    pub later: Vec<PathBuf>,
}

/// Takes a module with its relocations apart.
pub fn split(module: &Path, folder: &Path) -> Result<Parts> {
    let content = read(module)?;
    let main = folder.join("main.wasm");
    let (script, loader) = (format!("./{SCRIPT}"), format!("./{LOADER}"));
    let mut options = Options::new(&content);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = &loader;
    let split = wasm_split_cli_support::transform(options).context("splitting the app")?;
    Ok(Parts { main, later: split.split_modules })
}

/// The two scripts, each by its final name.
#[derive(Debug)]
pub struct Scripts {
    pub script: (String, String),
    pub loader: (String, String),
}

/// Gives the scripts their final names, and lets the loader load each of `later`, pairs of a name and the final one. The
/// scripts import each other, so one hash over both names both.
pub fn name_files(script: &str, loader: &str, later: &[(String, String)]) -> Result<Scripts> {
    let mut loader = loader.to_owned();
    for (name, file) in later {
        loader = renamed(&loader, &format!("new URL(\"./{name}\""), &format!("new URL(\"./{file}\""))?;
    }
    let hash = digest::short(format!("{script}{loader}").as_bytes());
    let (script_file, loader_file) = (format!("app-{hash}.js"), format!("parts-{hash}.js"));
    let from = |file: &str| format!("from \"./{file}\"");
    let script = renamed(script, &from(LOADER), &from(&loader_file))?;
    let loader = renamed(&loader, &from(SCRIPT), &from(&script_file))?;
    Ok(Scripts { script: (script_file, script), loader: (loader_file, loader) })
}

/// A name that is not there would show as a file that does not load.
fn renamed(script: &str, old: &str, new: &str) -> Result<String> {
    if script.contains(old) {
        Ok(script.replace(old, new))
    } else {
        Err(Error::new(format!("a built script lacks {old}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_name_each_other_and_the_parts() {
        let script = "import * as one from \"./parts.js\"\nimport * as two from \"./parts.js\"\n({ \"./parts.js\": one })";
        let loader =
            "import { initSync } from \"./app.js\";\nfetch(new URL(\"./split_tasks.wasm\", import.meta.url))";
        let later = [(String::from("split_tasks.wasm"), String::from("split_tasks-12.wasm"))];
        let named = name_files(script, loader, &later).unwrap();
        let hash = named.script.0.strip_prefix("app-").and_then(|rest| rest.strip_suffix(".js")).unwrap();
        assert_eq!(named.loader.0, format!("parts-{hash}.js"));
        assert_eq!(
            named.script.1,
            format!(
                "import * as one from \"./parts-{hash}.js\"\nimport * as two from \"./parts-{hash}.js\"\n({{ \"./parts.js\": one }})"
            ),
            "what the module calls it stays"
        );
        assert_eq!(
            named.loader.1,
            format!(
                "import {{ initSync }} from \"./app-{hash}.js\";\nfetch(new URL(\"./split_tasks-12.wasm\", import.meta.url))"
            )
        );
    }

    #[test]
    fn a_part_that_nothing_loads_is_a_mistake() {
        let later = [(String::from("split_x.wasm"), String::from("split_x-1.wasm"))];
        let error = name_files("from \"./parts.js\"", "from \"./app.js\"", &later).unwrap_err();
        assert_eq!(error.to_string(), "a built script lacks new URL(\"./split_x.wasm\"");
    }
}
