//! How deep a value of a schema is at least, which is how values of types that contain themselves come to an end.

use counterpart_codegen::api::{Api, Kind, SchemaId, Use};

/// The heights of all schemas of a document.
pub(crate) struct Heights(Vec<usize>);

impl Heights {
    /// No value is higher than there are schemas, unless it has no end.
    pub(crate) fn of(api: &Api) -> Self {
        let mut heights = Self(vec![usize::MAX; api.schemas.len()]);
        loop {
            let next: Vec<usize> = api
                .schemas
                .iter()
                .map(|schema| heights.of_kind(&schema.kind))
                .collect();
            if next == heights.0 {
                return heights;
            }
            heights.0 = next;
        }
    }

    /// The height of the lowest value there.
    pub(crate) fn at(&self, ty: Use) -> usize {
        if ty.nullable {
            0
        } else {
            self.schema(ty.schema)
        }
    }

    fn schema(&self, id: SchemaId) -> usize {
        self.0[id.index()]
    }

    fn of_kind(&self, kind: &Kind) -> usize {
        match kind {
            Kind::Object(object) => {
                let required = object.fields.iter().filter(|field| field.required);
                let highest = required.map(|field| self.at(field.ty)).max();
                highest.map_or(0, |height| height.saturating_add(1))
            }
            Kind::Union(union) => {
                let variants = union.variants.iter();
                let lowest = variants.map(|variant| self.at(variant.ty)).min();
                lowest.unwrap_or(0).saturating_add(1)
            }
            Kind::Any
            | Kind::Null
            | Kind::Boolean
            | Kind::Integer { .. }
            | Kind::Number
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Constant(_)
            | Kind::Array(_)
            | Kind::Map(_) => 0,
        }
    }
}
