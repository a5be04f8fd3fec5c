//! Rust's casing of any text: `Metadata`, `thread_id`, `RunStatus`, `OBJECT`.

use heck::ToSnakeCase;

use super::{reserved, symbols, unmangle};

/// The words of a name, lower case: `createThreadAndRun` is `create thread and run`.
fn words(text: &str) -> Vec<String> {
    let text = unmangle::unmangled(text);
    let text = symbols::spelled(&text);
    let snake = text.to_snake_case();
    snake
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `UpperCamelCase`, for types and variants. Digits stay apart from digits, as
/// rustc's own casing lint allows: `gpt-3.5-turbo` is `Gpt3_5Turbo`.
pub fn pascal(text: &str) -> String {
    let mut name = String::new();
    for word in words(text) {
        let digits = name.ends_with(|last: char| last.is_ascii_digit());
        if digits && word.starts_with(|first: char| first.is_ascii_digit()) {
            name.push('_');
        }
        name.push_str(&capitalized(&word));
    }
    name
}

/// `snake_case`, without regard to keywords.
pub fn snake(text: &str) -> String {
    words(text).join("_")
}

/// `kebab-case`, for the command line.
pub fn kebab(text: &str) -> String {
    words(text).join("-")
}

/// `snake_case` for a field or an argument; a keyword or a placeholder gets a trailing `_`.
pub fn field(text: &str) -> String {
    reserved::no_placeholder(snake(text))
}

/// `snake_case` for a method; a keyword gets a trailing `_`.
pub fn method(text: &str) -> String {
    reserved::no_keyword(snake(text))
}

/// `SCREAMING_SNAKE_CASE`, for constants. `FIELDS` is what every struct has of its own.
pub fn constant(text: &str) -> String {
    match snake(text).to_uppercase() {
        name if name == "FIELDS" => format!("{name}_"),
        name => name,
    }
}

/// The word with its first letter in upper case.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        // `ß` is two letters then, of which the second stays small.
        Some(first) => {
            let mut upper = first.to_uppercase();
            let first = upper.next();
            let second = upper.flat_map(char::to_lowercase);
            first.into_iter().chain(second).chain(letters).collect()
        }
        None => String::new(),
    }
}

/// The singular of an English plural, as far as its ending tells: `tool_calls` is
/// `tool_call`, `categories` is `category`, `status` stays.
pub fn singular(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    if let Some(stem) = lower.strip_suffix("ies")
        && stem.len() > 1
    {
        return Some(format!("{}y", &name[..stem.len()]));
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if lower.ends_with(ending) {
            return Some(name[..name.len() - 2].to_owned());
        }
    }
    let plural = lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    (plural && name.len() > 1).then(|| name[..name.len() - 1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cased_as_rust_does() {
        assert_eq!(pascal("createThreadAndRun"), "CreateThreadAndRun");
        assert_eq!(pascal("thread.run.step.created"), "ThreadRunStepCreated");
        assert_eq!(pascal("gpt-3.5-turbo-16k-0613"), "Gpt3_5Turbo16k0613");
        assert_eq!(pascal("gpt-4-0125-preview"), "Gpt4_0125Preview");
        assert_eq!(field("threadId"), "thread_id");
        assert_eq!(field("user.name"), "user_name");
        assert_eq!(constant("object"), "OBJECT");
    }

    #[test]
    fn symbols_are_left_out_or_spelled() {
        assert_eq!(field("include[]"), "include");
        assert_eq!(field("$filter"), "filter");
        assert_eq!(field("+1"), "plus_1");
        assert_eq!(field("-1"), "minus_1");
        assert_eq!(field("reactions-+1"), "reactions_plus_1");
        assert_eq!(field("gpt-4"), "gpt_4");
        assert_eq!(field("@type"), "type_");
        assert_eq!(pascal("*"), "Star");
        assert_eq!(pascal(""), "Empty");
    }

    #[test]
    fn mangled_names_are_unmangled() {
        assert_eq!(
            field("includeLeft_Square_BracketRight_Square_Bracket"),
            "include"
        );
        assert_eq!(field("Dollarfilter"), "filter");
        assert_eq!(pascal("DollarsSpent"), "DollarsSpent");
    }

    #[test]
    fn keywords_get_an_underscore() {
        assert_eq!(field("type"), "type_");
        assert_eq!(field("self"), "self_");
        assert_eq!(method("match"), "match_");
    }

    #[test]
    fn plurals_become_singular() {
        assert_eq!(singular("ToolCalls").as_deref(), Some("ToolCall"));
        assert_eq!(singular("Categories").as_deref(), Some("Category"));
        assert_eq!(singular("Boxes").as_deref(), Some("Box"));
        assert_eq!(singular("Status"), None);
        assert_eq!(singular("Address"), None);
    }
}
