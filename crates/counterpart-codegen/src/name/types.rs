//! Names of types: named schemas by their own name, everything inside them by where it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::api::{Additional, Api, Dispatch, Kind, Origin, SchemaId, StringFormat, Use, Webhook};
use crate::diag::Diagnostics;

use super::settle::{Wanted, settled};
use super::symbols::begins_well;
use super::{Names, casing, reserved, same};

/// Names every schema that becomes a type.
///
/// Who else there is must not rename a type: of two that would have one name, the same one
/// gives way, in whatever order they are met. So when the wrong one was first, all begins
/// anew with what is known by then.
pub(super) fn types(api: &Api, qualifier: &str, diags: &mut Diagnostics) -> Names {
    let live = api.live();
    let mut aside = BTreeSet::new();
    loop {
        let known = aside.len();
        let mut said = Diagnostics::default();
        let names = walked(api, qualifier, &live, &mut aside, &mut said);
        if aside.len() == known {
            diags.append(said);
            return names;
        }
    }
}

fn walked(
    api: &Api,
    qualifier: &str,
    live: &BTreeSet<SchemaId>,
    aside: &mut BTreeSet<SchemaId>,
    diags: &mut Diagnostics,
) -> Names {
    let mut walk = Walk {
        api,
        diags,
        qualifier,
        names: Names::default(),
        ideal: BTreeMap::new(),
        taken: HashMap::new(),
        overridden: HashMap::new(),
        live,
        aside,
        properties: properties(api),
    };
    walk.components();
    for ty in api.components.values() {
        if walk.live.contains(&ty.schema) {
            walk.inside(*ty);
        }
    }
    for operation in &api.operations {
        for parameter in &operation.parameters {
            match parameter.required {
                true => walk.visit_value(parameter.ty),
                false => walk.visit(parameter.ty),
            }
        }
        for ty in operation.values().filter_map(|content| content.ty) {
            walk.visit(ty);
        }
        for header in operation.reply_headers() {
            walk.visit(header.ty);
        }
    }
    for ty in api.webhooks.iter().flat_map(Webhook::payloads) {
        walk.visit(ty);
    }
    walk.unique_modules();
    walk.names
}

/// How long the name of a file may be, its ending aside. Common file systems allow 255 bytes.
const LONGEST_FILE: usize = 250;

struct Walk<'a> {
    api: &'a Api,
    diags: &'a mut Diagnostics,
    qualifier: &'a str,
    names: Names,
    /// What each schema would be called if it were a type: lists and maps hand it down.
    ideal: BTreeMap<SchemaId, String>,
    taken: HashMap<String, SchemaId>,
    overridden: HashMap<String, SchemaId>,
    /// The schemas that anything needs.
    live: &'a BTreeSet<SchemaId>,
    /// The schemas that give way to another of the same name.
    aside: &'a mut BTreeSet<SchemaId>,
    /// The words for properties that would otherwise have the word of another.
    properties: HashMap<(SchemaId, &'a str), String>,
}

