//! JSON objects as literals, for properties that hold any object: the schema of a function's parameters.

/// A JSON object, written as in JSON but for the outermost braces.
///
/// Where `serde_json::json!` gives a value of any kind, this gives what can be nothing but an object.
///
/// ```
/// use counterpart_wire::json_map;
///
/// let city = "Bergen";
/// let map = json_map! {"city": city, "days": [1, 2]};
/// assert_eq!(map["city"], "Bergen");
/// assert_eq!(map.len(), 2);
/// ```
#[macro_export]
macro_rules! json_map {
    ($($json:tt)*) => {
        match $crate::serde_json::json!({ $($json)* }) {
            $crate::Value::Object(map) => map,
            _ => unreachable!("bug: what is in braces is an object"),
        }
    };
}
