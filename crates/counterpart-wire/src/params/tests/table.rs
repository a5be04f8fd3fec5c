//! Every cell of the table "Style Examples" of OpenAPI 3.0.4 and 3.1.1, written and read.

use serde_json::{Value, json};

use crate::params::{Pairs, Param};

fn array() -> Value {
    json!(["blue", "black", "brown"])
}

fn object() -> Value {
    json!({"R": "100", "G": "200", "B": "150"})
}

fn assert_path(param: Param, string: &str, list: &str, map: &str) {
    let texts = [(json!("blue"), string), (array(), list), (object(), map)];
    for (value, expected) in &texts {
        assert_eq!(
            param.write_path("color", value).as_deref(),
            Ok(*expected),
            "{param:?}"
        );
    }
    assert_eq!(
        param.read_path("color", string),
        Ok("blue".to_owned()),
        "{param:?}"
    );
    assert_eq!(
        param
            .read_path::<Vec<Value>>("color", list)
            .map(Value::from),
        Ok(array()),
        "{param:?}"
    );
    assert_eq!(
        param.read_path("color", map).map(Value::Object),
        Ok(object()),
        "{param:?}"
    );
}

fn query(param: Param, value: &Value) -> String {
    let mut query = Pairs::new();
    param
        .write_query("color", value, &mut query)
        .expect("the value is writable");
    query.to_query()
}

fn assert_list(param: Param, expected: &str) {
    assert_eq!(query(param, &array()), expected, "{param:?}");
    let pairs = Pairs::parse_query(expected).expect("the query is valid");
    let list = param.read_query::<Vec<Value>>("color", &pairs);
    assert_eq!(
        list.map(|list| list.map(Value::from)),
        Ok(Some(array())),
        "{param:?}"
    );
}

fn assert_object(param: Param, expected: &str) {
    assert_eq!(query(param, &object()), expected, "{param:?}");
    let pairs = Pairs::parse_query(expected).expect("the query is valid");
    let map = param.read_query("color", &pairs);
    assert_eq!(
        map.map(|map| map.map(Value::Object)),
        Ok(Some(object())),
        "{param:?}"
    );
}

#[test]
fn simple() {
    assert_path(
        Param::SIMPLE,
        "blue",
        "blue,black,brown",
        "R,100,G,200,B,150",
    );
    assert_path(
        Param::SIMPLE.exploded(),
        "blue",
        "blue,black,brown",
        "R=100,G=200,B=150",
    );
}

#[test]
fn label() {
    assert_path(
        Param::LABEL,
        ".blue",
        ".blue,black,brown",
        ".R,100,G,200,B,150",
    );
    assert_path(
        Param::LABEL.exploded(),
        ".blue",
        ".blue.black.brown",
        ".R=100.G=200.B=150",
    );
}

#[test]
fn label_of_older_documents_is_read() {
    let list: Result<Vec<String>, _> = Param::LABEL.read_path("color", ".blue.black.brown");
    assert_eq!(
        list,
        Ok(["blue", "black", "brown"].map(str::to_owned).to_vec())
    );
    let map = Param::LABEL.read_path("color", ".R.100.G.200.B.150");
    assert_eq!(map.map(Value::Object), Ok(object()));
}

#[test]
fn matrix() {
    assert_path(
        Param::MATRIX,
        ";color=blue",
        ";color=blue,black,brown",
        ";color=R,100,G,200,B,150",
    );
    let exploded = Param::MATRIX.exploded();
    assert_path(
        exploded,
        ";color=blue",
        ";color=blue;color=black;color=brown",
        ";R=100;G=200;B=150",
    );
    assert_eq!(
        Param::MATRIX.write_path("color", "").as_deref(),
        Ok(";color")
    );
    assert_eq!(
        Param::MATRIX.read_path("color", ";color"),
        Ok(String::new())
    );
}

#[test]
fn form() {
    assert_list(Param::FORM, "color=blue&color=black&color=brown");
    assert_object(Param::FORM, "R=100&G=200&B=150");
    assert_list(Param::FORM.joined(), "color=blue,black,brown");
    assert_object(Param::FORM.joined(), "color=R,100,G,200,B,150");
    assert_eq!(query(Param::FORM, &json!("")), "color=");
}

#[test]
fn delimited() {
    assert_list(Param::SPACE_DELIMITED, "color=blue%20black%20brown");
    assert_object(Param::SPACE_DELIMITED, "color=R%20100%20G%20200%20B%20150");
    assert_list(Param::PIPE_DELIMITED, "color=blue%7Cblack%7Cbrown");
    assert_object(Param::PIPE_DELIMITED, "color=R%7C100%7CG%7C200%7CB%7C150");
    assert_list(
        Param::SPACE_DELIMITED.exploded(),
        "color=blue&color=black&color=brown",
    );
    assert_list(
        Param::PIPE_DELIMITED.exploded(),
        "color=blue&color=black&color=brown",
    );
}

