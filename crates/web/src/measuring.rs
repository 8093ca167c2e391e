//! Counts requests and measures how long they take.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
    time::Duration,
};

use axum::{
    extract::MatchedPath,
    http::{Method, StatusCode},
};
use bugdrill_platform::metrics as names;
use metrics::{Counter, Histogram, counter, histogram};

/// The label of methods that no route has.
const OTHER: &str = "other";

const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER];

const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// What is measured of each route: looked up by its template, since finding a metric by its labels costs more than
/// many an answer.
#[derive(Default)]
pub(crate) struct Measures(RwLock<HashMap<String, Arc<Measured>>>);

/// What is measured of one route.
#[derive(Default)]
struct Measured {
    seconds: [OnceLock<Histogram>; METHODS.len()],
    requests: [[OnceLock<Counter>; STATUSES.len()]; METHODS.len()],
}

impl Measures {
    /// Counts an answer that took so long. Of the route, its template: paths themselves are without number.
    pub(crate) fn count(&self, method: &Method, route: Option<&MatchedPath>, status: StatusCode, took: Duration) {
        let route = route.map_or(OTHER, MatchedPath::as_str);
        let measured = self.of(route);
        let at = METHODS.iter().position(|name| *name == method.as_str()).unwrap_or(METHODS.len() - 1);
        let method = METHODS[at];
        let seconds = measured.seconds[at]
            .get_or_init(|| histogram!(names::HTTP_REQUEST_SECONDS, "method" => method, "route" => route.to_owned()));
        seconds.record(took);
        let class = usize::from(status.as_u16() / 100).clamp(1, STATUSES.len()) - 1;
        let requests = measured.requests[at][class].get_or_init(|| {
            let (route, status) = (route.to_owned(), STATUSES[class]);
            counter!(names::HTTP_REQUESTS, "method" => method, "route" => route, "status" => status)
        });
        requests.increment(1);
    }

    fn of(&self, route: &str) -> Arc<Measured> {
        if let Some(measured) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(route) {
            return Arc::clone(measured);
        }
        let mut routes = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(routes.entry(route.to_owned()).or_default())
    }
}