impl Walk<'_> {
    /// The named schemas come first, so that nothing inside one takes another's name.
    fn components(&mut self) {
        let ids: Vec<SchemaId> = self
            .api
            .components
            .values()
            .map(|ty| ty.schema)
            .filter(|id| matches!(self.api.schema(*id).origin, Origin::Component(_)))
            .filter(|id| self.live.contains(id))
            // Several names may stand for one schema; it is called by its own.
            .collect::<BTreeSet<SchemaId>>()
            .into_iter()
            .collect();
        let wanted: Vec<Wanted> = ids.iter().map(|id| self.wanted_component(*id)).collect();
        let (mut names, collisions) = settled(&wanted, join, |_, text| {
            self.qualified(casing::pascal(text))
        });
        self.step_aside(&ids, &mut names);
        for collision in collisions {
            let name = &wanted[collision[0]].ident;
            self.collide(ids[collision[1]], ids[collision[0]], name);
        }
        for (id, name) in ids.into_iter().zip(names) {
            self.ideal.insert(id, name.clone());
            self.taken.insert(name.clone(), id);
            if let Some(name) = self.override_of(id) {
                self.overridden.insert(name, id);
            }
        }
    }

    /// Gives another name to the components whose own is what something inside another schema
    /// is called by where it is: that was there before somebody added the component.
    fn step_aside(&self, ids: &[SchemaId], names: &mut [String]) {
        for (index, id) in ids.iter().enumerate() {
            let longer = format!("{}Schema", names[index]);
            if self.aside.contains(id) && !names.contains(&longer) {
                names[index] = longer;
            }
        }
    }

    fn wanted_component(&self, id: SchemaId) -> Wanted {
        let Origin::Component(text) = &self.api.schema(id).origin else {
            unreachable!("bug: only components are asked for");
        };
        match self.override_of(id) {
            Some(ident) => Wanted {
                text: text.clone(),
                ident,
                fixed: true,
            },
            None => Wanted {
                text: text.clone(),
                ident: self.qualified(casing::pascal(text)),
                fixed: false,
            },
        }
    }

    /// `x-rust-name`, where it names a type.
    fn override_of(&self, id: SchemaId) -> Option<String> {
        let name = self.api.schema(id).rust_name.as_ref()?;
        name.starts_with(char::is_uppercase).then(|| name.clone())
    }

    /// A name that is neither the prelude's nor begins with a digit.
    fn qualified(&self, name: String) -> String {
        match !begins_well(&name) || reserved::is_prelude(&name) {
            true => format!("{}{name}", self.qualifier),
            false => name,
        }
    }

    /// Names a schema and what is inside it.
    fn visit(&mut self, ty: Use) {
        let id = ty.schema;
        if self.names.by_schema.contains_key(&id) || self.names.same_as.contains_key(&id) {
            return;
        }
        if matches!(self.api.schema(id).origin, Origin::Component(_)) {
            // Named already, and visited in its own turn.
            return;
        }
        let ideal = self.ideal_of(id);
        if is_type(&self.api.schema(id).kind) {
            if self.is_known_override(id) || self.is_twin(id, &ideal) {
                return;
            }
            let name = self.free(id, ideal.clone());
            self.taken.insert(name.clone(), id);
            self.ideal.insert(id, name);
        } else {
            if self.ideal.contains_key(&id) {
                return;
            }
            self.ideal.insert(id, ideal);
        }
        self.inside(ty);
    }

    /// Names a schema unless it is a constant, which needs no type where it leaves no
    /// choice.
    fn visit_value(&mut self, ty: Use) {
        if !matches!(self.api.schema(ty.schema).kind, Kind::Constant(_)) {
            self.visit(ty);
        }
    }

    /// Whether another schema has the same `x-rust-name` and is the same type.
    fn is_known_override(&mut self, id: SchemaId) -> bool {
        let Some(name) = self.override_of(id) else {
            return false;
        };
        let Some(first) = self.overridden.get(&name).copied() else {
            self.overridden.insert(name, id);
            return false;
        };
        if same::same(self.api, first, id) {
            self.names.same_as.insert(id, first);
            return true;
        }
        let place = self.api.schema(id).place.clone();
        let other = self.api.schema(first).place.clone();
        self.diags
            .error(place, format!("two different schemas are called `{name}`"))
            .related(other, "the other one")
            .help("give one of them another `x-rust-name`, or make them equal");
        self.names.same_as.insert(id, first);
        true
    }

    /// Whether something else that is written inside another schema has this name already
    /// and is the same type: the errors of one operation often are.
    fn is_twin(&mut self, id: SchemaId, name: &str) -> bool {
        let Some(first) = self.taken.get(name).copied() else {
            return false;
        };
        let is_inline = !matches!(self.api.schema(first).origin, Origin::Component(_));
        let twin = is_inline && same::same(self.api, first, id);
        if twin {
            self.names.same_as.insert(id, first);
        }
        twin
    }

    /// Names what is inside a schema, and lists it among the types if it is one.
    fn inside(&mut self, ty: Use) {
        let id = ty.schema;
        if !self.ideal.contains_key(&id) {
            let ideal = self.ideal_of(id);
            self.ideal.insert(id, ideal);
        }
        let api = self.api;
        let kind = &api.schema(id).kind;
        let named = matches!(api.schema(id).origin, Origin::Component(_));
        if named || is_type(kind) {
            if self.names.by_schema.contains_key(&id) {
                return;
            }
            let name = self.ideal[&id].clone();
            self.names.types.push((id, name.clone()));
            self.names.by_schema.insert(id, name);
        }
        match kind {
            Kind::Array(inner) | Kind::Map(inner) => self.visit(*inner),
            Kind::Object(object) => {
                for field in &object.fields {
                    if api.constant(field).is_none() {
                        self.visit(field.ty);
                    }
                }
                if let Additional::Typed(values) = object.additional {
                    self.visit(values);
                }
            }
            Kind::Union(union) => match api.events.get(&id) {
                Some(events) => {
                    let payloads = events.variants.iter().map(|event| event.payload);
                    payloads.for_each(|payload| self.visit_value(payload));
                }
                None => {
                    let variants = union.variants.iter().map(|variant| variant.ty);
                    variants.for_each(|variant| self.visit_value(variant));
                }
            },
            Kind::Any
            | Kind::Null
            | Kind::Boolean
            | Kind::Integer { .. }
            | Kind::Number
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Constant(_) => {}
        }
    }

    /// What a schema is called by where it is.
    fn ideal_of(&self, id: SchemaId) -> String {
        if let Some(name) = self.override_of(id) {
            return name;
        }
        let parent = |parent: SchemaId| {
            let known = self.ideal.get(&self.names.canonical(parent));
            known.cloned().unwrap_or_else(|| self.ideal_of(parent))
        };
        let name = match &self.api.schema(id).origin {
            Origin::Component(name) => casing::pascal(name),
            Origin::Property(object, name) => {
                let told = self.properties.get(&(*object, name.as_str()));
                let word = told.cloned().unwrap_or_else(|| casing::pascal(name));
                format!("{}{word}", parent(*object))
            }
            Origin::Items(list) => {
                let list = parent(*list);
                casing::singular(&list).unwrap_or_else(|| format!("{list}Item"))
            }
            Origin::Values(map) => {
                let map = parent(*map);
                casing::singular(&map).unwrap_or_else(|| format!("{map}Value"))
            }
            Origin::Variant(union, index) => {
                let name = parent(*union);
                format!("{name}{}", self.variant_word(*union, *index, id))
            }
            Origin::Operation(operation, part) => {
                format!("{}{}", casing::pascal(operation), casing::pascal(part))
            }
            Origin::Pointer(pointer) => pointer_name(pointer),
        };
        self.qualified(name)
    }

    /// What tells a variant apart, in a word: its tag, its title, its JSON type.
    fn variant_word(&self, union: SchemaId, index: usize, id: SchemaId) -> String {
        let schema = self.api.schema(id);
        if let Kind::Union(union) = &self.api.schema(union).kind {
            let variant = union
                .variants
                .iter()
                .find(|variant| variant.ty.schema == id);
            if let Some(variant) = variant {
                if let Some(name) = &variant.rust_name {
                    return name.clone();
                }
                let tagged = matches!(&union.dispatch, Dispatch::Tag(_) | Dispatch::Type { .. });
                if let Some(tag) = variant.tags.first().filter(|_| tagged) {
                    return casing::pascal(tag);
                }
            }
        }
        match &schema.title {
            Some(title) => casing::pascal(title),
            None => {
                let word = kind_word(&schema.kind);
                match self.own_property(union, id) {
                    _ if !matches!(schema.kind, Kind::Object(_)) => word.to_owned(),
                    Some(property) => casing::pascal(property),
                    None => format!("{word}{}", letter(index)),
                }
            }
        }
    }

    /// The property that an object among several has and the others have not, better one
    /// that it must have.
    fn own_property(&self, union: SchemaId, id: SchemaId) -> Option<&str> {
        let fields = |id: SchemaId| match &self.api.schema(id).kind {
            Kind::Object(object) => &object.fields[..],
            _ => &[],
        };
        let variants = match &self.api.schema(union).kind {
            Kind::Union(union) => &union.variants[..],
            _ => &[],
        };
        let others = variants.iter().filter(|variant| variant.ty.schema != id);
        let theirs: BTreeSet<&str> = others
            .flat_map(|variant| fields(variant.ty.schema))
            .map(|field| field.name.as_str())
            .collect();
        let own = fields(id)
            .iter()
            .filter(|field| !theirs.contains(field.name.as_str()));
        let required = own.clone().find(|field| field.required);
        let found = required.or_else(|| own.clone().next());
        found.map(|field| field.name.as_str())
    }

    /// A name that is still free: the wanted one, or that with the kind of type it is.
    fn free(&mut self, id: SchemaId, name: String) -> String {
        let kind = kind_word(&self.api.schema(id).kind);
        let longer = format!("{name}{kind}");
        let gives_way = self.aside.contains(&id) && !self.taken.contains_key(&longer);
        let Some(other) = self.taken.get(&name).copied() else {
            return if gives_way { longer } else { name };
        };
        if self.is_first(id, other) {
            self.aside.insert(other);
        }
        let holder = self.taken.get(&longer).copied();
        if let Some(holder) = holder.filter(|holder| self.is_first(id, *holder)) {
            self.aside.insert(holder);
            return longer;
        }
        if self.override_of(id).is_none() && holder.is_none() {
            return longer;
        }
        let other = self.taken[&name];
        self.collide(id, other, &name);
        longer
    }

    /// Whether of two schemas of one name it is this one that keeps it: what is inside another
    /// schema before a component, and then what has the shorter pointer. A name that a person
    /// chose is always kept.
    fn is_first(&self, id: SchemaId, other: SchemaId) -> bool {
        let rank = |id: SchemaId| {
            let schema = self.api.schema(id);
            let named = matches!(schema.origin, Origin::Component(_));
            let pointer = &schema.place.pointer;
            let chosen = self.override_of(id).is_some();
            (!chosen, named, pointer.len(), pointer.clone())
        };
        rank(id) < rank(other)
    }

    /// Reports types that would be in one file. Names that follow from the casing differ
    /// there as well; names that a person chose may not.
    fn unique_modules(&mut self) {
        let mut first = BTreeMap::new();
        for (id, name) in self.names.types.clone() {
            let module = reserved::module(&name);
            if module.len() > LONGEST_FILE {
                let length = module.len();
                self.diags
                    .error(
                        self.api.schema(id).place.clone(),
                        format!("a name of {length} characters is too long for a file"),
                    )
                    .help("give the schema a shorter name, or an `x-rust-name`");
                continue;
            }
            let (other, taken) = first.entry(module.clone()).or_insert((id, name.clone()));
            // Types of one name are reported already.
            if *other == id || *taken == name {
                continue;
            }
            let place = self.api.schema(*other).place.clone();
            self.diags
                .error(
                    self.api.schema(id).place.clone(),
                    format!("`{name}` and `{taken}` would both be in the file `{module}.rs`"),
                )
                .related(place, "the other one")
                .help("give one of them another `x-rust-name`");
        }
    }

    fn collide(&mut self, id: SchemaId, other: SchemaId, name: &str) {
        let schema = self.api.schema(id);
        let other = self.api.schema(other).place.clone();
        let help = format!(
            "in an overlay, add an action with the target `{}` and `update: {{x-rust-name: …}}`",
            json_path(&schema.place.pointer)
        );
        self.diags
            .error(
                schema.place.clone(),
                format!("two schemas would both be the type `{name}`"),
            )
            .related(other, "the other one")
            .help(help);
    }
}

