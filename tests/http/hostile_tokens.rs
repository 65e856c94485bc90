//! Access tokens that nobody was given. All but the first few are signed with the right key: what
//! refuses them is what they say.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use reqwest::{StatusCode, header};
use secondarymarket::server::store::testing::TestDb;
use serde_json::{Value, json};

use crate::app::{SECRET, TestApp, Tokens};

const PREVIOUS: &str = "the secret before which still verifies: 0123456789";

const COOKIE_SPELLINGS: [&str; 2] = ["percent-encoded", "quoted"];

/// What makes a genuine token, to be bent.
struct Forge {
    header: Value,
    claims: Value,
    /// The header with the key before.
    previous_header: Value,
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64.decode(part).unwrap()).unwrap()
}

fn signed_with(secret: &str, header: &[u8], claims: &[u8]) -> String {
    let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
    let key = EncodingKey::from_secret(secret.as_bytes());
    let signature = crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

fn signed(header: &str, claims: &str) -> String {
    signed_with(SECRET, header.as_bytes(), claims.as_bytes())
}

impl Forge {
    fn genuine(&self) -> String {
        signed(&self.header.to_string(), &self.claims.to_string())
    }

    /// With members of the header changed, or, by null, left out.
    fn header(&self, changes: Value) -> String {
        signed(&changed(&self.header, changes).to_string(), &self.claims.to_string())
    }

    fn claims(&self, changes: Value) -> String {
        signed(&self.header.to_string(), &changed(&self.claims, changes).to_string())
    }

    /// With one more member, of a name that may be there already, in front or at the end.
    fn doubled(&self, in_header: bool, at_end: bool, member: &str) -> String {
        let add = |object: &Value| {
            let text = object.to_string();
            let inner = &text[1..text.len() - 1];
            if at_end {
                format!("{{{inner},{member}}}")
            } else {
                format!("{{{member},{inner}}}")
            }
        };
        if in_header {
            signed(&add(&self.header), &self.claims.to_string())
        } else {
            signed(&self.header.to_string(), &add(&self.claims))
        }
    }
}

fn changed(object: &Value, changes: Value) -> Value {
    let mut object = object.clone();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            object.as_object_mut().unwrap().remove(name);
        } else {
            object[name] = value.clone();
        }
    }
    object
}

