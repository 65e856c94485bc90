//! `FinanceDataReader`'s listing, as its cache publishes it and as `StockListing('KRX')` returns it.

use crate::model::market::{Board, Segment};

use super::form::{Column, Field, Form, optional, required};

pub(super) const FORM: Form = Form {
    title: "FinanceDataReader listing (Code,ISU_CD,Name,Market,...,Marcap,Stocks,MarketId)",
    columns: COLUMNS,
    market: |name| match name {
        "KOSDAQ GLOBAL" => Some((Board::Kosdaq, Some(Segment::Global))),
        other => Board::parse(other).map(|board| (board, None)),
    },
};

const COLUMNS: &[Column] = &[
    required(Field::Code, &["Code"]),
    required(Field::Isin, &["ISU_CD"]),
    required(Field::Name, &["Name"]),
    required(Field::Market, &["Market"]),
    optional(Field::Dept, &["Dept"]),
    required(Field::Close, &["Close"]),
    optional(Field::ChangeCode, &["ChangeCode"]),
    required(Field::Change, &["Changes"]),
    // The origin's own spelling came first; some files have both columns, each half empty.
    required(Field::ChangesRatio, &["ChagesRatio", "ChangesRatio"]),
    required(Field::Open, &["Open"]),
    required(Field::High, &["High"]),
    required(Field::Low, &["Low"]),
    required(Field::Volume, &["Volume"]),
    required(Field::Amount, &["Amount"]),
    required(Field::Marcap, &["Marcap"]),
    required(Field::Shares, &["Stocks"]),
    optional(Field::AsOf, &["Date"]),
];
