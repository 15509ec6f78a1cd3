//! The page, its start script and its stylesheet.

use std::fs;
use std::path::Path;

use crate::digest;
use crate::error::{Context, Error, Result};

/// A script of its own, because the content security policy allows no inline ones.
pub fn start_script(script: &str, wasm: &str) -> String {
    format!(
        "import init from './{script}';\ninit({{ module_or_path: new URL('{wasm}', import.meta.url) }});\n"
    )
}

/// Fills `{{name}}` with the address of a file in `/assets`, and leaves out comments. A placeholder left over, or one that
/// the template lacks, is a mistake that would show as a blank page.
pub fn fill(template: &str, files: &[(&str, &str)]) -> Result<String> {
    let mut page = without_remarks(template);
    for (name, file) in files {
        let placeholder = format!("{{{{{name}}}}}");
        if !page.contains(&placeholder) {
            return Err(Error::new(format!("web/index.html lacks the placeholder {placeholder}")));
        }
        page = page.replace(&placeholder, &format!("/assets/{file}"));
    }
    match page.find("{{") {
        Some(at) => Err(Error::new(format!(
            "unknown placeholder in web/index.html: {}",
            page.get(at..).unwrap_or_default().lines().next().unwrap_or_default()
        ))),
        None => Ok(page),
    }
}

fn without_remarks(html: &str) -> String {
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once("-->").map_or("", |(_, after)| after))
}

/// All stylesheets of a folder in the order of their names, in one.
pub fn stylesheet(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for file in digest::files_below(folder)? {
        if file.extension().is_some_and(|extension| extension == "css") {
            let text = fs::read_to_string(&file).context(format!("reading {}", file.display()))?;
            all.push_str(&without_comments(&text));
        }
    }
    Ok(all)
}

/// Leaves out comments, indentation and empty lines; compression does the rest.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut quote = None;
    let mut chars = css.chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(_), '\\') => {
                kept.push(char);
                kept.extend(chars.next());
                continue;
            }
            (Some(open), _) if char == open => quote = None,
            (None, '"' | '\'') => quote = Some(char),
            (None, '/') if chars.peek() == Some(&'*') => {
                chars.next();
                let mut previous = ' ';
                for char in chars.by_ref() {
                    if previous == '*' && char == '/' {
                        break;
                    }
                    previous = char;
                }
                // A comment separates like a space does.
                kept.push(' ');
                continue;
            }
            _ => {}
        }
        kept.push(char);
    }
    kept.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |all, line| all + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_files() {
        let page = fill(
            "<a href=\"{{js}}\"><!-- {{what}} --><b href={{css}}>",
            &[("js", "app-1.js"), ("css", "app-2.css")],
        )
        .unwrap();
        assert_eq!(page, "<a href=\"/assets/app-1.js\"><b href=/assets/app-2.css>");
    }

    #[test]
    fn a_placeholder_too_few_or_too_many_is_refused() {
        assert!(
            fill("{{js}}", &[("js", "x"), ("css", "y")])
                .unwrap_err()
                .to_string()
                .contains("lacks the placeholder {{css}}")
        );
        assert!(
            fill("{{js}} {{jss}}", &[("js", "x")])
                .unwrap_err()
                .to_string()
                .contains("unknown placeholder in web/index.html: {{jss}}")
        );
    }

    #[test]
    fn comments_go_and_strings_stay() {
        assert_eq!(
            without_comments("/* a\n b **/a  {\n  content: \"/* no */\\\"\"; /**/\n\n}\n"),
            "a  {\ncontent: \"/* no */\\\"\";\n}\n"
        );
        assert_eq!(without_comments("a/* x */b{}"), "a b{}\n");
    }
}
