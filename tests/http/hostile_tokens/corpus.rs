//! The tokens.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

use super::{
    PREVIOUS,
    forge::{Forge, changed, part, signed, signed_with},
};
use crate::app::{SECRET, Tokens};

/// A token, what is wrong with it, and the code of the answer.
pub struct Hostile {
    pub name: String,
    pub token: Vec<u8>,
    pub code: &'static str,
}

fn hostile(name: impl Into<String>, token: impl Into<Vec<u8>>) -> Hostile {
    let (name, token) = (name.into(), token.into());
    let code = "invalid_token";
    Hostile { name, token, code }
}

fn all<N: Into<String>>(named: impl IntoIterator<Item = (N, String)>) -> Vec<Hostile> {
    named.into_iter().map(|(name, token)| hostile(name, token)).collect()
}

fn list(values: Value) -> Vec<Value> {
    let Value::Array(values) = values else {
        panic!("no list")
    };
    values
}

pub fn corpus(forge: &Forge, mine: &Tokens, other: &Tokens) -> Vec<Hostile> {
    let mut corpus = parts(forge);
    corpus.extend(signatures(forge, other));
    corpus.extend(spellings(forge));
    corpus.extend(algorithms(forge));
    corpus.extend(headers(forge));
    corpus.extend(missing_and_doubled(forge, &part(&other.access, 1)));
    corpus.extend(claims(forge, &part(&other.access, 1)));
    corpus.extend(times(forge));
    corpus.extend(no_claims_at_all(forge));
    corpus.extend(others(forge, mine));
    corpus
}

fn parts(forge: &Forge) -> Vec<Hostile> {
    let genuine = forge.genuine();
    let [head, body, signature] = split(&genuine);
    all([
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
    ])
}

fn split(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

fn signatures(forge: &Forge, other: &Tokens) -> Vec<Hostile> {
    let genuine = forge.genuine();
    let [head, body, signature] = split(&genuine);
    let [_, others_body, others_signature] = split(&other.access);
    let (header, claims) = (forge.header.to_string(), forge.claims.to_string());
    let by = |secret: &str| signed_with(secret, header.as_bytes(), claims.as_bytes());
    let mut all = all([
        ("signature cut off", genuine[..genuine.len() - 1].to_owned()),
        ("half a signature", format!("{head}.{body}.{}", &signature[..21])),
        ("signature and more", format!("{genuine}AA")),
        ("signature twice", format!("{genuine}{signature}")),
        (
            "a signature of zeros",
            format!("{head}.{body}.{}", BASE64.encode([0; 32])),
        ),
        ("another key's", by("another secret that nobody here knows: 0123")),
        ("an empty key's", by("")),
        ("the key id as the key", by(forge.header["kid"].as_str().unwrap())),
        ("the previous key's under the current id", by(PREVIOUS)),
        (
            "the current key's under the previous id",
            signed(&forge.previous_header.to_string(), &claims),
        ),
        ("another token's signature", format!("{head}.{body}.{others_signature}")),
        ("another token's claims", format!("{head}.{others_body}.{signature}")),
    ]);
    for bit in [0, 100, 255] {
        let mut bytes = BASE64.decode(signature).unwrap();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let token = format!("{head}.{body}.{}", BASE64.encode(bytes));
        all.push(hostile(format!("bit {bit} of the signature flipped"), token));
    }
    all
}

/// One token has one text.
fn spellings(forge: &Forge) -> Vec<Hostile> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let genuine = forge.genuine();
    let [head, body, signature] = split(&genuine);
    let mut all = all([
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
    ]);
    // The last character of 43 holds two bits that no byte needs.
    let last = ALPHABET.find(genuine.chars().last().unwrap()).unwrap();
    for garbage in 1..4 {
        let token = format!(
            "{}{}",
            &genuine[..genuine.len() - 1],
            &ALPHABET[last + garbage..=last + garbage]
        );
        all.push(hostile(format!("other bits behind the signature ({garbage})"), token));
    }
    all
}

fn algorithms(forge: &Forge) -> Vec<Hostile> {
    let mut all = Vec::new();
    for name in [
        "none", "None", "nOnE", "NONE", "", "hs256", "HS256 ", "HS384", "HS512", "RS256", "PS512", "ES256", "EdDSA",
        "dir",
    ] {
        let header = changed(&forge.header, json!({"alg": name})).to_string();
        let signed = signed(&header, &forge.claims.to_string());
        let unsigned = format!("{}.", signed.rsplit_once('.').unwrap().0);
        all.push(hostile(format!("alg {name:?} with a signature"), signed));
        all.push(hostile(format!("alg {name:?} without"), unsigned));
    }
    for (algorithm, name) in [(Algorithm::HS384, "HS384"), (Algorithm::HS512, "HS512")] {
        let header = changed(&forge.header, json!({"alg": name})).to_string();
        let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(forge.claims.to_string()));
        let key = EncodingKey::from_secret(SECRET.as_bytes());
        let signature = crypto::sign(message.as_bytes(), &key, algorithm).unwrap();
        all.push(hostile(format!("a true {name}"), format!("{message}.{signature}")));
    }
    all
}

