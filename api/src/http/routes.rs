//! The router. It tries one pattern after the other, which took a quarter of the time of a short request. So the operations stand in
//! families, by the first part of their paths and by how many parts there are, and a request only meets those of its own.

use std::collections::BTreeMap;

use actix_web::Scope;
use actix_web::dev::HttpServiceFactory;
use actix_web::guard::fn_guard;
use actix_web::web;
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::scope::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use super::serve::otherwise;

/// What a family of paths has in common: how they begin, and how many parts they have.
fn family(path: &str) -> (&str, usize) {
    let path = path.trim_start_matches('/');
    (path.split('/').next().unwrap_or_default(), path.split('/').count())
}

type Add = Box<dyn FnOnce(&mut ServiceConfig<'_>)>;

/// Operations, as they are gathered.
#[derive(Default)]
pub struct Routes(BTreeMap<(String, usize), Vec<Add>>);

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

impl Routes {
    /// Adds an operation.
    pub fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + utoipa::Path + 'static,
    {
        let add = move |config: &mut ServiceConfig<'_>| {
            config.service(operation);
        };
        let path = F::path();
        let (name, parts) = family(&path);
        self.0.entry((name.to_owned(), parts)).or_default().push(Box::new(add));
        self
    }

    /// Puts all of them below `/v1`.
    pub fn register(self, config: &mut ServiceConfig<'_>) {
        for ((name, parts), operations) in self.0 {
            let operations = move |config: &mut ServiceConfig<'_>| {
                for add in operations {
                    add(config);
                }
            };
            let within = fn_guard(move |request| {
                let path = request.head().uri.path().strip_prefix("/v1/").unwrap_or_default();
                path.strip_prefix(&*name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    && family(path).1 == parts
            });
            let scope = scope::<Scope, _>(web::scope(""))
                .guard(within)
                .configure(operations)
                .default_service(web::to(otherwise));
            config.service(scope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_begins_alike_and_is_as_long() {
        assert_eq!(family("/dossiers/{dossierId}/rules"), ("dossiers", 3));
        assert_eq!(family("/dossiers/1/rules"), ("dossiers", 3));
        assert_eq!(family("/dossiers"), ("dossiers", 1));
    }
}