/// The words for properties of one object that casing makes the same.
fn properties(api: &Api) -> HashMap<(SchemaId, &str), String> {
    let mut told = HashMap::new();
    for (index, schema) in api.schemas.iter().enumerate() {
        let Kind::Object(object) = &schema.kind else {
            continue;
        };
        let id = SchemaId(u32::try_from(index).expect("bug: over 2^32 schemas"));
        // Casing is dear; what it makes the same has the same letters.
        let mut alike: HashMap<String, Vec<&str>> = HashMap::new();
        for field in &object.fields {
            let letters = field.name.chars().filter(|letter| letter.is_alphanumeric());
            let letters = letters.flat_map(char::to_lowercase).collect();
            alike.entry(letters).or_default().push(&field.name);
        }
        for names in alike.into_values().filter(|names| names.len() > 1) {
            let wanted: Vec<Wanted> = names.iter().map(|name| wanted_property(name)).collect();
            let (words, _) = settled(&wanted, join, |_, text| casing::pascal(text));
            told.extend(names.iter().map(|name| (id, *name)).zip(words));
        }
    }
    told
}

fn wanted_property(name: &str) -> Wanted {
    Wanted {
        text: name.to_owned(),
        ident: casing::pascal(name),
        fixed: false,
    }
}

fn join(name: &str, style: &str) -> String {
    format!("{name}{}", casing::pascal(style))
}

