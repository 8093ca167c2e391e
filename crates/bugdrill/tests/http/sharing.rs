//! What learners share: pages that messengers unfold, and their pictures.

use chrono::TimeDelta;

use crate::{
    fixtures::{SUM, SUM_JS},
    support::{Answer, Options, PUBLIC_URL, TestApp, shared_app},
};

/// The content of a page's `property`.
fn property<'a>(page: &'a Answer, name: &str) -> &'a str {
    let start = format!("<meta property=\"{name}\" content=\"");
    let (_, rest) = page.text.split_once(&start).unwrap_or_else(|| panic!("{name} is not in {}", page.text));
    rest.split('"').next().unwrap()
}

/// Checks that a page can be unfolded, and that its picture is there; the picture.
async fn unfold(app: &TestApp, path: &str) -> Answer {
    let page = app.get(path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(property(&page, "og:url"), format!("{PUBLIC_URL}{path}"));
    let picture = app.get(property(&page, "og:image").strip_prefix(PUBLIC_URL).unwrap()).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    let number = |at: usize| u32::from_be_bytes(picture.bytes[at..at + 4].try_into().unwrap());
    let [width, height] = ["width", "height"].map(|side| property(&page, &format!("og:image:{side}")).parse().unwrap());
    // The header of a PNG file begins with the size.
    assert_eq!((&picture.bytes[1..4], number(16), number(20)), (&b"PNG"[..], width, height));
    picture
}

#[tokio::test]
async fn a_badge_can_be_shared() {
    let app = shared_app().await;
    let picture = unfold(app, "/share/badge/first_fix").await;
    assert_ne!(picture.bytes, unfold(app, "/share/badge/streak_7").await.bytes);
    let known = app.get("/share/badge/first_fix/card.png").header("if-none-match", picture.header("etag")).await;
    assert_eq!(known.status, 304);

    assert_eq!(app.get("/share/badge/nothing").await.status, 404);
    app.get("/share/badge/nothing/card.png").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn the_challenge_of_a_day_can_be_shared_without_its_solution() {
    let app = TestApp::start(Options::default()).await;
    let today = "/share/daily/2026-01-15";
    unfold(&app, today).await;
    let page = app.get(today).await;
    assert_eq!(property(&page, "og:title"), "Bug of 15 January 2026: An exercise, 1 of 1");
    for slug in [SUM, SUM_JS] {
        assert!(page.text.contains(&format!("href=\"/drill/{slug}\"")), "{}", page.text);
    }

    // It stays what it was; a day on which nobody asked has none, and days to come keep theirs for themselves.
    app.clock.advance(TimeDelta::days(2));
    assert_eq!(app.get(today).await.text, page.text);
    for date in ["2026-01-16", "2026-01-18", "2026-02-30", "today"] {
        let missing = app.get(&format!("/share/daily/{date}")).await;
        assert_eq!(missing.status, 404, "{date}");
        assert!(missing.text.contains("This link leads nowhere"), "{}", missing.text);
        app.get(&format!("/share/daily/{date}/card.png")).await.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn what_is_shared_is_not_the_apps() {
    shared_app().await.get("/share/nothing").await.expect_problem(404, "not_found");
}
