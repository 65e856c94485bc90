//! A device in words, by what its program calls itself.

use crate::model::text::{Said, device as text};

/// What a user agent holds, and what that means; the first that is found counts. Programs that
/// build on others name those too: they stand before them.
const PROGRAMS: [(&str, Said); 28] = [
    ("KAKAOTALK", text::kakaotalk),
    ("NAVER(inapp", text::naver_app),
    ("Line/", || "LINE"),
    ("Instagram", || "Instagram"),
    ("FBAN/", || "Facebook"),
    ("FB_IAB/", || "Facebook"),
    ("Whale/", text::whale),
    ("SamsungBrowser/", || "Samsung Internet"),
    ("Edg/", || "Edge"),
    ("EdgA/", || "Edge"),
    ("EdgiOS/", || "Edge"),
    ("Edge/", || "Edge"),
    ("OPR/", || "Opera"),
    ("OPT/", || "Opera"),
    ("CriOS/", || "Chrome"),
    ("FxiOS/", || "Firefox"),
    ("Firefox/", || "Firefox"),
    ("Chrome/", || "Chrome"),
    // Safari alone says its version there.
    ("Version/", || "Safari"),
    ("curl/", || "curl"),
    ("Wget/", || "Wget"),
    ("python-requests/", || "python-requests"),
    ("python-httpx/", || "python-httpx"),
    ("Python-urllib/", || "Python"),
    ("aiohttp/", || "Python"),
    ("okhttp/", || "OkHttp"),
    ("Go-http-client/", || "Go"),
    ("PostmanRuntime/", || "Postman"),
];

/// The same for systems. Android calls itself Linux too, an iPhone "like Mac OS X".
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Program and system: `Chrome · Windows`. Nothing of the user agent itself gets into the words:
/// it is whatever its sender likes.
#[must_use]
pub fn describe(user_agent: &str) -> String {
    let program = PROGRAMS.iter().find(|(mark, _)| user_agent.contains(mark));
    let system = SYSTEMS.iter().find(|(mark, _)| user_agent.contains(mark));
    match (program.map(|(_, name)| name()), system.map(|(_, name)| *name)) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text::unknown().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn the_usual_ones_have_their_words() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let windows = format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit}");
        let android = format!("Mozilla/5.0 (Linux; Android 14; SM-S928N) {webkit}");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let ipad = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
        for (user_agent, words) in [
            (format!("{windows} Chrome/131.0.0.0 Safari/537.36"), "Chrome · Windows"),
            (
                format!("{windows} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"),
                "Edge · Windows",
            ),
            (
                format!("{windows} Chrome/128.0.0.0 Whale/3.28.266.14 Safari/537.36"),
                "네이버 웨일 · Windows",
            ),
            (
                format!("{windows} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0"),
                "Opera · Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0".to_owned(),
                "Firefox · Windows",
            ),
            (
                format!("{mac} {webkit} Chrome/131.0.0.0 Safari/537.36"),
                "Chrome · macOS",
            ),
            (
                format!("{mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15"),
                "Safari · macOS",
            ),
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Chrome/131.0.0.0 Safari/537.36"),
                "Chrome · Linux",
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0".to_owned(),
                "Firefox · Linux",
            ),
            (
                format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {webkit} Chrome/131.0.0.0 Safari/537.36"),
                "Chrome · ChromeOS",
            ),
            (
                format!("{android} Chrome/131.0.0.0 Mobile Safari/537.36"),
                "Chrome · Android",
            ),
            (
                format!("{android} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36"),
                "Samsung Internet · Android",
            ),
            (
                format!("{android} Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0.0.0"),
                "Edge · Android",
            ),
            (
                format!("{android} Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36;KAKAOTALK 2411070"),
                "카카오톡 · Android",
            ),
            (
                format!(
                    "{android} Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.10.3)"
                ),
                "네이버 앱 · Android",
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0".to_owned(),
                "Firefox · Android",
            ),
            (
                format!("{iphone} Version/17.5 Mobile/15E148 Safari/604.1"),
                "Safari · iPhone",
            ),
            (
                format!("{iphone} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1"),
                "Chrome · iPhone",
            ),
            (
                format!("{iphone} Mobile/15E148 KAKAOTALK/11.2.5 (INAPP)"),
                "카카오톡 · iPhone",
            ),
            (
                format!("{iphone} Mobile/15E148 NAVER(inapp; search; 2000; 12.10.3; 14PRO)"),
                "네이버 앱 · iPhone",
            ),
            (format!("{iphone} Mobile/15E148"), "iPhone"),
            (
                format!("{ipad} Version/17.5 Mobile/15E148 Safari/604.1"),
                "Safari · iPad",
            ),
            (
                format!("{ipad} FxiOS/133.0 Mobile/15E148 Safari/605.1.15"),
                "Firefox · iPad",
            ),
            ("curl/8.5.0".to_owned(), "curl"),
            ("python-requests/2.32.3".to_owned(), "python-requests"),
            (String::new(), "알 수 없는 기기"),
            ("Mozilla/5.0".to_owned(), "알 수 없는 기기"),
            ("<script>alert(1)</script>".to_owned(), "알 수 없는 기기"),
        ] {
            assert_eq!(describe(&user_agent), words, "{user_agent}");
        }
    }

    proptest! {
        /// Whatever comes in, only words of ours come out.
        #[test]
        fn says_nothing_in_others_words(user_agent in "\\PC{0,40}(curl/|Chrome/|Windows|<b>|iPhone)?\\PC{0,40}") {
            let programs = PROGRAMS.iter().map(|(_, name)| name());
            let systems = SYSTEMS.iter().map(|(_, name)| *name);
            let known: Vec<&str> = programs.chain(systems).chain([text::unknown()]).collect();
            for part in describe(&user_agent).split(" · ") {
                prop_assert!(known.contains(&part), "{part}");
            }
        }
    }
}
