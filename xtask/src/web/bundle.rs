//! From Rust to the files of `web/dist`.

use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use super::parts::{self, Parts};
use super::toolchain::{TARGET, Toolchain};
use super::{Mode, compress, page};
use crate::digest;
use crate::error::{Context, Result};
use crate::node;
use crate::process::Run;
use crate::shell::Shell;

/// What makes a module small that Chromium, Firefox and Safari accept. `--all-features` makes one they reject.
const WASM_OPT: [&str; 8] = [
    "-Oz",
    "--enable-reference-types",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Builds everything in a folder below the target folder, and returns that.
pub fn make(shell: &Shell, toolchain: &Toolchain, mode: Mode) -> Result<PathBuf> {
    let folder = toolchain.target_dir(shell).join("bundle");
    let bound = folder.join("bound");
    let dist = folder.join("dist");
    for emptied in [&bound, &dist] {
        drop(fs::remove_dir_all(emptied));
        fs::create_dir_all(emptied).context(format!("creating {}", emptied.display()))?;
    }

    let module = compile(shell, toolchain, mode)?;
    let parts = parts::split(&module, &bound)?;
    bind(&parts.main, &bound, mode)?;
    if mode == Mode::Release {
        for module in iter::once(&bound.join("app_bg.wasm")).chain(&parts.later) {
            optimize(shell, module)?;
        }
    }
    write_assets(shell, &bound, &parts, &dist)?;
    if mode == Mode::Release {
        shell.say("Compressing ...");
        compress::all(&dist)?;
    }
    Ok(dist)
}

fn compile(shell: &Shell, toolchain: &Toolchain, mode: Mode) -> Result<PathBuf> {
    let profile = match mode {
        Mode::Release => "wasm",
        Mode::Dev => "dev",
    };
    shell.run(toolchain.cargo(shell, "build").args(["--profile", profile]))?;
    let profile_folder = if mode == Mode::Dev { "debug" } else { profile };
    Ok(toolchain.target_dir(shell).join(TARGET).join(profile_folder).join("web.wasm"))
}

/// wasm-bindgen: `app.js`, `app_bg.wasm` and perhaps `snippets/`.
fn bind(module: &Path, folder: &Path, mode: Mode) -> Result {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name("app").typescript(false).omit_default_module_path(true);
    // The later parts need the table of functions, which belongs to the linker.
    bindgen.keep_lld_exports(true);
    if mode == Mode::Release {
        bindgen.remove_name_section(true).remove_producers_section(true);
    }
    let bindgen = bindgen.web(true).context("wasm-bindgen")?;
    bindgen.generate(folder).context("wasm-bindgen")
}

fn optimize(shell: &Shell, module: &Path) -> Result {
    let tools = shell.path("xtask/tools");
    node::install(shell, &tools)?;
    let optimized = module.with_extension("optimized");
    let wasm_opt = Run::new("node").arg(tools.join("node_modules/binaryen/bin/wasm-opt")).args(WASM_OPT);
    shell.run(wasm_opt.arg(module).arg("-o").arg(&optimized))?;
    fs::rename(&optimized, module).context("replacing the module by the optimized one")
}

/// Gives every file its final name and writes the page that refers to them.
fn write_assets(shell: &Shell, bound: &Path, parts: &Parts, dist: &Path) -> Result {
    let assets = dist.join("assets");
    copy_all(&shell.path("web/assets"), &assets)?;
    fs::create_dir_all(&assets).context("creating assets")?;
    let add = |name: &str, extension: &str, content: &[u8]| -> Result<String> {
        let file = format!("{name}-{}.{extension}", digest::short(content));
        fs::write(assets.join(&file), content).context(format!("writing {file}"))?;
        Ok(file)
    };

    let wasm = add("app", "wasm", &read(&bound.join("app_bg.wasm"))?)?;
    let mut later = Vec::new();
    for part in &parts.later {
        let name = |file: &Path| Some(file.file_stem()?.to_str()?.to_owned());
        let name = name(part).context(format!("{} has no name", part.display()))?;
        later.push((format!("{name}.wasm"), add(&name, "wasm", &read(part)?)?));
    }
    let mut script = read_text(&bound.join(parts::SCRIPT))?;
    let snippets = bound.join("snippets");
    if snippets.is_dir() {
        // They are imported by relative path, so the folder gets the hash.
        let mut fingerprint = digest::Fingerprint::default();
        for file in digest::files_below(&snippets)? {
            fingerprint.add(
                &file.strip_prefix(&snippets).context("a snippet elsewhere")?.to_string_lossy(),
                &read(&file)?,
            );
        }
        let folder = format!("snippets-{}", fingerprint.finish().chars().take(16).collect::<String>());
        copy_all(&snippets, &assets.join(&folder))?;
        script = script
            .replace("'./snippets/", &format!("'./{folder}/"))
            .replace("\"./snippets/", &format!("\"./{folder}/"));
    }
    let scripts = parts::name_files(&script, &read_text(&bound.join(parts::LOADER))?, &later)?;
    for (file, content) in [&scripts.script, &scripts.loader] {
        fs::write(assets.join(file), content).context(format!("writing {file}"))?;
    }
    let start = add("start", "js", page::start_script(&scripts.script.0, &wasm).as_bytes())?;
    let css = add("app", "css", page::stylesheet(&shell.path("web/styles"))?.as_bytes())?;

    let template = read_text(&shell.path("web/index.html"))?;
    let files = [
        ("start", start.as_str()),
        ("js", &scripts.script.0),
        ("parts", &scripts.loader.0),
        ("wasm", &wasm),
        ("css", &css),
    ];
    fs::write(dist.join("index.html"), page::fill(&template, &files)?).context("writing index.html")
}

fn copy_all(from: &Path, to: &Path) -> Result {
    for file in digest::files_below(from)? {
        let target = to.join(file.strip_prefix(from).context("a file elsewhere")?);
        let folder = target.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).context(format!("creating {}", folder.display()))?;
        fs::copy(&file, &target).context(format!("copying {}", file.display()))?;
    }
    Ok(())
}

pub fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).context(format!("reading {}", file.display()))
}

fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).context(format!("reading {}", file.display()))
}