#[test]
fn delimiters_are_read_unencoded_too() {
    let expected = Ok(Some(["blue", "black"].map(str::to_owned).to_vec()));
    let pipes = Pairs::parse_query("color=blue|black").expect("the query is valid");
    assert_eq!(Param::PIPE_DELIMITED.read_query("color", &pipes), expected);
    let spaces = Pairs::parse_query("color=blue+black").expect("the query is valid");
    assert_eq!(
        Param::SPACE_DELIMITED.read_query("color", &spaces),
        expected
    );
}

#[test]
fn deep_object() {
    assert_object(
        Param::DEEP_OBJECT,
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    );
    assert_list(
        Param::DEEP_OBJECT,
        "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
    );
    let nested = json!({"at": {"gt": "1", "lt": "9"}, "ids": ["a", "b"]});
    let text = "color%5Bat%5D%5Bgt%5D=1&color%5Bat%5D%5Blt%5D=9&color%5Bids%5D%5B%5D=a&color%5Bids%5D%5B%5D=b";
    assert_eq!(query(Param::DEEP_OBJECT, &nested), text);
    let pairs = Pairs::parse_query(text).expect("the query is valid");
    assert_eq!(
        Param::DEEP_OBJECT.read_query("color", &pairs),
        Ok(Some(nested))
    );
}

#[test]
fn deep_lists_are_read_with_indexes_and_repeated() {
    for text in [
        "ids[1]=b&ids[0]=a",
        "ids[]=a&ids[]=b",
        "ids=a&ids=b",
        "ids=a&ids[]=b",
    ] {
        let pairs = Pairs::parse_query(text).expect("the query is valid");
        let list = Param::DEEP_OBJECT.read_query("ids", &pairs);
        assert_eq!(
            list,
            Ok(Some(["a", "b"].map(str::to_owned).to_vec())),
            "{text}"
        );
    }
}

#[test]
fn headers() {
    let header = |param: Param, value| param.write_header("color", &value);
    assert_eq!(
        header(Param::SIMPLE, json!("assistants=v2")),
        Ok(Some("assistants=v2".to_owned()))
    );
    assert_eq!(
        header(Param::SIMPLE, array()),
        Ok(Some("blue,black,brown".to_owned()))
    );
    assert_eq!(
        header(Param::SIMPLE, object()),
        Ok(Some("R,100,G,200,B,150".to_owned()))
    );
    assert_eq!(
        header(Param::SIMPLE.exploded(), object()),
        Ok(Some("R=100,G=200,B=150".to_owned()))
    );
    assert_eq!(header(Param::SIMPLE, Value::Null), Ok(None));

    let list = Param::SIMPLE.read_header::<Vec<Value>>("color", "blue, black ,brown");
    assert_eq!(list.map(Value::from), Ok(array()));
    let map = Param::SIMPLE
        .exploded()
        .read_header("color", "R=100, G=200, B=150");
    assert_eq!(map.map(Value::Object), Ok(object()));
    assert_eq!(Param::SIMPLE.read_header::<i64>("x-limit", " 20 "), Ok(20));
}

#[test]
fn cookies() {
    let mut cookies = Pairs::new();
    cookies.push("session", "a;b");
    Param::FORM
        .write_cookie("color", &array(), &mut cookies)
        .expect("the list is writable");
    assert_eq!(
        cookies.to_cookies(),
        "session=a%3Bb; color=blue; color=black; color=brown"
    );

    let cookies = Pairs::parse_cookies("session=\"a%3Bb+c\"; color=blue,black,brown")
        .expect("the cookies are valid");
    assert_eq!(
        Param::FORM.read_cookie("session", &cookies),
        Ok(Some("a;b+c".to_owned()))
    );
    let list = Param::FORM
        .joined()
        .read_cookie::<Vec<Value>>("color", &cookies);
    assert_eq!(list.map(|list| list.map(Value::from)), Ok(Some(array())));
    assert_eq!(
        Param::FORM.read_cookie::<String>("other", &cookies),
        Ok(None)
    );
}

#[test]
fn brackets_in_names_are_the_same_encoded_and_not() {
    let value = "step_details.tool_calls[*].file_search.results[*].content";
    let encoded =
        "include%5B%5D=step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content";
    let mut written = Pairs::new();
    Param::FORM
        .write_query("include[]", &[value], &mut written)
        .expect("the list is writable");
    assert_eq!(written.to_query(), encoded);
    for text in [encoded.to_owned(), format!("include[]={value}")] {
        let pairs = Pairs::parse_query(&text).expect("the query is valid");
        assert_eq!(
            Param::FORM.read_query("include[]", &pairs),
            Ok(Some(vec![value.to_owned()])),
            "{text}"
        );
    }
}

#[test]
fn reserved_characters_can_be_left_alone() {
    let param = Param::FORM.allow_reserved();
    let mut pairs = Pairs::new();
    param
        .write_query("url", "https://a.b/?c=d&e=f+g#[h],50%", &mut pairs)
        .expect("the text is writable");
    assert_eq!(
        pairs.to_query(),
        "url=https://a.b/?c=d%26e=f%2Bg%23%5Bh%5D,50%25"
    );

    let mut pairs = Pairs::new();
    param
        .joined()
        .write_query("ids", &["a,b", "c:d"], &mut pairs)
        .expect("the list is writable");
    assert_eq!(pairs.to_query(), "ids=a%2Cb,c:d");
}
