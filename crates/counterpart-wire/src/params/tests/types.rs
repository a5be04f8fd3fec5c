//! The types that parameters are read as, and the multimap.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::params::{Pairs, Param};
use crate::{Mode, Nullable, mode, open_enum};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Asc,
    Desc,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Id(u32);

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Filter {
    after: Option<i64>,
    exact: Option<bool>,
    ratio: Option<f64>,
    tags: Option<Vec<String>>,
}

fn parse(query: &str) -> Pairs {
    Pairs::parse_query(query).expect("the query is valid")
}

fn read<'de, T: Deserialize<'de>>(query: &'de Pairs) -> Option<T> {
    Param::FORM
        .read_query("q", query)
        .expect("the value is valid")
}

#[test]
fn scalars_are_parsed_on_demand() {
    let query = parse("q=20");
    assert_eq!(read(&query), Some(20_i64));
    assert_eq!(read(&query), Some(20.0_f64));
    assert_eq!(read(&query), Some(Id(20)));
    assert_eq!(read(&query), Some(Some(20_u8)));
    assert_eq!(read(&query), Some("20".to_owned()));
    assert_eq!(read(&query), Some("20"));
    assert_eq!(read(&query), Some(json!("20")));
    assert_eq!(read(&parse("q=desc")), Some(Order::Desc));
    assert_eq!(read(&parse("q=false")), Some(false));
    assert_eq!(read(&parse("q=%C3%A9")), Some('é'));
    assert_eq!(read(&parse("q=-9223372036854775808")), Some(i64::MIN));
}

#[test]
fn a_type_that_takes_anything_gets_texts() {
    assert_eq!(read(&parse("q=1&q=true")), Some(json!(["1", "true"])));
    assert_eq!(read(&parse("q=null")), Some(json!("null")));
    assert_eq!(read::<Value>(&parse("other=1")), None);
}

#[test]
fn what_is_absent_is_none() {
    let query = parse("other=1");
    assert_eq!(read::<i64>(&query), None);
    assert_eq!(read::<Option<i64>>(&query), None);
    assert_eq!(read::<Vec<String>>(&query), None);
    assert_eq!(
        Param::DEEP_OBJECT.read_query::<Filter>("q", &query),
        Ok(None)
    );
    assert_eq!(
        Param::FORM.joined().read_query::<Filter>("q", &query),
        Ok(None)
    );
    assert_eq!(
        Param::FORM.read_query::<Filter>("q", &query.only(&["after", "exact"])),
        Ok(None)
    );
}

#[test]
fn objects_have_typed_properties() {
    let tags = Some(vec!["x".to_owned(), "y".to_owned()]);
    let filter = Filter {
        after: Some(-3),
        exact: Some(true),
        ratio: Some(0.5),
        tags,
    };
    let deep = parse("q[after]=-3&q[exact]=true&q[ratio]=0.5&q[tags][]=x&q[tags][]=y");
    assert_eq!(
        Param::DEEP_OBJECT.read_query("q", &deep).as_ref(),
        Ok(&Some(filter))
    );

    let filter = Filter {
        after: Some(-3),
        exact: Some(true),
        ..Filter::default()
    };
    let query = parse("limit=20&after=-3&exact=true&limit=21");
    assert_eq!(
        Param::FORM.read_query("q", &query).as_ref(),
        Ok(&Some(filter))
    );
    assert_eq!(
        query.only(&["after", "exact"]).to_query(),
        "after=-3&exact=true"
    );
}

#[test]
fn an_empty_text_is_an_empty_list_where_items_are_joined() {
    for param in [
        Param::FORM.joined(),
        Param::PIPE_DELIMITED,
        Param::SPACE_DELIMITED,
    ] {
        assert_eq!(
            param.read_query("q", &parse("q=")),
            Ok(Some(Vec::<String>::new()))
        );
    }
    assert_eq!(
        Param::FORM.read_query("q", &parse("q=")),
        Ok(Some(vec![String::new()]))
    );
    assert_eq!(
        Param::FORM.joined().read_query("q", &parse("q=a,b&q=c")),
        Ok(Some(vec!['a', 'b', 'c']))
    );
}

#[test]
fn a_comma_within_an_item_is_no_delimiter() {
    let list = Param::FORM.joined().read_query("q", &parse("q=a%2Cb,c"));
    assert_eq!(list, Ok(Some(vec!["a,b".to_owned(), "c".to_owned()])));
    let list: Result<Vec<String>, _> = Param::SIMPLE.read_path("q", "a%2Cb,c");
    assert_eq!(list, Ok(vec!["a,b".to_owned(), "c".to_owned()]));
}

#[test]
fn queries_are_ordered_multimaps() {
    let mut query = parse("a=1&&b&a=x+y%2B&c=50%&=z");
    let pairs: Vec<_> = query
        .iter()
        .map(|(name, value)| (name, value.into_owned()))
        .collect();
    let expected = [
        ("a", "1"),
        ("b", ""),
        ("a", "x y+"),
        ("c", "50%"),
        ("", "z"),
    ];
    assert_eq!(
        pairs,
        expected.map(|(name, value)| (name, value.to_owned()))
    );
    assert_eq!(query.get("a").as_deref(), Some("1"));
    assert_eq!(query.get("d"), None);
    assert_eq!(query.len(), 5);

    query.append(parse("a[k]=1&ab=2"));
    query.remove("a");
    assert_eq!(query.to_query(), "b=&c=50%&=z&ab=2");
}

#[test]
fn lists_have_brackets_or_not() {
    let expected = Ok(Some(vec!["a".to_owned(), "b".to_owned()]));
    for text in ["ids=a&ids=b", "ids[]=a&ids%5B%5D=b", "ids=a&idsx=c&ids[]=b"] {
        assert_eq!(
            Param::FORM.read_query("ids", &parse(text)),
            expected,
            "{text}"
        );
        assert_eq!(
            Param::FORM.read_query("ids[]", &parse(text)),
            expected,
            "{text}"
        );
        assert_eq!(
            Param::FORM.read_query("ids", &parse(text)),
            Ok(Some(json!(["a", "b"]))),
            "{text}"
        );
    }
    assert_eq!(
        Param::FORM.read_query::<String>("ids", &parse("ids[]=a")),
        Ok(None)
    );
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Include {
    Content,
    Unknown(String),
}

impl Include {
    const ALL: &'static [Self] = &[Self::Content];

    fn as_str(&self) -> &str {
        match self {
            Self::Content => "content",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for Include {
    fn from(value: &str) -> Self {
        match value {
            "content" => Self::Content,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

open_enum!(Include);

#[test]
fn generated_types_are_read_by_the_mode_in_force() {
    let query = parse("q=content&q=more");
    let unknown = Include::Unknown("more".to_owned());
    assert_eq!(read(&query), Some(vec![Include::Content, unknown]));
    let strict = mode::scope(Mode::Strict, || {
        Param::FORM.read_query::<Vec<Include>>("q", &query)
    });
    let message = strict.expect_err("`more` is not listed").to_string();
    assert!(
        message.starts_with("query parameter `q` is not valid: item 2: "),
        "{message}"
    );
    assert!(message.contains("more"), "{message}");
    assert_eq!(read(&parse("q=5")), Some(Nullable::Value(5)));
}
