//! What kind of file it is, and its text, in whatever encoding it has.

use encoding_rs::EUC_KR;

use super::Fault;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Csv,
    Json,
    Html,
}

/// The file as text without its byte order mark, if it is text at all, and what it seems to be.
pub(super) fn read(bytes: &[u8]) -> Result<(Kind, String), Fault> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Fault::NotText("compressed (gzip)"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Fault::NotText("an archive or a spreadsheet (zip)"));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Fault::NotText("a spreadsheet (xls)"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let hint = " but UTF-16; save it as \"CSV UTF-8\"";
        return Err(Fault::NotUtf8 { line: 1, hint });
    }
    let text = decode(bytes)?;
    let kind = match text.trim_start().as_bytes().first() {
        None => return Err(Fault::Empty),
        Some(b'<') => Kind::Html,
        Some(b'{' | b'[') => Kind::Json,
        Some(_) => Kind::Csv,
    };
    Ok((kind, text))
}

/// UTF-8, or else the exchange's own encoding (CP949, of which EUC-KR is a part).
fn decode(bytes: &[u8]) -> Result<String, Fault> {
    let error = match str::from_utf8(bytes) {
        Ok(text) => return Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(error) => error,
    };
    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
    // Hangul in UTF-8 before the fault: it is UTF-8 with a broken place, and must not be read as
    // something else that happens to be possible.
    let is_utf8 = str::from_utf8(before).is_ok_and(|text| text.contains(|c| matches!(c, '\u{feff}' | '가'..='힣')));
    if !is_utf8 && let Some(text) = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    Err(Fault::NotUtf8 {
        line: newlines(before) + 1,
        hint: ", nor is it EUC-KR (CP949) as a whole",
    })
}

pub(super) fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}
