//! Parameters in every place and style.

use std::sync::{Arc, Mutex};

use counterpart_goldens::parameter_styles::{self as styles, server::GetMap};
use counterpart_goldens::parameters_content::{self as content, server::Search};
use counterpart_server::{ApiError, Context};

use crate::client;

#[derive(Clone)]
struct Seen<T>(Arc<Mutex<Option<T>>>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl content::server::DemoApi for Seen<Search> {
    async fn search(
        &self,
        _: Context,
        request: Search,
    ) -> Result<content::server::SearchReply, ApiError> {
        *self.0.lock().unwrap() = Some(request);
        Ok(content::server::SearchReply::NoContent)
    }
}

#[tokio::test]
async fn json_and_cookies_arrive() {
    use content::types::{Area, SearchTheme};
    let seen = Seen::default();
    let client = client!(parameters_content, seen.clone());
    let area = Area::new(-1).south(2);

    client
        .search(area.clone(), "http://a/b?c=d&e#f", "s=1; x")
        .filter(area.clone())
        .x_area(area.clone())
        .flags([1, 2])
        .theme(SearchTheme::Light)
        .await
        .unwrap();

    let request = seen.0.lock().unwrap().take().unwrap();
    assert_eq!(request.area, area);
    assert_eq!(request.filter, Some(area.clone()));
    assert_eq!(request.x_area, Some(area));
    assert_eq!(request.url, "http://a/b?c=d&e#f");
    assert_eq!(request.session, "s=1; x");
    assert_eq!(request.flags, Some(vec![1, 2]));
    assert_eq!(request.theme, Some(SearchTheme::Light));
}

impl styles::server::DemoApi for Seen<GetMap> {
    async fn get_map(
        &self,
        _: Context,
        request: GetMap,
    ) -> Result<styles::server::GetMapReply, ApiError> {
        *self.0.lock().unwrap() = Some(request);
        Ok(styles::server::GetMapReply::NoContent)
    }
}

#[tokio::test]
async fn every_style_arrives() {
    let seen = Seen::default();
    let client = client!(parameter_styles, seen.clone());
    let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let filter = styles::types::Filter::new().size(3).colour("r,g");

    client
        .get_map("a.b", list("1 2"), list("x/y z"), list("7 8"))
        .tags(list("a b"))
        .words(list("c d"))
        .filter(filter.clone())
        .x_filter(styles::types::Filter::new().size(4))
        .await
        .unwrap();

    let request = seen.0.lock().unwrap().take().unwrap();
    assert_eq!(request.area, "a.b");
    assert_eq!(request.points, list("1 2"));
    assert_eq!(request.layers, list("x/y z"));
    assert_eq!(request.ids, list("7 8"));
    assert_eq!(request.tags, Some(list("a b")));
    assert_eq!(request.words, Some(list("c d")));
    assert_eq!(request.filter, Some(filter));
    assert_eq!(request.x_filter, Some(styles::types::Filter::new().size(4)));
}
