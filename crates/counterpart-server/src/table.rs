//! All operations of a router, and the axum routes that lead to them.
//!
//! axum matches the *shape* of a template, where every segment that is not plain text is a parameter: both
//! `/files/{id}` and `/files/{name}.json` have the shape `/files/{id}`. A shape that has one template and only axum's
//! methods is a plain axum route per method. For any other shape, [`Crossing`] finds the template and the method.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::OriginalUri;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, any_service};
use http::header::ALLOW;
use http::{Extensions, HeaderValue, Method, StatusCode, Uri};
use tower::service_fn;

use crate::answer::{Site, respond};
use crate::context::Context;
use crate::operation::Operation;
use crate::rejection::Rejection;
use crate::reply::Reply;
use crate::request::Request;
use crate::segment::Segment;
use crate::template::Template;

type HttpRequest = http::Request<Body>;

/// The operations of one path.
struct Path {
    template: Template,
    operations: Vec<Arc<Operation>>,
}

/// The paths of one shape.
#[derive(Default)]
struct Shape {
    paths: Vec<Arc<Path>>,
}

/// Where the way to an operation is not clear from its shape.
struct Crossing {
    site: Arc<Site>,
    /// The paths of this shape, the most specific first.
    near: Vec<Arc<Path>>,
    /// Those of the whole router: axum does not turn back when no path of the shape fits.
    all: Arc<[Arc<Path>]>,
    /// Whether axum writes the header `Allow`, which then also lists what others have added to the route.
    axum_allows: bool,
}

/// The routes to all operations.
pub(crate) fn router(operations: Vec<Operation>, site: &Arc<Site>) -> Router {
    let shapes = shapes(operations);
    let mut all: Vec<_> = shapes
        .values()
        .flat_map(|shape| shape.paths.iter().cloned())
        .collect();
    all.sort_by_cached_key(|path| path.template.specificity());
    let all: Arc<[_]> = all.into();

    let mut router = Router::new();
    for shape in shapes.into_values() {
        let Some(first) = shape.paths.first() else {
            continue;
        };
        let path = axum_path(&first.template);
        router = router.route(&path, shape.into_route(site, &all));
    }
    router
}

/// Answers whatever no route takes.
pub(crate) async fn not_found(site: Arc<Site>, request: HttpRequest) -> Response {
    let rejection = Rejection::NotFound {
        method: request.method().clone(),
        path: asked_path(request.uri(), request.extensions()),
    };
    refuse(&site, request, rejection).await
}

/// The path as the client asked for it: a router that is nested sees only the end of it.
pub(crate) fn asked_path(uri: &Uri, extensions: &Extensions) -> String {
    let original = extensions.get::<OriginalUri>();
    let uri = original.map_or(uri, |OriginalUri(original)| original);
    uri.path().to_owned()
}

fn shapes(operations: Vec<Operation>) -> BTreeMap<String, Shape> {
    let mut shapes = BTreeMap::<String, Shape>::new();
    for operation in operations {
        shapes
            .entry(shape_of(&operation.template))
            .or_default()
            .add(operation);
    }
    shapes
}

/// The template with all that is not plain text left blank. No literal contains a brace.
fn shape_of(template: &Template) -> String {
    let segments = template.segments.iter().map(|segment| match segment {
        Segment::Literal(literal) => literal.as_str(),
        Segment::Parameter(_) | Segment::Mixed(_) => "{}",
    });
    segments.fold(String::new(), |shape, segment| shape + "/" + segment)
}

/// The shape with names, which axum's `MatchedPath` will show: the document's own where axum accepts them.
fn axum_path(template: &Template) -> String {
    let segments = template
        .segments
        .iter()
        .enumerate()
        .map(|(at, segment)| match segment {
            Segment::Literal(literal) => literal.clone(),
            Segment::Parameter(name) if is_identifier(name) => format!("{{{name}}}"),
            Segment::Parameter(_) | Segment::Mixed(_) => format!("{{segment-{at}}}"),
        });
    segments.fold(String::new(), |path, segment| path + "/" + &segment)
}

