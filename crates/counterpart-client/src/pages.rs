//! Lists that come in pages: all of their items, or page by page.
//!
//! A page is asked for with a cursor, which is usually the id of an item. Nothing is fetched before it is asked for,
//! and no more than one page is held.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::{Error, Operation, Pending};

/// A call that is answered with one page of a list.
pub trait Paged: Operation {
    /// What the list is made of.
    type Item: 'static;

    /// The query parameter that asks for what follows a cursor.
    const AFTER: &'static str;

    /// The query parameter that asks for what precedes a cursor. A call that has it set goes backwards.
    const BEFORE: Option<&'static str> = None;

    /// Whether the list goes on, if the page says so. It ends anyway where there is no cursor.
    fn has_more(page: &Self::Output) -> bool {
        let _ = page;
        true
    }

    /// The cursor that leads on from the page: the id of its last item, or one that the page holds.
    fn after(page: &Self::Output) -> Option<&str>;

    /// The cursor that leads back from the page.
    fn before(page: &Self::Output) -> Option<&str> {
        let _ = page;
        None
    }

    /// The page's items.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// The pages of a list, in their order. An error ends them; [`Pages::cursor`] says where to go on.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<C: Paged> {
    /// The call to come; `None` after the last page.
    call: Option<C>,
    pending: Option<Pending<Fetched<C>>>,
    cursor: Option<String>,
}

type Fetched<C> = Result<<C as Operation>::Output, Error<<C as Operation>::Failure>>;

type Item<C> = Result<<C as Paged>::Item, Error<<C as Operation>::Failure>>;

impl<C: Paged> Pages<C> {
    /// The pages from the one that this call asks for.
    pub fn new(call: C) -> Self {
        Self {
            call: Some(call),
            pending: None,
            cursor: None,
        }
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Fetched<C>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The next page, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<C::Output>, Error<C::Failure>> {
        self.next().await.transpose()
    }

    /// The cursor behind the last page that was given. A call that has it as its parameter goes on from there.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Fetched<C>>> {
        let Some(call) = &self.call else {
            return Poll::Ready(None);
        };
        let pending = self.pending.get_or_insert_with(|| call.clone().start());
        let fetched = ready!(Pin::new(pending).poll(context));
        self.pending = None;
        let call = self.call.take();
        if let (Ok(page), Some(call)) = (&fetched, call) {
            self.advance(page, call);
        }
        Poll::Ready(Some(fetched))
    }

    fn advance(&mut self, page: &C::Output, call: C) {
        let (parameter, cursor) = match C::BEFORE {
            Some(before) if call.has_query(before) => (before, C::before(page)),
            _ => (C::AFTER, C::after(page)),
        };
        let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else {
            return;
        };
        // A service that gives the same cursor again would be asked for the same page for ever.
        let stands_still = self.cursor.as_deref() == Some(cursor);
        if C::has_more(page) && !stands_still {
            self.call = Some(call.with_query(parameter, cursor));
        }
        self.cursor = Some(cursor.to_owned());
    }
}

impl<C: Paged> Stream for Pages<C> {
    type Item = Fetched<C>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Fetched<C>>> {
        self.poll_page(context)
    }
}

/// The items of a list, in their order, over all of its pages. An error ends them.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<C: Paged> {
    pages: Pages<C>,
    page: vec::IntoIter<C::Item>,
    /// The cursor that led to the page.
    begun: Option<String>,
}

impl<C: Paged> Items<C> {
    /// The items from the page on that this call asks for.
    pub fn new(call: C) -> Self {
        Self {
            pages: Pages::new(call),
            page: Vec::new().into_iter(),
            begun: None,
        }
    }

    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Item<C>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next item, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<C::Item>, Error<C::Failure>> {
        self.next().await.transpose()
    }

    /// All items that are left.
    pub async fn all(mut self) -> Result<Vec<C::Item>, Error<C::Failure>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
        }
        Ok(items)
    }

    /// The cursor behind the last page of which all items were given, `None` before there is one. A call that has it as
    /// its parameter goes on from there: it gives again what was given of a page that has been begun, and misses
    /// nothing.
    pub fn cursor(&self) -> Option<&str> {
        match self.page.len() {
            0 => self.pages.cursor(),
            _ => self.begun.as_deref(),
        }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<C>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let begun = self.pages.cursor.clone();
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    self.page = C::items(page).into_iter();
                    self.begun = begun;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in here is pinned in its place: items are moved out as they come.
impl<C: Paged> Unpin for Items<C> {}
impl<C: Paged> Unpin for Pages<C> {}

impl<C: Paged> Stream for Items<C> {
    type Item = Item<C>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item<C>>> {
        self.poll_item(context)
    }
}

impl<C: Paged> fmt::Debug for Pages<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

impl<C: Paged> fmt::Debug for Items<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
