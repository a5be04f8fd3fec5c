//! What is left of a document of which a part is asked for.

use std::collections::BTreeSet;

use counterpart_codegen::Output;

use crate::support::Case;

const SHOP: &str = r##"
openapi: 3.2.0
info: {title: Shop, version: 1.0.0}
tags: [{name: Pet}, {name: Owner}]
paths:
  /pets:
    $ref: '#/components/pathItems/Pets'
  /pets/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      operationId: getPet
      tags: [Pet]
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /owners:
    additionalOperations:
      COPY:
        operationId: copyOwners
        responses: {'204': {description: Done.}}
      MOVE:
        operationId: moveOwners
        responses: {'204': {description: Done.}}
    get:
      tags: [Owner]
      responses: {'200': {$ref: '#/components/responses/Owners'}}
    delete:
      operationId: '  '
      responses: {'204': {description: Done.}}
webhooks:
  adopted:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Adoption'}}}}
      responses: {'204': {description: Heard.}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  responses:
    Owners:
      description: All of them.
      content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Owner'}}}}
  pathItems:
    Pets:
      get:
        operationId: listPets
        tags: [Pet]
        responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Animal'}}}}}}
      post:
        operationId: addPet
        tags: [Pet]
        responses: {'204': {description: Done.}}
  schemas:
    Animal:
      oneOf: [{$ref: '#/components/schemas/Pet'}]
      discriminator: {propertyName: kind, mapping: {pet: Pet, stray: Stray}}
    Pet: {type: object, required: [kind], properties: {kind: {type: string}, next: {$ref: '#/components/schemas/Pet'}}}
    Stray: {type: object, required: [kind], properties: {kind: {type: string}, found: {type: string}}}
    Owner: {type: object, properties: {name: {type: string}}}
    Adoption: {type: object, properties: {pet: {type: string}}}
"##;

fn of(config: &str) -> Output {
    let mut case = Case::of("shop", SHOP);
    case.config = config.to_owned();
    case.output()
}

fn operations(output: &Output) -> Vec<&str> {
    let operations = output.api.operations.iter();
    operations.map(|operation| operation.id.as_str()).collect()
}

fn components(output: &Output) -> Vec<&str> {
    output.api.components.keys().map(String::as_str).collect()
}

#[test]
fn operations_by_id_and_by_line() {
    let output = of("operations = [\"getPet\", \"GET /owners\"]");
    assert_eq!(operations(&output), ["getPet", "get owners"]);
    assert_eq!(components(&output), ["Pet", "Owner"]);
}

#[test]
fn operations_by_methods_without_a_key() {
    let output = of("operations = [\"MOVE /owners\"]");
    assert_eq!(operations(&output), ["moveOwners"]);
    let copy = "/paths/~1owners/additionalOperations/COPY";
    assert_eq!(output.api.document.pointer(copy), None);
}

#[test]
fn a_tag_takes_single_operations_from_a_shared_path_item() {
    let output = of("tags = [\"Pet\"]");
    assert_eq!(operations(&output), ["listPets", "addPet", "getPet"]);
    let output = of("operations = [\"addPet\"]");
    assert_eq!(operations(&output), ["addPet"]);
    assert_eq!(components(&output), Vec::<&str>::new());
}

/// Nothing refers to `Stray` but a mapping, by its plain name. That a tag is called like a
/// schema keeps no schema.
#[test]
fn a_mapping_keeps_what_it_names() {
    let output = of("operations = [\"listPets\"]");
    assert_eq!(components(&output), ["Animal", "Pet", "Stray"]);
}

/// The document that a server shows holds no more than what it answers.
#[test]
fn the_document_itself_gets_smaller() {
    let output = of("operations = [\"getPet\"]");
    let document = &output.api.document;
    let keys = |pointer: &str| -> BTreeSet<String> {
        let object = document
            .pointer(pointer)
            .and_then(|value| value.as_object());
        object
            .into_iter()
            .flat_map(|object| object.keys().cloned())
            .collect()
    };
    assert_eq!(keys("/paths"), BTreeSet::from(["/pets/{id}".to_owned()]));
    assert_eq!(
        keys("/components/parameters"),
        BTreeSet::from(["Id".to_owned()])
    );
    assert!(keys("/components/responses").is_empty());
    assert!(document.get("webhooks").is_none());
}

/// What nobody asked for may be wrong.
#[test]
fn a_mistake_in_another_operation_stops_nobody() {
    let case = |config: &str| {
        let document = SHOP.replace("[{$ref: '#/components/parameters/Id'}]", "{}");
        let mut case = Case::of("shop", document);
        case.config = config.to_owned();
        case
    };
    assert!(case("").told().contains("error"));
    assert_eq!(case("operations = [\"addPet\"]").told(), "");
}