fn is_identifier(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Shape {
    fn add(&mut self, operation: Operation) {
        let operation = Arc::new(operation);
        let known = self
            .paths
            .iter_mut()
            .find(|path| path.template.equivalent(&operation.template));
        match known.and_then(Arc::get_mut) {
            Some(path) => path.operations.push(operation),
            None => self.paths.push(Arc::new(Path {
                template: operation.template.clone(),
                operations: vec![operation],
            })),
        }
    }

    fn into_route(mut self, site: &Arc<Site>, all: &Arc<[Arc<Path>]>) -> MethodRouter {
        self.paths
            .sort_by_cached_key(|path| path.template.specificity());
        let operations = self.plain_operations();
        let crossing = Arc::new(Crossing {
            site: site.clone(),
            near: self.paths,
            all: all.clone(),
            axum_allows: operations.is_some(),
        });
        let otherwise = service_fn(move |request| {
            let crossing = crossing.clone();
            async move { Ok::<_, Infallible>(crossing.pass(request).await) }
        });

        let Some(operations) = operations else {
            return any_service(otherwise);
        };
        let mut route = MethodRouter::new().fallback_service(otherwise.clone());
        if !operations
            .iter()
            .any(|(_, operation)| operation.method == Method::OPTIONS)
        {
            route = route.on_service(MethodFilter::OPTIONS, otherwise);
        }
        for (filter, operation) in operations {
            let site = site.clone();
            let service = service_fn(move |request| {
                let answered = run(site.clone(), &operation, request);
                async move { Ok::<_, Infallible>(answered.await) }
            });
            route = route.on_service(filter, service);
        }
        route
    }

    /// The operations with their axum methods, if axum can tell them apart by itself.
    fn plain_operations(&self) -> Option<Vec<(MethodFilter, Arc<Operation>)>> {
        let [path] = self.paths.as_slice() else {
            return None;
        };
        if !path.template.is_plain() {
            return None;
        }
        let with_filter = |operation: &Arc<Operation>| {
            let filter = MethodFilter::try_from(operation.method.clone()).ok()?;
            Some((filter, operation.clone()))
        };
        path.operations.iter().map(with_filter).collect()
    }
}

impl Path {
    /// A HEAD that the document does not list is a GET whose body axum drops.
    fn operation(&self, method: &Method) -> Option<&Arc<Operation>> {
        let exact = |method: &Method| {
            self.operations
                .iter()
                .find(|operation| operation.method == *method)
        };
        exact(method).or_else(|| exact(&Method::GET).filter(|_| method == Method::HEAD))
    }

    /// The methods, those included that nobody has to list.
    fn allow(&self) -> String {
        let mut methods = self
            .operations
            .iter()
            .map(|operation| operation.method.as_str())
            .collect::<Vec<_>>();
        if self.operation(&Method::HEAD).is_some() && !methods.contains(&"HEAD") {
            methods.push("HEAD");
        }
        if !methods.contains(&"OPTIONS") {
            methods.push("OPTIONS");
        }
        methods.join(",")
    }
}

impl Crossing {
    async fn pass(&self, request: HttpRequest) -> Response {
        let (method, path) = (request.method(), request.uri().path());
        let fitting = |paths: &[Arc<Path>]| {
            paths
                .iter()
                .find(|known| known.template.matches(path))
                .cloned()
        };
        let Some(found) = fitting(&self.near).or_else(|| fitting(&self.all)) else {
            return not_found(self.site.clone(), request).await;
        };
        if let Some(operation) = found.operation(method) {
            return run(self.site.clone(), operation, request).await;
        }
        if method == Method::OPTIONS {
            return options(&self.site, request, &found).await;
        }

        let rejection = Rejection::MethodNotAllowed {
            method: method.clone(),
            path: asked_path(request.uri(), request.extensions()),
        };
        let mut response = refuse(&self.site, request, rejection).await;
        if !self.axum_allows
            && let Ok(allow) = HeaderValue::try_from(found.allow())
        {
            response.headers_mut().entry(ALLOW).or_insert(allow);
        }
        response
    }
}

/// Takes the request apart at once, so that the future, which is moved about, holds no more than it needs.
fn run(
    site: Arc<Site>,
    operation: &Arc<Operation>,
    request: HttpRequest,
) -> impl Future<Output = Response> + use<> {
    let (parts, body) = request.into_parts();
    let cx = Context::new(operation.id, parts);
    let request = Request::new(cx.clone(), operation.clone(), body);
    let outcome = operation.endpoint.call(request);
    async move { respond(&site, &cx, outcome).await }
}

/// Which methods a path has, for whoever asks: no part of the API, and nothing that needs a credential.
async fn options(site: &Arc<Site>, request: HttpRequest, path: &Path) -> Response {
    let (parts, _) = request.into_parts();
    let cx = Context::new("", parts);
    let reply = Reply::empty(StatusCode::NO_CONTENT);
    let reply = reply.header(ALLOW.as_str(), path.allow());
    respond(site, &cx, ready(Ok(reply))).await
}

async fn refuse(site: &Arc<Site>, request: HttpRequest, rejection: Rejection) -> Response {
    let (parts, _) = request.into_parts();
    let cx = Context::new("", parts);
    respond(site, &cx, ready(Err(rejection.into()))).await
}
