//! The objects of OpenAPI 3.0 to 3.2 and their keys.

/// An object of OpenAPI.
pub(super) struct Object {
    /// What it is, with an article.
    pub name: &'static str,
    /// Its keys, and what stands under each.
    pub fields: &'static [(&'static str, Shape)],
    /// Keys that it had in Swagger 2.0, and what to do about each.
    pub foreign: &'static [(&'static str, &'static str)],
}

/// What stands under a key.
pub(super) enum Shape {
    /// Nothing that is looked into.
    Leaf,
    /// An object.
    One(&'static Object),
    /// A list of them.
    List(&'static Object),
    /// Objects by names that the document chooses.
    Map(&'static Object),
}

use Shape::{Leaf, List, Map, One};

pub(super) static DOCUMENT: Object = Object {
    name: "a document",
    fields: &[
        ("openapi", Leaf),
        ("swagger", Leaf),
        ("$self", Leaf),
        ("info", One(&INFO)),
        ("jsonSchemaDialect", Leaf),
        ("servers", List(&SERVER)),
        ("paths", Map(&PATH_ITEM)),
        ("webhooks", Map(&PATH_ITEM)),
        ("components", One(&COMPONENTS)),
        ("security", Leaf),
        ("tags", List(&TAG)),
        ("externalDocs", Leaf),
    ],
    foreign: &[
        ("definitions", "move the schemas to `components: schemas:`"),
        ("parameters", "move them to `components: parameters:`"),
        ("responses", "move them to `components: responses:`"),
        (
            "securityDefinitions",
            "move them to `components: securitySchemes:`",
        ),
        ("host", "write `servers: [{url: …}]`"),
        ("basePath", "write `servers: [{url: …}]`"),
        ("schemes", "write `servers: [{url: …}]`"),
        ("consumes", CONSUMES),
        ("produces", PRODUCES),
    ],
};

const CONSUMES: &str = "name the media type in `requestBody: content:`";
const PRODUCES: &str = "name the media type in the `content:` of each response";

static INFO: Object = Object {
    name: "`info`",
    fields: &[
        ("title", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("termsOfService", Leaf),
        ("contact", Leaf),
        ("license", Leaf),
        ("version", Leaf),
    ],
    foreign: &[],
};

static SERVER: Object = Object {
    name: "a server",
    fields: &[
        ("url", Leaf),
        ("name", Leaf),
        ("description", Leaf),
        ("variables", Leaf),
    ],
    foreign: &[],
};

static TAG: Object = Object {
    name: "a tag",
    fields: &[
        ("name", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("externalDocs", Leaf),
        ("parent", Leaf),
        ("kind", Leaf),
    ],
    foreign: &[],
};

static COMPONENTS: Object = Object {
    name: "`components`",
    fields: &[
        ("schemas", Map(&SCHEMA)),
        ("responses", Map(&RESPONSE)),
        ("parameters", Map(&PARAMETER)),
        ("examples", Leaf),
        ("requestBodies", Map(&REQUEST_BODY)),
        ("headers", Map(&HEADER)),
        ("securitySchemes", Map(&SECURITY_SCHEME)),
        ("links", Leaf),
        ("callbacks", Leaf),
        ("pathItems", Map(&PATH_ITEM)),
        ("mediaTypes", Map(&MEDIA_TYPE)),
    ],
    foreign: &[
        ("definitions", "call it `schemas`"),
        ("securityDefinitions", "call it `securitySchemes`"),
    ],
};

pub(super) static PATH_ITEM: Object = Object {
    name: "a path",
    fields: &[
        ("$ref", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("servers", List(&SERVER)),
        ("parameters", List(&PARAMETER)),
        ("get", One(&OPERATION)),
        ("put", One(&OPERATION)),
        ("post", One(&OPERATION)),
        ("delete", One(&OPERATION)),
        ("options", One(&OPERATION)),
        ("head", One(&OPERATION)),
        ("patch", One(&OPERATION)),
        ("trace", One(&OPERATION)),
        ("query", One(&OPERATION)),
        ("additionalOperations", Map(&OPERATION)),
    ],
    foreign: &[],
};

static OPERATION: Object = Object {
    name: "an operation",
    fields: &[
        ("tags", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("externalDocs", Leaf),
        ("operationId", Leaf),
        ("parameters", List(&PARAMETER)),
        ("requestBody", One(&REQUEST_BODY)),
        ("responses", Map(&RESPONSE)),
        ("callbacks", Leaf),
        ("deprecated", Leaf),
        ("security", Leaf),
        ("servers", List(&SERVER)),
    ],
    foreign: &[
        ("consumes", CONSUMES),
        ("produces", PRODUCES),
        ("schemes", "write `servers: [{url: …}]`"),
    ],
};

static PARAMETER: Object = Object {
    name: "a parameter",
    fields: &[
        ("$ref", Leaf),
        ("name", Leaf),
        ("in", Leaf),
        ("description", Leaf),
        ("required", Leaf),
        ("deprecated", Leaf),
        ("allowEmptyValue", Leaf),
        ("style", Leaf),
        ("explode", Leaf),
        ("allowReserved", Leaf),
        ("schema", One(&SCHEMA)),
        ("example", Leaf),
        ("examples", Leaf),
        ("content", Map(&MEDIA_TYPE)),
    ],
    foreign: &[("collectionFormat", "write `style` and `explode`")],
};

static HEADER: Object = Object {
    name: "a header",
    fields: PARAMETER.fields,
    foreign: &[],
};

static REQUEST_BODY: Object = Object {
    name: "a request body",
    fields: &[
        ("$ref", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("content", Map(&MEDIA_TYPE)),
        ("required", Leaf),
    ],
    foreign: &[("schema", IN_CONTENT)],
};

const IN_CONTENT: &str = "write `content: {application/json: {schema: …}}`";

static MEDIA_TYPE: Object = Object {
    name: "a media type",
    fields: &[
        ("$ref", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("schema", One(&SCHEMA)),
        ("itemSchema", One(&SCHEMA)),
        ("example", Leaf),
        ("examples", Leaf),
        ("encoding", Leaf),
        ("prefixEncoding", Leaf),
        ("itemEncoding", Leaf),
    ],
    foreign: &[],
};

static RESPONSE: Object = Object {
    name: "a response",
    fields: &[
        ("$ref", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("headers", Map(&HEADER)),
        ("content", Map(&MEDIA_TYPE)),
        ("links", Leaf),
    ],
    foreign: &[
        ("schema", IN_CONTENT),
        ("type", IN_CONTENT),
        ("examples", "put it into the media type below `content`"),
    ],
};

static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    fields: &[
        ("$ref", Leaf),
        ("type", Leaf),
        ("description", Leaf),
        ("name", Leaf),
        ("in", Leaf),
        ("scheme", Leaf),
        ("bearerFormat", Leaf),
        ("flows", Leaf),
        ("openIdConnectUrl", Leaf),
        ("oauth2MetadataUrl", Leaf),
        ("deprecated", Leaf),
    ],
    foreign: &[("flow", "write `flows`, with the flow as its key")],
};

static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    fields: &[
        ("propertyName", Leaf),
        ("mapping", Leaf),
        ("defaultMapping", Leaf),
    ],
    foreign: &[],
};

pub(super) static SCHEMA: Object = Object {
    name: "a schema",
    fields: &[
        ("$ref", Leaf),
        ("$id", Leaf),
        ("$schema", Leaf),
        ("$anchor", Leaf),
        ("$dynamicRef", Leaf),
        ("$dynamicAnchor", Leaf),
        ("$vocabulary", Leaf),
        ("$comment", Leaf),
        ("$defs", Map(&SCHEMA)),
        ("definitions", Map(&SCHEMA)),
        ("type", Leaf),
        ("format", Leaf),
        ("title", Leaf),
        ("description", Leaf),
        ("default", Leaf),
        ("example", Leaf),
        ("examples", Leaf),
        ("deprecated", Leaf),
        ("nullable", Leaf),
        ("readOnly", Leaf),
        ("writeOnly", Leaf),
        ("enum", Leaf),
        ("const", Leaf),
        ("allOf", List(&SCHEMA)),
        ("anyOf", List(&SCHEMA)),
        ("oneOf", List(&SCHEMA)),
        ("not", One(&SCHEMA)),
        ("if", One(&SCHEMA)),
        ("then", One(&SCHEMA)),
        ("else", One(&SCHEMA)),
        ("dependentSchemas", Map(&SCHEMA)),
        ("dependentRequired", Leaf),
        ("dependencies", Leaf),
        ("prefixItems", List(&SCHEMA)),
        ("items", One(&SCHEMA)),
        ("additionalItems", Leaf),
        ("contains", One(&SCHEMA)),
        ("minContains", Leaf),
        ("maxContains", Leaf),
        ("properties", Map(&SCHEMA)),
        ("patternProperties", Map(&SCHEMA)),
        ("additionalProperties", One(&SCHEMA)),
        ("propertyNames", One(&SCHEMA)),
        ("unevaluatedItems", One(&SCHEMA)),
        ("unevaluatedProperties", One(&SCHEMA)),
        ("required", Leaf),
        ("minimum", Leaf),
        ("maximum", Leaf),
        ("exclusiveMinimum", Leaf),
        ("exclusiveMaximum", Leaf),
        ("multipleOf", Leaf),
        ("minLength", Leaf),
        ("maxLength", Leaf),
        ("pattern", Leaf),
        ("minItems", Leaf),
        ("maxItems", Leaf),
        ("uniqueItems", Leaf),
        ("minProperties", Leaf),
        ("maxProperties", Leaf),
        ("contentEncoding", Leaf),
        ("contentMediaType", Leaf),
        ("contentSchema", One(&SCHEMA)),
        ("discriminator", One(&DISCRIMINATOR)),
        ("xml", Leaf),
        ("externalDocs", Leaf),
    ],
    foreign: &[],
};