/// Every one with its name; what is not a matter of time is `invalid_token`.
fn corpus(forge: &Forge, mine: &Tokens, other: &Tokens) -> Vec<(String, Vec<u8>, &'static str)> {
    let genuine = forge.genuine();
    let parts: Vec<&str> = genuine.split('.').collect();
    let (head, body, signature) = (parts[0], parts[1], parts[2]);
    let now = forge.claims["iat"].as_i64().unwrap();
    let others = part(&other.access, 1);
    let mut all: Vec<(String, Vec<u8>, &'static str)> = Vec::new();
    let mut add = |name: String, token: String| all.push((name, token.into_bytes(), "invalid_token"));

    // The signature.
    for (name, token) in [
        ("no signature", format!("{head}.{body}.")),
        ("no signature and no dot", format!("{head}.{body}")),
        ("header only", head.to_owned()),
        ("header and dots", format!("{head}..")),
        ("dots", "..".to_owned()),
        ("signature only", format!("..{signature}")),
        ("no header", format!(".{body}.{signature}")),
        ("no claims", format!("{head}..{signature}")),
        ("four parts", format!("{genuine}.x")),
        (
            "five parts, as if encrypted",
            format!("{head}.{body}.{body}.{body}.{signature}"),
        ),
        ("an empty part behind", format!("{genuine}.")),
        ("an empty part in front", format!(".{genuine}")),
        ("parts exchanged", format!("{body}.{head}.{signature}")),
        ("signature cut off", genuine[..genuine.len() - 1].to_owned()),
        ("half a signature", format!("{head}.{body}.{}", &signature[..21])),
        ("signature and more", format!("{genuine}AA")),
        ("signature twice", format!("{head}.{body}.{signature}{signature}")),
        (
            "a signature of zeros",
            format!("{head}.{body}.{}", BASE64.encode([0; 32])),
        ),
        (
            "another key's signature",
            signed_with(
                "another secret that nobody here knows: 0123",
                forge.header.to_string().as_bytes(),
                forge.claims.to_string().as_bytes(),
            ),
        ),
        (
            "an empty key's signature",
            signed_with(
                "",
                forge.header.to_string().as_bytes(),
                forge.claims.to_string().as_bytes(),
            ),
        ),
        (
            "the key id as the key",
            signed_with(
                forge.header["kid"].as_str().unwrap(),
                forge.header.to_string().as_bytes(),
                forge.claims.to_string().as_bytes(),
            ),
        ),
        (
            "the previous key's signature under the current key's id",
            signed_with(
                PREVIOUS,
                forge.header.to_string().as_bytes(),
                forge.claims.to_string().as_bytes(),
            ),
        ),
        (
            "the current key's signature under the previous key's id",
            signed(&forge.previous_header.to_string(), &forge.claims.to_string()),
        ),
        (
            "another token's signature",
            format!("{head}.{body}.{}", other.access.split('.').nth(2).unwrap()),
        ),
        (
            "another token's claims",
            format!("{head}.{}.{signature}", other.access.split('.').nth(1).unwrap()),
        ),
    ] {
        add(name.to_owned(), token);
    }
    for bit in [0, 100, 255] {
        let mut bytes = BASE64.decode(signature).unwrap();
        bytes[bit / 8] ^= 1 << (bit % 8);
        add(
            format!("bit {bit} of the signature flipped"),
            format!("{head}.{body}.{}", BASE64.encode(bytes)),
        );
    }

    // The alphabet: one text for one token.
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = alphabet.find(genuine.chars().last().unwrap()).unwrap();
    for garbage in 1..4 {
        let other = alphabet.as_bytes()[last + garbage] as char;
        add(
            format!("other bits behind the signature ({garbage})"),
            format!("{}{other}", &genuine[..genuine.len() - 1]),
        );
    }
    for (name, token) in [
        ("padded", format!("{genuine}=")),
        ("header padded", format!("{head}=.{body}.{signature}")),
        ("every part padded", format!("{head}==.{body}==.{signature}==")),
        ("not base64", format!("{head}.{body}.{}", "*".repeat(43))),
        ("a header that is not base64", format!("?.{body}.{signature}")),
        ("the other base64", genuine.replacen(signature, &"+/".repeat(21), 1)),
        ("percent-encoded", genuine.replace('.', "%2E")),
        ("space inside", genuine.replacen('.', ". ", 1)),
        ("a tab inside", genuine.replacen('.', "\t.", 1)),
        ("two tokens", format!("{genuine} {genuine}")),
        ("two tokens with a comma", format!("{genuine},{genuine}")),
        ("quoted", format!("\"{genuine}\"")),
        ("upper case", genuine.to_uppercase()),
        ("lower case", genuine.to_lowercase()),
        ("100 kB", "a".repeat(100_000)),
        ("100 kB of claims", forge.claims(json!({"jti": "x".repeat(100_000)}))),
        ("100 kB of dots", ".".repeat(100_000)),
    ] {
        add(name.to_owned(), token);
    }

    // The header.
    for algorithm in [
        "none", "None", "nOnE", "NONE", "", "hs256", "HS256 ", "HS384", "HS512", "RS256", "PS512", "ES256", "EdDSA",
        "dir",
    ] {
        let header = changed(&forge.header, json!({"alg": algorithm})).to_string();
        add(
            format!("alg {algorithm:?} with a signature"),
            signed(&header, &forge.claims.to_string()),
        );
        add(
            format!("alg {algorithm:?} without"),
            format!("{}.{body}.", BASE64.encode(header)),
        );
    }
    for (algorithm, name) in [(Algorithm::HS384, "HS384"), (Algorithm::HS512, "HS512")] {
        let message = format!(
            "{}.{body}",
            BASE64.encode(changed(&forge.header, json!({"alg": name})).to_string())
        );
        let signature = crypto::sign(
            message.as_bytes(),
            &EncodingKey::from_secret(SECRET.as_bytes()),
            algorithm,
        )
        .unwrap();
        add(format!("a true {name}"), format!("{message}.{signature}"));
    }
    for changes in [
        json!({"alg": null}),
        json!({"alg": 256}),
        json!({"alg": ["HS256"]}),
        json!({"typ": null}),
        json!({"typ": "JWT"}),
        json!({"typ": "AT+JWT"}),
        json!({"typ": "application/at+jwt"}),
        json!({"typ": "at+jwt "}),
        json!({"typ": ""}),
        json!({"typ": 1}),
        json!({"kid": null}),
        json!({"kid": ""}),
        json!({"kid": "../../../../dev/null"}),
        json!({"kid": "' OR 1=1 --"}),
        json!({"kid": "x".repeat(1_000)}),
        json!({"kid": 0}),
        json!({"kid": [forge.header["kid"]]}),
        json!({"kid": {"x": 1}}),
        json!({"kid": format!("{} ", forge.header["kid"].as_str().unwrap())}),
        json!({"kid": "\u{0}"}),
        json!({"cty": "JWT"}),
        json!({"crit": ["exp"]}),
        json!({"crit": []}),
        json!({"b64": false}),
        json!({"b64": false, "crit": ["b64"]}),
        json!({"zip": "DEF"}),
        json!({"enc": "A256GCM"}),
        json!({"jku": "https://evil.example/keys"}),
        json!({"x5u": "https://evil.example/cert"}),
        json!({"x5c": ["AAAA"]}),
        json!({"x5t": "AAAA"}),
        json!({"jwk": {"kty": "oct", "k": BASE64.encode("another secret")}}),
        json!({"nonce": "x"}),
        json!({"anything": {"at": "all"}}),
    ] {
        add(
            format!("header {changes}").chars().take(80).collect(),
            forge.header(changes),
        );
    }
    for null in ["alg", "typ", "kid"] {
        let header = forge.header.to_string().replacen(
            &format!("\"{null}\":{}", forge.header[null]),
            &format!("\"{null}\":null"),
            1,
        );
        add(
            format!("header {null} null"),
            signed(&header, &forge.claims.to_string()),
        );
    }
    for member in [r#""alg":"none""#, r#""alg":"HS256""#, r#""typ":"JWT""#, r#""kid":"x""#] {
        for at_end in [false, true] {
            add(
                format!("header with a second {member}, at the end: {at_end}"),
                forge.doubled(true, at_end, member),
            );
        }
    }

    // The claims.
    for claim in [
        "iss",
        "aud",
        "sub",
        "user_db_id",
        "sid",
        "jti",
        "iat",
        "nbf",
        "exp",
        "type",
    ] {
        add(format!("no {claim}"), forge.claims(json!({ claim: null })));
        let text = forge.claims.to_string().replacen(
            &format!("\"{claim}\":{}", forge.claims[claim]),
            &format!("\"{claim}\":null"),
            1,
        );
        add(format!("{claim} null"), signed(&forge.header.to_string(), &text));
        add(format!("{claim} an object"), forge.claims(json!({ claim: {"x": 1} })));
        for at_end in [false, true] {
            let member = format!("\"{claim}\":{}", others[claim]);
            add(
                format!("a second {claim}, at the end: {at_end}"),
                forge.doubled(false, at_end, &member),
            );
        }
    }
    let ours = &forge.claims["aud"];
    for changes in [
        json!({"iss": "https://evil.example"}),
        json!({"iss": ""}),
        json!({"iss": [forge.claims["iss"]]}),
        json!({"iss": "SecondaryMarket"}),
        json!({"aud": "other"}),
        json!({"aud": ""}),
        json!({"aud": []}),
        json!({"aud": [ours]}),
        json!({"aud": [ours, "other"]}),
        json!({"aud": [[ours]]}),
        json!({"aud": ["other"]}),
        json!({"aud": true}),
        json!({"sub": others["sub"]}),
        json!({"sub": ""}),
        json!({"sub": "HONG_GD"}),
        json!({"sub": "admin"}),
        json!({"sub": 1}),
        json!({"sub": ["hong_gd"]}),
        json!({"user_db_id": others["user_db_id"]}),
        json!({"user_db_id": 0}),
        json!({"user_db_id": "1"}),
        json!({"user_db_id": -1}),
        json!({"sid": others["sid"]}),
        json!({"sid": 0}),
        json!({"sid": -1}),
        json!({"sid": "1"}),
        json!({"sid": "1 OR 1=1"}),
        json!({"sid": i64::MAX}),
        json!({"sid": u64::MAX}),
        json!({"sid": 1.5}),
        json!({"sid": [1]}),
        json!({"sid": true}),
        json!({"sid": others["sid"], "user_db_id": others["user_db_id"]}),
        json!({"sub": others["sub"], "user_db_id": others["user_db_id"]}),
        json!({"sub": others["sub"], "sid": others["sid"]}),
        json!({"nbf": now + 6}),
        json!({"nbf": now + 3600}),
        json!({"nbf": i64::MAX}),
        json!({"nbf": "0"}),
        json!({"nbf": 1.5}),
        json!({"iat": now + 6, "exp": now + 600}),
        json!({"iat": i64::MAX}),
        json!({"iat": i64::MIN}),
        json!({"iat": 1e10}),
        json!({"exp": (now + 900).to_string()}),
        json!({"exp": 1e300}),
        json!({"exp": 1.5e9}),
        json!({"exp": i64::MAX}),
        json!({"exp": u64::MAX}),
        json!({"exp": now + 901}),
        json!({"exp": now + 31_536_000}),
        json!({"exp": [now + 900]}),
        json!({"exp": true}),
        json!({"exp": "never"}),
        json!({"jti": 1}),
        json!({"scope": "all"}),
        json!({"email": "hong@example.com"}),
        json!({"type": "refresh"}),
        json!({"type": "ACCESS"}),
        json!({"type": "id"}),
        json!({"type": ""}),
        json!({"type": ["access"]}),
        json!({"type": "Access"}),
    ] {
        add(format!("claims {changes}"), forge.claims(changes));
    }
    let header = forge.header.to_string();
    for (name, text) in [
        (
            "a number out of every range",
            forge.claims.to_string().replacen(
                &format!("\"exp\":{}", forge.claims["exp"]),
                "\"exp\":99999999999999999999999999",
                1,
            ),
        ),
        (
            "a number with an exponent out of range",
            forge
                .claims
                .to_string()
                .replacen(&format!("\"exp\":{}", forge.claims["exp"]), "\"exp\":1e999", 1),
        ),
        ("claims in a list", json!([forge.claims]).to_string()),
        (
            "claims in order, without names",
            json!([
                "secondarymarket",
                "secondarymarket",
                "hong_gd",
                1,
                1,
                "x",
                now,
                now,
                now + 900,
                "access"
            ])
            .to_string(),
        ),
        ("claims null", "null".to_owned()),
        ("claims a text", format!("{:?}", "hong_gd")),
        ("claims a number", "1".to_owned()),
        ("claims empty", String::new()),
        ("claims an empty object", "{}".to_owned()),
        (
            "claims cut off",
            forge.claims.to_string().trim_end_matches('}').to_owned(),
        ),
        ("claims and more", format!("{}{{}}", forge.claims)),
        (
            "claims behind a mark of byte order",
            format!("\u{feff}{}", forge.claims),
        ),
        (
            "deep nesting",
            format!(
                "{{\"x\":{}{},{}",
                "[".repeat(600),
                "]".repeat(600),
                &forge.claims.to_string()[1..]
            ),
        ),
        ("deep nesting without an end", "[".repeat(1_400)),
        (
            "half a surrogate",
            forge.claims.to_string().replacen("hong_gd", "\\ud800", 1),
        ),
    ] {
        add(name.to_owned(), signed(&header, &text));
    }
    for (name, text) in [
        ("header a list", "[]"),
        ("header null", "null"),
        ("header empty", ""),
        ("header not JSON", "at+jwt"),
        ("header a nested list", "[[[[]]]]"),
    ] {
        add(name.to_owned(), signed(text, &forge.claims.to_string()));
    }
    let raw = [0xff, 0xfe, b'{', b'}'];
    add(
        "claims not UTF-8".to_owned(),
        signed_with(SECRET, header.as_bytes(), &raw),
    );
    add(
        "header not UTF-8".to_owned(),
        signed_with(SECRET, &raw, forge.claims.to_string().as_bytes()),
    );
    add("a refresh token".to_owned(), mine.refresh.clone());
    add(
        "a refresh token in three parts of a JWT".to_owned(),
        format!("{head}.{}.{signature}", BASE64.encode(&mine.refresh)),
    );

    all.push((
        "not UTF-8".to_owned(),
        b"\xff\xfe.\x80.\xc3\x28".to_vec(),
        "invalid_token",
    ));
    for changes in [
        json!({"exp": now}),
        json!({"exp": 0}),
        json!({"exp": -1}),
        json!({"exp": i64::MIN}),
        json!({"iat": now - 901, "exp": now - 1}),
    ] {
        all.push((
            format!("over: {changes}"),
            forge.claims(changes).into_bytes(),
            "expired_token",
        ));
    }
    all
}

async fn all_are_refused(app: &TestApp) {
    let mine = app.member("hong_gd").await;
    let other = app.member("kim_gd").await;
    let mut previous_header = part(&mine.access, 0);
    previous_header["kid"] = json!(key_id_of_the_key_before(app).await);
    let forge = Forge {
        header: part(&mine.access, 0),
        claims: part(&mine.access, 1),
        previous_header,
    };
    // Only what is bent is at fault.
    for (name, token) in [
        ("as it was issued", mine.access.clone()),
        ("signed here", forge.genuine()),
        (
            "of the key before",
            signed_with(
                PREVIOUS,
                forge.previous_header.to_string().as_bytes(),
                forge.claims.to_string().as_bytes(),
            ),
        ),
    ] {
        let (status, body) = app.ask("/api/auth/me", &token).await;
        assert_eq!(
            (status, body["user_id"].as_str()),
            (StatusCode::OK, Some("hong_gd")),
            "{name}: {body}"
        );
    }

    let corpus = corpus(&forge, &mine, &other);
    assert!(corpus.len() >= 200, "{}", corpus.len());
    for (name, token, code) in &corpus {
        let bearer = [b"Bearer ", token.as_slice()].concat();
        let response = app
            .get("/api/auth/me")
            .header("Authorization", bearer)
            .send()
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{name}");
        assert_eq!(
            headers[header::WWW_AUTHENTICATE],
            "Bearer error=\"invalid_token\"",
            "{name}"
        );
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["code"], *code, "{name}");

        // As a browser's cookie: the way to the sign-in page, never a fault. Cookies may be
        // percent-encoded and quoted: there, these are the genuine token.
        if COOKIE_SPELLINGS.contains(&name.as_str()) {
            continue;
        }
        let cookie = [b"access_token=", token.as_slice()].concat();
        let response = app.get("/account").header("Cookie", cookie).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{name} as a cookie");
        assert_eq!(
            response.headers()[header::LOCATION],
            "/login?next=%2Faccount",
            "{name} as a cookie"
        );
    }

    // More than the server reads of a header at all.
    let huge = app.get("/api/auth/me").bearer_auth("a".repeat(1_000_000)).send().await;
    // It may hang up while the client is still sending.
    if let Ok(response) = huge {
        assert!(response.status().is_client_error(), "{}", response.status());
    }
    // Two tokens in two headers, good ones even.
    let both = app
        .get("/api/auth/me")
        .bearer_auth(&mine.access)
        .bearer_auth(&mine.access)
        .send()
        .await
        .unwrap();
    assert_eq!(both.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        app.ask("/api/auth/me", &mine.access).await.0,
        StatusCode::OK,
        "nobody was signed out by all that"
    );
}

/// As a server tells it that signs with that key.
async fn key_id_of_the_key_before(app: &TestApp) -> String {
    let db = TestDb::sqlite().await;
    let before = TestApp::start(db, &[("JWT_SECRET_KEY", PREVIOUS)]).await;
    let token = before.member("hong_gd").await.access;
    before.stop().await;
    assert_eq!(
        app.ask("/api/auth/me", &token).await.0,
        StatusCode::OK,
        "the same row, by chance, and a key that verifies"
    );
    part(&token, 0)["kid"].as_str().unwrap().to_owned()
}

const SETTINGS: [(&str, &str); 1] = [("JWT_PREVIOUS_SECRET_KEYS", PREVIOUS)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_refused_on_sqlite() {
    let app = TestApp::start(TestDb::sqlite().await, &SETTINGS).await;
    all_are_refused(&app).await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_refused_on_postgres() {
    let Some(db) = TestDb::postgres().await else { return };
    let app = TestApp::start(db, &SETTINGS).await;
    all_are_refused(&app).await;
    app.stop().await;
}
