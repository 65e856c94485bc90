//! The joined listing (`krx_listing_*.csv`): master data and one trading day of every issue.

use crate::model::market::{Board, Segment};

use super::form::{Column, Field, Form, optional, required};

pub(super) const FORM: Form = Form {
    title: "joined KRX listing (code,isin,name,market,...,marcap,shares)",
    columns: COLUMNS,
    market: |name| Board::parse(name).map(|board| (board, None::<Segment>)),
};

const COLUMNS: &[Column] = &[
    required(Field::Code, &["code"]),
    required(Field::Isin, &["isin"]),
    required(Field::Name, &["name"]),
    optional(Field::NameFull, &["name_full"]),
    optional(Field::NameEn, &["name_en"]),
    required(Field::Market, &["market"]),
    optional(Field::Segment, &["segment"]),
    optional(Field::Dept, &["dept"]),
    optional(Field::ShareKind, &["share_kind"]),
    optional(Field::ParValue, &["par_value"]),
    optional(Field::ListedOn, &["listing_date"]),
    optional(Field::Industry, &["industry"]),
    required(Field::Close, &["close"]),
    optional(Field::ChangeCode, &["change_code"]),
    required(Field::Change, &["change"]),
    required(Field::ChangesRatio, &["change_pct"]),
    required(Field::Open, &["open"]),
    required(Field::High, &["high"]),
    required(Field::Low, &["low"]),
    required(Field::Volume, &["volume"]),
    required(Field::Amount, &["amount"]),
    required(Field::Marcap, &["marcap"]),
    required(Field::Shares, &["shares"]),
    optional(Field::AsOf, &["as_of", "date"]),
];