/// Whether a schema becomes a Rust type of its own.
pub(crate) fn is_type(kind: &Kind) -> bool {
    match kind {
        Kind::Enum(_) | Kind::Object(_) | Kind::Union(_) => true,
        Kind::Constant(value) => value.is_string(),
        Kind::Any
        | Kind::Null
        | Kind::Boolean
        | Kind::Integer { .. }
        | Kind::Number
        | Kind::String(_)
        | Kind::Array(_)
        | Kind::Map(_) => false,
    }
}

/// The kind of a schema in a word.
pub(super) fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any => "Value",
        Kind::Null => "Null",
        Kind::Boolean => "Boolean",
        Kind::Integer { .. } => "Integer",
        Kind::Number => "Number",
        Kind::String(format) => match format {
            StringFormat::DateTime => "DateTime",
            StringFormat::Date => "Date",
            StringFormat::Uuid => "Uuid",
            StringFormat::Uri => "Url",
            StringFormat::Plain | StringFormat::Byte | StringFormat::Binary => "Text",
        },
        Kind::Enum(_) | Kind::Constant(_) => "Name",
        Kind::Array(_) => "List",
        Kind::Map(_) => "Map",
        Kind::Object(_) => "Object",
        Kind::Union(_) => "Choice",
    }
}

/// `A`, `B`, … `Z`, `Aa`, … for alternatives that nothing else tells apart.
fn letter(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).expect("bug: below 26"));
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{}", letter(more - 1), last.to_ascii_lowercase()),
    }
}

