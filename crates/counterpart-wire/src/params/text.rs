//! The layouts of paths and headers, where the whole value is one text: prefix, delimiters, and the name in a matrix.
//!
//! | | list | exploded list | object | exploded object |
//! | --- | --- | --- | --- | --- |
//! | `simple` | `a,b` | `a,b` | `R,1,G,2` | `R=1,G=2` |
//! | `label` | `.a,b` | `.a.b` | `.R,1,G,2` | `.R=1.G=2` |
//! | `matrix` | `;c=a,b` | `;c=a;c=b` | `;c=R,1,G,2` | `;R=1;G=2` |
//!
//! The label that is not exploded is RFC 6570's. OpenAPI before 3.0.4 and 3.1.1 had `.a.b` in its table by mistake;
//! that is read as well, and dots within items are always escaped.

use super::{Param, Reason, Style};

/// How the parts of one text are put together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) style: Style,
    pub(super) explode: bool,
    /// What the text begins with.
    pub(super) prefix: &'static str,
    /// What stands between two parts.
    pub(super) delimiter: char,
}

impl Layout {
    /// The layout of a path argument.
    pub(super) fn path(param: Param) -> Result<Self, Reason> {
        let Param { style, explode, .. } = param;
        let (prefix, delimiter) = match (style, explode) {
            (Style::Simple, _) => ("", ','),
            (Style::Label, false) => (".", ','),
            (Style::Label, true) => (".", '.'),
            (Style::Matrix, false) => (";", ','),
            (Style::Matrix, true) => (";", ';'),
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject, _) => {
                return Err(Reason::Style(style));
            }
        };
        Ok(Self {
            style,
            explode,
            prefix,
            delimiter,
        })
    }

    /// The layout of a header.
    pub(super) fn header(param: Param) -> Result<Self, Reason> {
        let Param { style, explode, .. } = param;
        if style == Style::Simple {
            Ok(Self {
                style,
                explode,
                prefix: "",
                delimiter: ',',
            })
        } else {
            Err(Reason::Style(style))
        }
    }

    /// The delimiters that are understood: those of a label that is not exploded have two readings.
    pub(super) fn delimiters(&self) -> &'static [char] {
        match (self.style, self.delimiter) {
            (Style::Label, ',') => &[',', '.'],
            (_, '.') => &['.'],
            (_, ';') => &[';'],
            _ => &[','],
        }
    }
}