fn headers(forge: &Forge) -> Vec<Hostile> {
    let kid = forge.header["kid"].as_str().unwrap();
    let mut all: Vec<Hostile> = list(json!([
        {"alg": null}, {"alg": 256}, {"alg": ["HS256"]},
        {"typ": null}, {"typ": "JWT"}, {"typ": "AT+JWT"}, {"typ": "application/at+jwt"}, {"typ": "at+jwt "}, {"typ": ""}, {"typ": 1},
        {"kid": null}, {"kid": ""}, {"kid": "../../../../dev/null"}, {"kid": "' OR 1=1 --"}, {"kid": "x".repeat(1_000)}, {"kid": 0},
        {"kid": [kid]}, {"kid": {"x": kid}}, {"kid": format!("{kid} ")}, {"kid": "\u{0}"},
        {"cty": "JWT"}, {"crit": ["exp"]}, {"crit": []}, {"b64": false}, {"b64": false, "crit": ["b64"]}, {"zip": "DEF"}, {"enc": "A256GCM"},
        {"jku": "https://evil.example/keys"}, {"x5u": "https://evil.example/cert"}, {"x5c": ["AAAA"]}, {"x5t": "AAAA"},
        {"jwk": {"kty": "oct", "k": BASE64.encode("another secret")}}, {"nonce": "x"}, {"anything": {"at": "all"}},
    ]))
    .into_iter()
    .map(|changes| hostile(format!("header {changes:.80}"), forge.header(changes)))
    .collect();
    for member in ["alg", "typ", "kid"] {
        let header = with_null(&forge.header, member);
        all.push(hostile(
            format!("header {member} null"),
            signed(&header, &forge.claims.to_string()),
        ));
    }
    for member in [r#""alg":"none""#, r#""alg":"HS256""#, r#""typ":"JWT""#, r#""kid":"x""#] {
        for at_end in [false, true] {
            let name = format!("header with a second {member}, at the end: {at_end}");
            all.push(hostile(name, forge.doubled(true, at_end, member)));
        }
    }
    for (name, header) in [
        ("a list", "[]"),
        ("null", "null"),
        ("empty", ""),
        ("not JSON", "at+jwt"),
        ("a nested list", "[[[[]]]]"),
    ] {
        all.push(hostile(
            format!("header {name}"),
            signed(header, &forge.claims.to_string()),
        ));
    }
    all
}

fn with_null(object: &Value, member: &str) -> String {
    let text = object.to_string();
    let with = text.replacen(
        &format!("\"{member}\":{}", object[member]),
        &format!("\"{member}\":null"),
        1,
    );
    assert_ne!(with, text);
    with
}

fn missing_and_doubled(forge: &Forge, others: &Value) -> Vec<Hostile> {
    let mut all = Vec::new();
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
        let null = with_null(&forge.claims, claim);
        all.push(hostile(format!("no {claim}"), forge.claims(json!({ claim: null }))));
        all.push(hostile(
            format!("{claim} null"),
            signed(&forge.header.to_string(), &null),
        ));
        all.push(hostile(
            format!("{claim} an object"),
            forge.claims(json!({ claim: {"x": 1} })),
        ));
        for at_end in [false, true] {
            let second = format!("\"{claim}\":{}", others[claim]);
            let name = format!("a second {claim}, at the end: {at_end}");
            all.push(hostile(name, forge.doubled(false, at_end, &second)));
        }
    }
    all
}

