//! What is planned, without regard to how it is spelled: small documents in, lines of
//! [`summary`](crate::support::summary) out.

mod chains;
mod commands;
mod later;
mod merging;
mod names;
mod operations;
mod recursion;
mod select;
mod unions;
mod values;

use counterpart_codegen::plan::Plan;

use crate::support::{Case, summary};

/// The plan for a document with these schemas.
fn schemas(text: &str) -> Plan {
    let text: String = text.lines().map(|line| format!("    {line}\n")).collect();
    plan(&format!("paths: {{}}\ncomponents:\n  schemas:\n{text}"))
}

/// The plan for a document with these schemas, of which something is not checked.
fn loosely(text: &str) -> Plan {
    let text: String = text.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Demo, version: 1.0.0}}\npaths: {{}}\ncomponents:\n  schemas:\n{text}"
    );
    Case::of("small", text).output_despite_warnings().plan
}

/// The plan for a document with these paths.
fn paths(text: &str) -> Plan {
    let text: String = text.lines().map(|line| format!("  {line}\n")).collect();
    plan(&format!("paths:\n{text}"))
}

/// The plan for a document that goes on like this.
fn plan(rest: &str) -> Plan {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Demo, version: 1.0.0}}\n{rest}");
    let mut case = Case::of("small", text);
    case.config = "crates = [\"types\", \"client\", \"server\", \"cli\", \"docs\"]".to_owned();
    case.output().plan
}

/// The lines of a type or an operation, without its first and without their indentation.
fn lines(plan: &Plan, name: &str) -> Vec<String> {
    let text = summary::of(plan);
    let is_head = |line: &&str| {
        let mut words = line.split([' ', ':']);
        !line.starts_with(' ') && words.by_ref().take(2).any(|word| word == name)
    };
    let found = text.lines().skip_while(|line| !is_head(line)).skip(1);
    let lines = found.take_while(|line| line.starts_with(' '));
    lines.map(|line| line.trim_start().to_owned()).collect()
}

/// The first line of a type or an operation.
fn head(plan: &Plan, name: &str) -> String {
    let text = summary::of(plan);
    let heads = text.lines().filter(|line| !line.starts_with(' '));
    let mut found = heads.filter(|line| line.split([' ', ':']).take(2).any(|word| word == name));
    found
        .next()
        .unwrap_or_else(|| panic!("there is no {name} in\n{text}"))
        .to_owned()
}

/// The names of all types, in their order.
fn types(plan: &Plan) -> Vec<&str> {
    let items = plan.types.modules.iter().flat_map(|module| &module.items);
    items.map(|item| item.ident()).collect()
}

/// The only line of a type with one member.
fn only(plan: &Plan, name: &str) -> String {
    let [line] = <[String; 1]>::try_from(lines(plan, name)).expect("one member");
    line
}
