//! How long each stage takes on `spec/assistants.yaml` with its overlay, each on what the one
//! before made, and all of them together.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};

use counterpart_codegen::config::{self, Config};
use counterpart_codegen::diag::Diagnostics;
use counterpart_codegen::load::file::Input;
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::{emit, generate, load, lower, name, plan, print};

/// The configuration of the repository.
fn configuration() -> Config {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/counterpart.toml");
    config::load(
        &path,
        &emit::packages(),
        &mut Sources::default(),
        &mut Diagnostics::default(),
    )
    .expect("the configuration is right")
}

fn stages(criterion: &mut Criterion) {
    let config = configuration();
    let api = &config.apis[0];
    let diags = &mut Diagnostics::default();
    let load = |diags: &mut Diagnostics| {
        let overlays: &[Input] = &api.overlays;
        let sources = &mut Sources::default();
        load::document(&api.document, overlays, &api.root, sources, diags)
            .expect("the document is right")
    };

    let document = load(diags);
    let lowered = lower::api(&document, diags);
    let qualifier = name::pascal(&api.name);
    let names = name::names(&lowered, &qualifier, diags);
    let planned = plan::plan(&lowered, &names, api, diags);
    let emitted = || -> Vec<_> {
        let drafts = emit::wanted(&planned).flat_map(|emitter| (emitter.emit)(&planned));
        drafts.collect()
    };
    assert!(!diags.has_errors(), "the document is right");

    let mut group = criterion.benchmark_group("assistants");
    group.bench_function("1 load", |bench| {
        bench.iter(|| load(&mut Diagnostics::default()))
    });
    group.bench_function("2 lower", |bench| {
        bench.iter(|| lower::api(black_box(&document), &mut Diagnostics::default()));
    });
    group.bench_function("3 name", |bench| {
        bench.iter(|| name::names(black_box(&lowered), &qualifier, &mut Diagnostics::default()));
    });
    group.bench_function("4 plan", |bench| {
        bench.iter(|| {
            plan::plan(
                black_box(&lowered),
                &names,
                api,
                &mut Diagnostics::default(),
            )
        });
    });
    group.bench_function("5 emit", |bench| {
        bench.iter(|| {
            for draft in emitted() {
                match draft.content {
                    emit::Content::Rust(make) => drop(black_box(make())),
                    emit::Content::Text(make) => drop(black_box(make())),
                }
            }
        });
    });
    group.bench_function("5 emit, 6 print", |bench| {
        bench.iter(|| {
            for draft in emitted() {
                drop(black_box(print::file(draft, &planned.source)));
            }
        });
    });
    group.bench_function("everything", |bench| {
        bench.iter(|| {
            generate(api, &mut Sources::default(), &mut Diagnostics::default())
                .expect("the document is right")
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
