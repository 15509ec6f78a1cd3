//! Views of one type. Leptos gives every view a type of its own, made of its elements, and compiles its code for each;
//! an app of this size would load twice as much of it.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// [`view!`], whatever its elements, is an [`AnyView`].
macro_rules! html {
    ($($content:tt)*) => { leptos::prelude::IntoAny::into_any(leptos::prelude::view! { $($content)* }) };
}
pub(crate) use html;

/// A part of a view that is made anew whenever a signal it reads changes.
pub fn live<T: IntoView + 'static>(part: impl FnMut() -> T + Send + 'static) -> AnyView
where
    SharedReactiveFunction<T>: IntoAny,
{
    let part: SharedReactiveFunction<T> = Arc::new(Mutex::new(part));
    part.into_any()
}