fn claims(forge: &Forge, others: &Value) -> Vec<Hostile> {
    let (iss, aud) = (&forge.claims["iss"], &forge.claims["aud"]);
    let (sub, user_db_id, sid) = (&others["sub"], &others["user_db_id"], &others["sid"]);
    list(json!([
        {"iss": "https://evil.example"}, {"iss": ""}, {"iss": [iss]}, {"iss": "SecondaryMarket"},
        {"aud": "other"}, {"aud": ""}, {"aud": []}, {"aud": [aud]}, {"aud": [aud, "other"]}, {"aud": [[aud]]}, {"aud": ["other"]}, {"aud": true},
        {"sub": sub}, {"sub": ""}, {"sub": "HONG_GD"}, {"sub": "admin"}, {"sub": 1}, {"sub": ["hong_gd"]},
        {"user_db_id": user_db_id}, {"user_db_id": 0}, {"user_db_id": "1"}, {"user_db_id": -1},
        {"sid": sid}, {"sid": 0}, {"sid": -1}, {"sid": "1"}, {"sid": "1 OR 1=1"}, {"sid": i64::MAX}, {"sid": u64::MAX}, {"sid": 1.5}, {"sid": [1]}, {"sid": true},
        {"sid": sid, "user_db_id": user_db_id}, {"sub": sub, "user_db_id": user_db_id}, {"sub": sub, "sid": sid},
        {"jti": 1}, {"scope": "all"}, {"email": "hong@example.com"},
        {"type": "refresh"}, {"type": "ACCESS"}, {"type": "id"}, {"type": ""}, {"type": ["access"]}, {"type": "Access"},
    ]))
    .into_iter()
    .map(|changes| hostile(format!("claims {changes}"), forge.claims(changes)))
    .collect()
}

fn times(forge: &Forge) -> Vec<Hostile> {
    let now = forge.claims["iat"].as_i64().unwrap();
    let mut all: Vec<Hostile> = list(json!([
        {"nbf": now + 6}, {"nbf": now + 3600}, {"nbf": i64::MAX}, {"nbf": "0"}, {"nbf": 1.5},
        {"iat": now + 6, "exp": now + 600}, {"iat": i64::MAX}, {"iat": i64::MIN}, {"iat": 1e10},
        {"exp": (now + 900).to_string()}, {"exp": 1e300}, {"exp": 1.5e9}, {"exp": i64::MAX}, {"exp": u64::MAX},
        {"exp": now + 901}, {"exp": now + 31_536_000}, {"exp": [now + 900]}, {"exp": true}, {"exp": "never"},
    ]))
    .into_iter()
    .map(|changes| hostile(format!("times {changes}"), forge.claims(changes)))
    .collect();
    for number in [
        "99999999999999999999999999",
        "-99999999999999999999999999",
        "1e999",
        "NaN",
        "Infinity",
        "0x7fffffff",
    ] {
        let text = with_null(&forge.claims, "exp").replacen("null", number, 1);
        all.push(hostile(
            format!("exp {number}"),
            signed(&forge.header.to_string(), &text),
        ));
    }
    for changes in list(json!([
        {"exp": now}, {"exp": 0}, {"exp": -1}, {"exp": i64::MIN}, {"iat": now - 901, "exp": now - 1},
    ])) {
        let expired = hostile(format!("over: {changes}"), forge.claims(changes));
        all.push(Hostile {
            code: "expired_token",
            ..expired
        });
    }
    all
}

fn no_claims_at_all(forge: &Forge) -> Vec<Hostile> {
    let claims = forge.claims.to_string();
    let in_order = json!([
        "secondarymarket",
        "secondarymarket",
        "hong_gd",
        1,
        1,
        "x",
        0,
        0,
        900,
        "access"
    ]);
    let texts = [
        ("in a list", json!([forge.claims]).to_string()),
        ("in order, without names", in_order.to_string()),
        ("null", "null".to_owned()),
        ("a text", "\"hong_gd\"".to_owned()),
        ("a number", "1".to_owned()),
        ("empty", String::new()),
        ("an empty object", "{}".to_owned()),
        ("cut off", claims.trim_end_matches('}').to_owned()),
        ("and more", format!("{claims}{{}}")),
        ("behind a mark of byte order", format!("\u{feff}{claims}")),
        (
            "beside a list of lists",
            format!("{{\"x\":{}{},{}", "[".repeat(600), "]".repeat(600), &claims[1..]),
        ),
        ("a list of lists without an end", "[".repeat(1_400)),
        ("half a surrogate", claims.replacen("hong_gd", "\\ud800", 1)),
    ];
    all(texts.map(|(name, text)| (format!("claims {name}"), signed(&forge.header.to_string(), &text))))
}

fn others(forge: &Forge, mine: &Tokens) -> Vec<Hostile> {
    let genuine = forge.genuine();
    let [head, _, signature] = split(&genuine);
    let (header, claims) = (forge.header.to_string(), forge.claims.to_string());
    let raw = [0xff, 0xfe, b'{', b'}'];
    vec![
        hostile("claims not UTF-8", signed_with(SECRET, header.as_bytes(), &raw)),
        hostile("header not UTF-8", signed_with(SECRET, &raw, claims.as_bytes())),
        hostile("not UTF-8", *b"\xff\xfe.\x80.\xc3\x28"),
        hostile("a refresh token", mine.refresh.clone()),
        hostile(
            "a refresh token as claims",
            format!("{head}.{}.{signature}", BASE64.encode(&mine.refresh)),
        ),
    ]
}
