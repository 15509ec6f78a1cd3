//! Tasks (T1 to T7): making one, passing it on, and its page.

mod actions;
mod complete;
mod destination;
mod edit;
mod forward;
mod new;
mod page;
mod place;

pub use actions::Claim;
pub use forward::ForwardDialog;
pub use new::NewTaskForm;
pub use page::TaskPage;
pub use place::place;
