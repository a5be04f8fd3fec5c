//! Security schemes: how a client proves who it is.

use crate::api::{Credential, Required, Requirement, SecurityScheme};

use super::Ctx;
use super::read::At;

impl Ctx<'_> {
    /// The scheme of the document's own requirement, else the first scheme there is.
    pub(super) fn security(&mut self, root: &At<'_>) -> Option<SecurityScheme> {
        let components = root.get("components")?;
        let schemes = self.members(&components, "securitySchemes");
        let requirements = self.items(root, "security");
        let wanted = requirements
            .iter()
            .filter_map(|requirement| requirement.node.as_object())
            .find_map(|requirement| requirement.keys().next());
        let wanted = schemes.iter().find(|(name, _)| Some(name) == wanted);
        let (name, scheme) = wanted.or(schemes.first())?;
        let scheme = self.resolve_object(scheme)?;
        Some(SecurityScheme {
            name: name.clone(),
            credential: self.scheme(&scheme)?,
        })
    }

    fn scheme(&mut self, at: &At<'_>) -> Option<Credential> {
        let name = self.text(at, "name").unwrap_or_default();
        let place = self.text(at, "in").unwrap_or_default();
        let scheme = self.text(at, "scheme").unwrap_or_default();
        match self.required_text(at, "type").as_str() {
            "http" if scheme.eq_ignore_ascii_case("basic") => Some(Credential::Basic),
            "http" | "oauth2" | "openIdConnect" => Some(Credential::Bearer),
            "apiKey" => match place.as_str() {
                "query" => Some(Credential::Query(name)),
                "cookie" => Some(Credential::Cookie(name)),
                _ => Some(Credential::Header(name)),
            },
            _ => None,
        }
    }

    /// What a caller of an operation has to show.
    pub(super) fn operation_requirements(&mut self, operation: &At<'_>) -> Vec<Requirement> {
        match operation.get("security") {
            Some(_) => self.requirements(operation),
            None => self.api.requirements.clone(),
        }
    }

    /// The alternatives that stand at `security`.
    pub(super) fn requirements(&mut self, holder: &At<'_>) -> Vec<Requirement> {
        let alternatives = self.items(holder, "security");
        let alternatives = alternatives.iter();
        alternatives.map(|at| self.requirement(at)).collect()
    }

    fn requirement(&mut self, at: &At<'_>) -> Requirement {
        let members = at.node.as_object().into_iter().flatten();
        let schemes = members.map(|(name, member)| Required {
            name: name.clone(),
            credential: self.required_credential(name, &at.child(name, &member.node)),
            scopes: self.texts(at, name),
        });
        Requirement {
            schemes: schemes.collect(),
        }
    }

    /// How the scheme of this name works.
    fn required_credential(&mut self, name: &str, at: &At<'_>) -> Option<Credential> {
        let root = At::root(&self.document.root);
        let schemes = root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) else {
            self.diags
                .warning(at.place(), format!("there is no security scheme `{name}`"))
                .help(format!(
                    "describe it under `components/securitySchemes/{name}`"
                ));
            return None;
        };
        let scheme = self.resolve_object(&scheme)?;
        let http = self.text(&scheme, "scheme").unwrap_or_default();
        let known = ["", "basic", "bearer"];
        match known.contains(&http.to_ascii_lowercase().as_str()) {
            true => self.scheme(&scheme),
            // Digest and the like need more than a look at one request.
            false => None,
        }
    }

    /// Whether an operation may be called without a credential.
    pub(super) fn is_anonymous(&mut self, root: &At<'_>, operation: &At<'_>) -> bool {
        let holder = match operation.get("security") {
            Some(_) => operation,
            None => root,
        };
        let requirements = self.items(holder, "security");
        let is_empty = |at: &At<'_>| {
            at.node
                .as_object()
                .is_some_and(|members| members.is_empty())
        };
        requirements.is_empty() || requirements.iter().any(is_empty)
    }
}
