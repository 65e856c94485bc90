//! Coming to life piece by piece: between two of them the browser does what waits for it, a key that
//! was pressed above all.

use leptos::prelude::*;

/// What is in it is made and comes to life in its turn. On the way to another page it makes no
/// difference.
///
/// Data that come with the document (`Resource`, `SharedValue`) are numbered as they are asked for, and
/// the server asks for all at once: what stands below on the same page and outside of an `InTurn` must
/// not ask for any.
#[component]
pub fn InTurn(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    return piece::Piece(children);
    #[cfg(not(feature = "hydrate"))]
    children()
}

#[cfg(feature = "hydrate")]
pub use piece::pause;

#[cfg(feature = "hydrate")]
mod piece {
    use std::{future::poll_fn, task::Poll, time::Duration};

    use leptos::{
        attr::{Attribute, any_attribute::AnyAttribute},
        prelude::*,
        tachys::{
            hydration::Cursor,
            view::{
                Position, PositionState,
                add_attr::AddAnyAttr,
                any_view::{AnyView, AnyViewState},
            },
        },
    };

    /// Until the browser has done what waits.
    pub async fn pause() {
        let mut is_waiting = false;
        poll_fn(move |context| {
            if is_waiting {
                return Poll::Ready(());
            }
            is_waiting = true;
            let waker = context.waker().clone();
            set_timeout(move || waker.wake(), Duration::ZERO);
            Poll::Pending
        })
        .await;
    }

    /// A view that is not made before its turn.
    pub struct Piece(pub Children);

    impl Render for Piece {
        type State = AnyViewState;

        fn build(self) -> Self::State {
            (self.0)().build()
        }

        fn rebuild(self, state: &mut Self::State) {
            (self.0)().rebuild(state);
        }
    }

    impl AddAnyAttr for Piece {
        type Output<A: Attribute> = <AnyView as AddAnyAttr>::Output<A>;

        fn add_any_attr<A: Attribute>(self, attr: A) -> Self::Output<A>
        where
            Self::Output<A>: RenderHtml,
        {
            (self.0)().add_any_attr(attr)
        }
    }

    impl RenderHtml for Piece {
        type AsyncOutput = AnyView;
        type Owned = Self;

        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Self::AsyncOutput {
            (self.0)()
        }

        fn to_html_with_buf(
            self,
            buf: &mut String,
            position: &mut Position,
            escape: bool,
            mark_branches: bool,
            extra_attrs: Vec<AnyAttribute>,
        ) {
            (self.0)().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
        }

        fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
            (self.0)().hydrate::<FROM_SERVER>(cursor, position)
        }

        async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Self::State {
            pause().await;
            (self.0)().hydrate_async(cursor, position).await
        }

        fn into_owned(self) -> Self::Owned {
            self
        }
    }
}
