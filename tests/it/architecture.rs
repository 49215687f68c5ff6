//! The direction of modules is kept by this table and not by memory.

use super::common::files;
use std::collections::BTreeSet;
use std::path::Path;

/// For each module the modules that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("memo", &[]),
    ("text", &["memo"]),
    ("pack", &[]),
    ("diagnostic", &["memo", "text"]),
    ("model", &["memo", "text"]),
    ("prose", &["text"]),
    ("parse", &["memo", "text", "diagnostic", "model"]),
    ("site", &["memo", "diagnostic", "model", "parse", "prose"]),
    ("theme", &[]),
    ("config", &["text", "diagnostic", "model", "parse", "prose", "site", "theme", "search"]),
    ("page", &["text", "model", "prose", "site", "theme", "cite"]),
    ("feed", &["memo", "model", "prose", "site", "text", "theme"]),
    ("search", &["text", "pack", "model", "prose", "site"]),
    ("cite", &["text", "pack", "model", "prose", "site"]),
    ("api", &["model", "prose", "site"]),
    ("export", &["model", "parse", "site", "search"]),
    ("build", &["memo", "model", "site", "theme", "page", "feed", "search", "api"]),
    ("bundle", &["build", "site", "theme"]),
    ("budget", &["site"]),
    ("audit", &["text"]),
    ("disk", &["memo"]),
    (
        "cli",
        &[
            "api",
            "audit",
            "budget",
            "build",
            "bundle",
            "cite",
            "config",
            "diagnostic",
            "disk",
            "export",
            "feed",
            "memo",
            "model",
            "page",
            "parse",
            "prose",
            "search",
            "site",
            "text",
            "theme",
        ],
    ),
];

fn used(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut modules = BTreeSet::new();
    for part in code.join("\n").split("crate::").skip(1) {
        // A list may go over several lines.
        let list = part.strip_prefix('{').and_then(|list| list.split(';').next());
        let names = list.map_or_else(|| vec![part], |list| list.split(',').collect());
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            modules.insert(name);
        }
    }
    modules
}

#[test]
fn modules_use_only_modules_to_their_left() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (path, bytes) in files(&src).into_iter().filter(|(path, _)| path.ends_with(".rs") && path.contains(['/', '.'])) {
        let module = path.split(['/', '.']).next().unwrap_or_default().to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let allowed = MAY_USE.iter().find(|row| row.0 == module).unwrap_or_else(|| panic!("`{module}` is not in the table")).1;
        for used in used(&String::from_utf8(bytes).expect("sources are UTF-8")) {
            let is_module = MAY_USE.iter().any(|row| row.0 == used);
            if is_module && used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("src/{path} uses `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_disk_and_cli_meet_the_outside_world() {
    let outside = [
        "std::fs",
        "std::env",
        "std::io::stdout",
        "Instant::now",
        "SystemTime",
        "Utc::now",
        "Local::now",
        "println!",
        "std::process",
    ];
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (path, bytes) in
        files(&src).into_iter().filter(|(path, _)| !path.starts_with("disk/") && !path.starts_with("cli/") && path != "main.rs")
    {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let used: Vec<&&str> = outside.iter().filter(|word| text.contains(**word)).collect();
        assert!(used.is_empty(), "src/{path} uses {used:?}");
    }
}
