//! Commands: flags, what is checked of them, and the words of their help.

use counterpart_codegen::plan::Plan;
use counterpart_codegen::plan::cli::{CommandPlan, FlagKind, FlagPlan};

use super::paths;

/// One operation that takes much, and one that it speaks of.
const PATHS: &str = "
/a/{id}:
  get:
    operationId: getIt
    parameters:
    - {name: id, in: path, required: true, schema: {type: string}}
    responses: {204: {description: n}}
  post:
    operationId: makeIt
    summary: Makes it
    description: 'Read it by `getIt`; `page_size` and getIt are something else.'
    parameters:
    - {name: id, in: path, required: true, schema: {type: string, pattern: '^a'}}
    - {name: page_size, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
    - {name: q, in: query, schema: {type: string}}
    requestBody:
      required: true
      content:
        application/json:
          schema:
            type: object
            required: [content, rows, parts]
            properties:
              content:
                oneOf:
                - {type: string}
                - {type: array, items: {type: string}}
              rows: {type: array, items: {type: array, items: {type: number}}}
              parts:
                type: array
                items: {type: object, required: [n], properties: {n: {type: integer, minimum: 3}}}
    responses: {204: {description: n}}
";

fn command(plan: &Plan) -> &CommandPlan {
    let mut commands = plan.cli.commands.iter();
    commands
        .find(|command| command.name == "make-it")
        .expect("it is there")
}

fn flag<'p>(command: &'p CommandPlan, name: &str) -> &'p FlagPlan {
    let mut flags = command.flags.iter();
    flags.find(|flag| flag.name == name).expect("it is there")
}

#[test]
fn parameters_with_limits_are_checked() {
    let plan = paths(PATHS);
    let command = command(&plan);
    let rules = |name: &str| {
        let check = flag(command, name).check.as_ref();
        let rules = check.iter().flat_map(|check| &check.check.rules);
        rules.map(|rule| rule.method).collect::<Vec<_>>()
    };
    assert_eq!(rules("page-size"), ["minimum", "maximum"]);
    assert_eq!(rules("id"), ["pattern"]);
    assert!(rules("q").is_empty());
    // The body is checked as a whole.
    assert!(rules("parts").is_empty());
}

#[test]
fn what_may_be_text_is_not_asked_for_as_json() {
    let plan = paths(PATHS);
    let kind = |name: &str| flag(command(&plan), name).kind.clone();
    let list = |kind| FlagKind::List(Box::new(kind));
    assert_eq!(kind("content"), FlagKind::TextOrJson);
    assert_eq!(kind("rows"), list(list(FlagKind::Json)));
    assert_eq!(kind("parts"), list(FlagKind::Json));
}

#[test]
fn an_example_can_be_run() {
    assert_eq!(
        command(&paths(PATHS)).example,
        "demo make-it --id \"$ID\" --content \"$CONTENT\" --rows '[1.0]' --parts '{\"n\":3}'"
    );
}

#[test]
fn words_are_those_of_the_command_line() {
    assert_eq!(
        command(&paths(PATHS)).details,
        "Read it by `get-it`; `--page-size` and getIt are something else."
    );
}
