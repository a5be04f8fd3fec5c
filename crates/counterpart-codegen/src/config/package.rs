//! What can be generated, by the word that asks for it.

/// Something that is generated for a document: a crate, or pages. Which there are is said where they are emitted, in
/// [`EMITTERS`](crate::emit::EMITTERS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Package {
    word: &'static str,
    needs: &'static [Package],
    holds: Option<&'static str>,
}

impl Package {
    /// The types of the document, which most others need.
    pub const TYPES: Self = Self::new("types", &[]).holding("every type of this reference");
    /// The client.
    pub const CLIENT: Self =
        Self::new("client", &[Self::TYPES]).holding("the client: one method for each operation");
    /// The server.
    pub const SERVER: Self = Self::new("server", &[Self::TYPES])
        .holding("the server: a trait with one method for each operation");
    /// The command-line client.
    pub const CLI: Self = Self::new("cli", &[Self::TYPES, Self::CLIENT])
        .holding("the command-line client: one command for each operation");
    /// The reference for people, in Markdown.
    pub const DOCS: Self = Self::new("docs", &[]);

    /// What is generated when nothing is said of it.
    pub const DEFAULT: [Self; 3] = [Self::TYPES, Self::CLIENT, Self::SERVER];

    /// Something to generate, and what has to be generated with it.
    pub const fn new(word: &'static str, needs: &'static [Package]) -> Self {
        Self {
            word,
            needs,
            holds: None,
        }
    }

    /// As a crate, of which the reference says what it holds.
    pub const fn holding(self, holds: &'static str) -> Self {
        Self {
            holds: Some(holds),
            ..self
        }
    }

    /// The word for it in the configuration, which is also the end of the crate's name.
    pub fn word(self) -> &'static str {
        self.word
    }

    /// What it holds, if it is a crate.
    pub fn holds(self) -> Option<&'static str> {
        self.holds
    }

    /// What has to be generated with it, what that needs included.
    pub fn needs(self) -> &'static [Package] {
        self.needs
    }
}