/// `/components/schemas/Run/properties/usage` is `RunUsage`.
///
/// What is defined inside an operation is called by its own name, not by the way to it.
fn pointer_name(pointer: &str) -> String {
    let pointer = match pointer.rsplit_once("/$defs/") {
        Some((outer, name)) if !outer.starts_with("/components/") => format!("/{name}"),
        _ => pointer.to_owned(),
    };
    let steps = pointer.split('/').skip(1);
    let structural = [
        "components",
        "schemas",
        "properties",
        "items",
        "paths",
        "content",
        "schema",
        "$defs",
        "definitions",
    ];
    let words: Vec<String> = steps
        .filter(|step| !structural.contains(step))
        .map(|step| casing::pascal(&step.replace("~1", "/").replace("~0", "~")))
        .collect();
    words.concat()
}

/// A JSON pointer as the JSONPath that an overlay's target is.
pub(super) fn json_path(pointer: &str) -> String {
    let steps = pointer.trim_start_matches('#').split('/').skip(1);
    let steps = steps.map(|step| step.replace("~1", "/").replace("~0", "~"));
    let steps = steps.map(|step| match step.parse::<usize>() {
        Ok(index) => format!("[{index}]"),
        Err(_) if reserved::is_identifier(&step) => format!(".{step}"),
        Err(_) => format!("['{}']", step.replace('\'', "\\'")),
    });
    format!("${}", steps.collect::<String>())
}
