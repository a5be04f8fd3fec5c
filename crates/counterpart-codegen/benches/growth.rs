//! How the time grows with the document: everything but writing, of documents of 10, 100 and
//! 1,000 resources.
//!
//! `criterion` shows how many resources are done in a second. Where that number stays, a
//! document ten times as large takes ten times as long. The last lines say it as one ratio.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use counterpart_codegen::config::{self, Config};
use counterpart_codegen::diag::Diagnostics;
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::{emit, from_document, load};

// That of `cargo xtask`, whose time this is to tell.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A document of so many resources, each with five operations and six schemas: an object with
/// an enum and a union in it, a list, what makes one, an error.
fn document(resources: usize) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for index in 0..resources {
        let name = format!("Thing{}", letters(index));
        let _ = write!(
            paths,
            "  /{name}:
    get:
      operationId: list{name}
      parameters:
        - {{name: limit, in: query, schema: {{type: integer, minimum: 1, maximum: 100, default: 20}}}}
      responses: {{'200': {{description: All., content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}List'}}}}}}}}}}
    post:
      operationId: create{name}
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/New{name}'}}}}}}}}
      responses: &{name}
        '200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}
        default: {{description: No., content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}Error'}}}}}}}}
  /{name}/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get: {{operationId: get{name}, responses: *{name}}}
    patch:
      operationId: change{name}
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/New{name}'}}}}}}}}
      responses: *{name}
    delete: {{operationId: delete{name}, responses: {{'204': {{description: Gone.}}}}}}
"
        );
        let _ = write!(
            schemas,
            "    {name}:
      allOf: [{{$ref: '#/components/schemas/New{name}'}}]
      required: [id, created_at]
      properties:
        id: {{type: string, description: What it is called.}}
        created_at: {{type: integer}}
        status: {{type: string, enum: [new, used, broken]}}
        part: {{oneOf: [{{$ref: '#/components/schemas/{name}Wheel'}}, {{$ref: '#/components/schemas/{name}Lamp'}}]}}
    New{name}:
      type: object
      properties:
        name: {{type: string, maxLength: 256, nullable: true}}
        labels: {{type: object, additionalProperties: {{type: string}}}}
    {name}List: {{type: object, required: [data], properties: {{data: {{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}}}}}
    {name}Wheel: {{type: object, required: [type], properties: {{type: {{enum: [wheel]}}, size: {{type: number}}}}}}
    {name}Lamp: {{type: object, required: [type], properties: {{type: {{enum: [lamp]}}, watts: {{type: integer}}}}}}
    {name}Error: {{type: object, required: [message], properties: {{message: {{type: string}}}}}}
"
        );
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: Things, version: 1.0.0}}\npaths:\n{paths}components:\n  schemas:\n{schemas}"
    )
}

/// A number in letters, since digits at the end of names are told apart in their own way.
fn letters(mut number: usize) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
        if number == 0 {
            return text;
        }
    }
}

fn configuration() -> Config {
    let text = "[[api]]\nname = \"things\"\ndocument = \"things.yaml\"\noutput = \"out\"\nruntime = \"crates\"\n";
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    config::text(
        "counterpart.toml",
        text,
        Path::new(""),
        &emit::packages(),
        &mut sources,
        &mut diags,
    )
    .expect("the configuration is right")
}

fn generate(text: &str, config: &Config) -> usize {
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let document =
        load::document_from_texts("things.yaml", text, &[], &[], &mut sources, &mut diags);
    let output = from_document(document.expect("it is right"), &config.apis[0], &mut diags);
    output.expect("it is right").files.len()
}

fn growth(criterion: &mut Criterion) {
    let config = configuration();
    let mut group = criterion.benchmark_group("growth");
    group.sample_size(10);
    for resources in [10, 100, 1_000] {
        let text = document(resources);
        group.throughput(Throughput::Elements(resources as u64));
        group.bench_with_input(
            BenchmarkId::from_parameter(resources),
            &text,
            |bench, text| {
                bench.iter(|| generate(text, &config));
            },
        );
    }
    group.finish();
    let best = |resources: usize| {
        let text = document(resources);
        let times = (0..5).map(|_| {
            let start = Instant::now();
            generate(&text, &config);
            start.elapsed()
        });
        times.min().unwrap_or(Duration::ZERO)
    };
    let (small, large) = (best(100), best(1_000));
    println!(
        "ten times the document takes {:.1} times as long ({small:.0?}, {large:.0?})",
        large.as_secs_f64() / small.as_secs_f64()
    );
}

criterion_group!(benches, growth);
criterion_main!(benches);
