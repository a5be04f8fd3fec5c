//! What is refused, and the words for it.

use serde_json::{Value, json};

use crate::mode::{self, Mode};
use crate::params::{Pairs, Param, ParamError, path};

fn write(param: Param, value: Value) -> String {
    let mut query = Pairs::new();
    let error = param
        .write_query("q", &value, &mut query)
        .expect_err("the value has no text");
    assert!(query.to_query().is_empty() || param == Param::DEEP_OBJECT);
    error.to_string()
}

fn message<T: std::fmt::Debug>(result: Result<T, ParamError>) -> String {
    result.expect_err("the text has no value").to_string()
}

fn read<'de, T>(param: Param, query: &'de Pairs) -> String
where
    T: serde::Deserialize<'de> + std::fmt::Debug,
{
    message(param.read_query::<T>("q", query))
}

fn parse(query: &str) -> Pairs {
    Pairs::parse_query(query).expect("the query is valid")
}

#[test]
fn values_without_a_text() {
    let nested = "query parameter `q` is nested more deeply than its style can express";
    assert_eq!(write(Param::FORM, json!([["a"]])), nested);
    assert_eq!(write(Param::FORM.joined(), json!({"a": {"b": 1}})), nested);
    assert_eq!(write(Param::DEEP_OBJECT, json!({"a": [{"b": 1}]})), nested);
    let key = "query parameter `q` has an empty key, which its style cannot express";
    assert_eq!(write(Param::DEEP_OBJECT, json!({"": 1})), key);
    let null = "query parameter `q` has a null in a list, which cannot be expressed";
    assert_eq!(write(Param::FORM, json!(["a", null])), null);
    let delimiter = |c| {
        format!(
            "query parameter `q` contains `{c}`, which its style uses as a delimiter and cannot escape"
        )
    };
    assert_eq!(write(Param::PIPE_DELIMITED, json!(["a|b"])), delimiter('|'));
    assert_eq!(
        write(Param::SPACE_DELIMITED, json!(["a b", "c"])),
        delimiter(' ')
    );
    assert_eq!(write(Param::DEEP_OBJECT, json!({"a]": 1})), delimiter(']'));
    let item =
        "query parameter `q` is a list of one empty item, which cannot be told from an empty list";
    assert_eq!(write(Param::FORM.joined(), json!([""])), item);
    assert_eq!(
        write(Param::MATRIX, json!("a")),
        "query parameter `q` cannot have the style `matrix`"
    );
}

#[test]
fn headers_without_a_text() {
    let header = |value: Value| message(Param::SIMPLE.write_header("X-A", &value));
    assert_eq!(
        header(json!("a\r\nX-B: c")),
        "header `X-A` contains a control character"
    );
    assert_eq!(
        header(json!(" a")),
        "header `X-A` begins or ends with white space, which headers do not keep"
    );
    let delimiter =
        "header `X-A` contains `,`, which its style uses as a delimiter and cannot escape";
    assert_eq!(header(json!(["a,b"])), delimiter);
    assert_eq!(
        message(Param::FORM.write_header("X-A", "a")),
        "header `X-A` cannot have the style `form`"
    );
}

#[test]
fn what_is_absent_is_not_written() {
    let mut query = Pairs::new();
    for value in [json!(null), json!([]), json!({}), json!({"a": null})] {
        for param in [
            Param::FORM,
            Param::FORM.joined(),
            Param::PIPE_DELIMITED,
            Param::DEEP_OBJECT,
        ] {
            param
                .write_query("q", &value, &mut query)
                .expect("nothing is writable");
        }
        assert_eq!(Param::SIMPLE.write_header("q", &value), Ok(None));
        let empty = "path argument `q` is empty";
        assert_eq!(message(Param::SIMPLE.write_path("q", &value)), empty);
    }
    assert_eq!(query, Pairs::new());
}

#[test]
fn texts_without_a_value() {
    assert_eq!(
        read::<i64>(Param::FORM, &parse("q=abc")),
        "query parameter `q` is not valid: expected an integer, got `abc`"
    );
    assert_eq!(
        read::<u8>(Param::FORM, &parse("q=256")),
        "query parameter `q` is not valid: expected a smaller integer, got `256`"
    );
    assert_eq!(
        read::<bool>(Param::FORM, &parse("q=1")),
        "query parameter `q` is not valid: expected `true` or `false`, got `1`"
    );
    for text in ["q=inf", "q=NaN", "q=1e999", "q="] {
        assert!(
            read::<f64>(Param::FORM, &parse(text)).contains("expected a number"),
            "{text}"
        );
    }
}

#[test]
fn numbers_as_json_does_not_spell_them() {
    let strictly = |query: &str, expected: &str| {
        let query = parse(query);
        assert!(Param::FORM.read_query::<f64>("q", &query).is_ok());
        let found = mode::scope(Mode::Strict, || match expected {
            "an integer" => read::<i64>(Param::FORM, &query),
            _ => read::<f64>(Param::FORM, &query),
        });
        assert!(
            found.contains(&format!("expected {expected}, got")),
            "{found}"
        );
    };
    for text in ["%2B5", "05", "00", "-05"] {
        strictly(&format!("q={text}"), "an integer");
        strictly(&format!("q={text}"), "a number");
    }
    strictly("q=01.5", "a number");
    for text in ["q=0", "q=-5", "q=10"] {
        let query = parse(text);
        let number = mode::scope(Mode::Strict, || Param::FORM.read_query::<i64>("q", &query));
        assert!(number.is_ok(), "{text}");
    }
    let fraction = parse("q=0.5");
    let number = mode::scope(Mode::Strict, || {
        Param::FORM.read_query::<f64>("q", &fraction)
    });
    assert_eq!(number, Ok(Some(0.5)));
}

