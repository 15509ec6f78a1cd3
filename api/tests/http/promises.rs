//! SECURITY.md says which test proves a promise; those tests exist.

use std::fs;
use std::path::Path;

#[test]
fn every_test_that_security_md_names_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(here.join("../SECURITY.md")).unwrap();
    let named: Vec<(&str, &str)> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|code| code.split_once("::"))
        .filter(|(_, test)| !test.is_empty())
        .collect();
    assert!(named.len() > 40, "{}", named.len());
    for (module, test) in named {
        if module == "module" {
            continue;
        }
        let file = here.join(format!("tests/http/{module}.rs"));
        let code = fs::read_to_string(&file).unwrap_or_else(|_| panic!("there is no {}", file.display()));
        assert!(code.contains(&format!("fn {test}()")), "there is no {module}::{test}");
    }
}
