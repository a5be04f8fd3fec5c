//! Parameters that are JSON.

use serde_json::json;

use crate::params::{Pairs, Param};

#[test]
fn json_goes_into_every_place_and_comes_back() {
    let value = json!({"a": [1, "b c"], "d": null});
    let mut query = Pairs::new();
    Param::JSON.write_query("q", &value, &mut query).unwrap();
    let query = Pairs::parse_query(&query.to_query()).unwrap();
    assert_eq!(
        Param::JSON.read_query("q", &query).unwrap(),
        Some(value.clone())
    );
    assert_eq!(
        Param::JSON.read_query::<i64>("absent", &query).unwrap(),
        None
    );

    let mut cookies = Pairs::new();
    Param::JSON.write_cookie("c", &value, &mut cookies).unwrap();
    let cookies = Pairs::parse_cookies(&cookies.to_cookies()).unwrap();
    assert_eq!(
        Param::JSON.read_cookie("c", &cookies).unwrap(),
        Some(value.clone())
    );

    let path = Param::JSON.write_path("p", &value).unwrap();
    assert_eq!(
        Param::JSON
            .read_path::<serde_json::Value>("p", &path)
            .unwrap(),
        value
    );

    let header = Param::JSON.write_header("h", &value).unwrap().unwrap();
    assert_eq!(header, r#"{"a":[1,"b c"],"d":null}"#);
    assert_eq!(
        Param::JSON
            .read_header::<serde_json::Value>("h", &header)
            .unwrap(),
        value
    );
}

#[test]
fn what_is_no_json_is_refused() {
    let error = Param::JSON.read_header::<i64>("h", "{").unwrap_err();
    assert!(error.to_string().contains("expected JSON"), "{error}");
    let error = Param::JSON.read_header::<i64>("h", "\"x\"").unwrap_err();
    assert!(error.to_string().contains("expected an integer"), "{error}");
}