#[test]
fn texts_without_a_list_or_an_object() {
    assert_eq!(
        read::<Vec<u8>>(Param::FORM.joined(), &parse("q=1,x")),
        "query parameter `q` is not valid: item 2: expected an integer, got `x`"
    );
    assert_eq!(
        read::<std::collections::BTreeMap<String, u8>>(Param::DEEP_OBJECT, &parse("q[a]=x")),
        "query parameter `q` is not valid: `a`: expected an integer, got `x`"
    );
    assert_eq!(
        read::<(u8, u8)>(Param::FORM.joined(), &parse("q=1,2,3")),
        "query parameter `q` is not valid: expected 2 items, got 3"
    );
    assert_eq!(
        read::<u8>(Param::FORM, &parse("q=1&q=2")),
        "query parameter `q` is given more than once"
    );
    assert_eq!(
        read::<Value>(Param::DEEP_OBJECT, &parse("q[a]=1&q[a][b]=2")),
        "query parameter `q` is not valid: `q[a][b]` is given both as a value and as an object"
    );
    assert_eq!(
        read::<String>(Param::DEEP_OBJECT, &parse("q[a]=1")),
        "query parameter `q` is not valid: expected a single value, got an object"
    );
    assert_eq!(
        read::<serde_json::Map<String, Value>>(Param::FORM.joined(), &parse("q=a,b,c")),
        "query parameter `q` is not valid: `c` is a key without a value"
    );
}

#[test]
fn messages_show_only_the_beginning_of_a_text() {
    let query = parse(&format!("q={}", "é".repeat(10_000)));
    let expected = format!(
        "query parameter `q` is not valid: expected an integer, got `{}…`",
        "é".repeat(40)
    );
    assert_eq!(read::<i64>(Param::FORM, &query), expected);
}

#[test]
fn a_query_cannot_nest_without_end() {
    let query = parse(&format!("q{}=1", "[a]".repeat(100_000)));
    assert!(read::<Value>(Param::DEEP_OBJECT, &query).contains("nested more deeply"));
}

#[test]
fn text_that_is_not_utf_8() {
    assert_eq!(
        message(Pairs::parse_query("a=1&b=%FF")),
        "query parameter `b` is not valid UTF-8"
    );
    assert_eq!(
        message(Pairs::parse_query("%FF=1")),
        "query parameter `%FF` is not valid UTF-8"
    );
    assert_eq!(
        message(Param::SIMPLE.read_path::<String>("id", "%C3")),
        "path argument `id` is not valid UTF-8"
    );
}

#[test]
fn path_texts_without_a_value() {
    assert_eq!(
        message(Param::MATRIX.read_path::<String>("id", ";other=1")),
        "path argument `id` is not valid: expected `;id=`, got `;other`"
    );
    assert_eq!(
        message(Param::LABEL.read_path::<String>("id", "a")),
        "path argument `id` is not valid: expected `.` at its start, got `a`"
    );
}

#[test]
fn segments_that_urls_lose() {
    let expand = |template, text| message(path::expand(template, &[("id", text)]));
    assert_eq!(expand("/a/{id}", ""), "path argument `id` is empty");
    for text in [".", "..", "%2E", "%2e%2E", ".%2e"] {
        assert_eq!(
            expand("/a/{id}/b", text),
            "path argument `id` would make the path segment `.` or `..`"
        );
    }
    assert_eq!(
        expand("/a/.{id}", "."),
        "path argument `id` would make the path segment `.` or `..`"
    );
    assert_eq!(
        expand("/a/{other}", "x"),
        "path argument `other` is missing"
    );
}

#[test]
fn templates() {
    let expanded = path::expand("/a/{id}/b/{name}.json", &[("name", "x.y"), ("id", "a%2Fb")]);
    assert_eq!(expanded.as_deref(), Ok("/a/a%2Fb/b/x.y.json"));
    assert_eq!(
        path::expand("/models", &[("id", "unused")]).as_deref(),
        Ok("/models")
    );
    assert_eq!(
        path::expand("/a/{from}-{to}", &[("from", "."), ("to", ".")]).as_deref(),
        Ok("/a/.-.")
    );
    assert_eq!(
        path::expand("/a{id}/...", &[("id", ".")]).as_deref(),
        Ok("/a./...")
    );
}

#[test]
fn json_in_which_a_key_comes_twice() {
    let query = parse("q=%7B%22a%22%3A1%2C%22a%22%3A2%7D");
    let param = Param::JSON;
    assert!(param.read_query::<Value>("q", &query).is_ok());
    let found = mode::scope(Mode::Strict, || read::<Value>(param, &query));
    assert!(found.contains("duplicate field `a`"), "{found}");
}
