//! Reading and writing realistic payloads with the generated types, with derived ones, and as `serde_json::Value`.

use counterpart_bench::candidates::cases;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn values(criterion: &mut Criterion) {
    for case in cases() {
        let mut group = criterion.benchmark_group(&case.name);
        group.throughput(Throughput::Bytes(case.bytes as u64));
        group.bench_function("ours", |bench| bench.iter(&case.ours));
        group.bench_function("derived", |bench| bench.iter(&case.derived));
        group.bench_function("value", |bench| bench.iter(&case.value));
        group.finish();
    }
}

criterion_group!(benches, values);
criterion_main!(benches);
