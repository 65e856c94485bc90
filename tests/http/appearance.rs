//! How pages look, kept in a cookie.

use reqwest::{StatusCode, header};

use crate::app::on_each_database;

on_each_database! {
    async fn theme_and_palette_hold_without_javascript(app) {
        let page = async |cookies: &str| {
            let request = app.get("/login").header(header::COOKIE, cookies);
            request.send().await.unwrap().text().await.unwrap()
        };
        assert!(page("").await.contains("data-theme=\"system\" data-palette=\"red\""));
        let mut cookies = String::new();
        for (form, shown) in [
            (("theme", "dark"), "data-theme=\"dark\" data-palette=\"red\""),
            (("palette", "green"), "data-theme=\"dark\" data-palette=\"green\""),
            (("theme", "system"), "data-theme=\"system\" data-palette=\"green\""),
        ] {
            let request = app.post("/appearance").header(header::COOKIE, &cookies);
            let response = request.form(&[form, ("next", "/stocks?q=a")]).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::SEE_OTHER);
            assert_eq!(response.headers()["location"], "/stocks?q=a");
            let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
            cookie.split(';').next().unwrap().clone_into(&mut cookies);
            assert!(page(&cookies).await.contains(shown), "{shown}");
        }
        let off = app.post("/appearance").header(header::COOKIE, &cookies).form(&[("keys", "off")]).send().await.unwrap();
        let off = off.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        assert!(page(&cookies).await.contains("data-keys=\"on\""));
        let page_without_keys = page(&off).await;
        assert!(page_without_keys.contains("data-palette=\"green\" data-keys=\"off\""), "and the rest stays");
        for strange in ["appearance=x", "appearance=%3Cb%3E.green\"", "appearance="] {
            assert!(page(strange).await.contains("data-theme=\"system\""), "{strange}");
        }
        let elsewhere = app.post("/appearance").form(&[("theme", "dark"), ("next", "https://evil.example")]).send().await.unwrap();
        assert_eq!(elsewhere.headers()["location"], "/");
        let wrong = app.post("/appearance").form(&[("theme", "blue")]).send().await.unwrap();
        assert!(wrong.status().is_client_error());
    }
}
