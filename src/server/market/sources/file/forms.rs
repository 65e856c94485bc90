//! The forms of files that are understood, each by its columns.

use super::form::{Field, Form, Numbers, Rows, optional, required};

/// In this order; of two that fit, the first counts.
pub(super) static ALL: [&Form; 13] = [
    &JOINED,
    &FDR_LISTING,
    &KRX_DAY,
    &KRX_DAY_DOWNLOAD,
    &KRX_BASE,
    &KRX_BASE_DOWNLOAD,
    &KRX_ISSUE_HISTORY,
    &KRX_INDEX,
    &KIND_COMPANIES,
    &FDR_DESC,
    &FDR_DELISTINGS,
    &BARS,
    &INDEX,
];

/// The names of the forms, without their columns.
pub(super) fn titles() -> String {
    let name = |form: &Form| form.title.split(" (").next().unwrap_or_default();
    ALL.map(name).join("; ")
}

static JOINED: Form = Form {
    title: "joined KRX listing (code,isin,name,market,...,marcap,shares)",
    rows: Rows::Market,
    numbers: Numbers::Plain,
    never: &[],
    columns: &[
        required(Field::Code, &["code"]),
        required(Field::Isin, &["isin"]),
        required(Field::Name, &["name"]),
        optional(Field::NameFull, &["name_full"]),
        optional(Field::NameEn, &["name_en"]),
        required(Field::Market, &["market"]),
        optional(Field::Segment, &["segment"]),
        optional(Field::Dept, &["dept"]),
        optional(Field::SecuGroup, &["secu_group"]),
        optional(Field::ShareKind, &["share_kind"]),
        optional(Field::ParValue, &["par_value"]),
        optional(Field::ListedOn, &["listing_date"]),
        optional(Field::Industry, &["industry"]),
        optional(Field::Products, &["products"]),
        optional(Field::SettleMonth, &["settle_month"]),
        optional(Field::Homepage, &["homepage"]),
        optional(Field::Region, &["region"]),
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
        optional(Field::Day, &["as_of", "date"]),
    ],
};

/// As its cache publishes it and as `StockListing('KRX')` returns it.
pub(in crate::server::market) static FDR_LISTING: Form = Form {
    title: "FinanceDataReader listing (Code,ISU_CD,Name,Market,...,Marcap,Stocks,MarketId)",
    rows: Rows::Market,
    numbers: Numbers::Plain,
    never: &[],
    columns: &[
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
        optional(Field::Day, &["Date"]),
    ],
};

/// What all tables of the exchange with a day's figures have.
macro_rules! exchange_day {
    ($($first:expr),+ $(,)?) => {
        &[
            $($first,)+
            required(Field::Close, &["TDD_CLSPRC"]),
            optional(Field::ChangeCode, &["FLUC_TP_CD"]),
            required(Field::Change, &["CMPPREVDD_PRC"]),
            required(Field::ChangesRatio, &["FLUC_RT"]),
            required(Field::Open, &["TDD_OPNPRC"]),
            required(Field::High, &["TDD_HGPRC"]),
            required(Field::Low, &["TDD_LWPRC"]),
            required(Field::Volume, &["ACC_TRDVOL"]),
            required(Field::Amount, &["ACC_TRDVAL"]),
            required(Field::Marcap, &["MKTCAP"]),
            required(Field::Shares, &["LIST_SHRS"]),
        ]
    };
}

static KRX_DAY: Form = Form {
    title: "KRX all issues, MDCSTAT01501 as JSON (ISU_SRT_CD,ISU_CD,ISU_ABBRV,MKT_NM,TDD_CLSPRC,...)",
    rows: Rows::Market,
    numbers: Numbers::Exchange,
    never: &[],
    columns: exchange_day![
        required(Field::Code, &["ISU_SRT_CD"]),
        required(Field::Isin, &["ISU_CD"]),
        required(Field::Name, &["ISU_ABBRV"]),
        required(Field::Market, &["MKT_NM"]),
        optional(Field::Dept, &["SECT_TP_NM"]),
    ],
};

/// The Open API's table of a day, after its adapter has told code from ISIN.
pub(in crate::server::market) static OPEN_API_DAY: Form = Form {
    title: "KRX Open API, daily trading (ISU_CD,ISU_NM,MKT_NM,TDD_CLSPRC,...)",
    rows: Rows::Market,
    numbers: Numbers::Exchange,
    never: &[],
    columns: exchange_day![
        required(Field::Code, &["ISU_SRT_CD"]),
        required(Field::Isin, &["ISU_CD"]),
        required(Field::Name, &["ISU_NM"]),
        required(Field::Market, &["MKT_NM"]),
        optional(Field::Dept, &["SECT_TP_NM"]),
        optional(Field::Day, &["BAS_DD"]),
    ],
};

static KRX_ISSUE_HISTORY: Form = Form {
    title: "KRX one issue by day, MDCSTAT01701 as JSON (TRD_DD,TDD_CLSPRC,...)",
    rows: Rows::History,
    numbers: Numbers::Exchange,
    never: &["ISU_CD"],
    columns: exchange_day![required(Field::Day, &["TRD_DD"])],
};

/// The download of 전종목 시세. It has no ISIN.
static KRX_DAY_DOWNLOAD: Form = Form {
    title: "KRX download 전종목 시세 (종목코드,종목명,시장구분,소속부,종가,...)",
    rows: Rows::Market,
    numbers: Numbers::Exchange,
    never: &[],
    columns: &[
        required(Field::Code, &["종목코드"]),
        required(Field::Name, &["종목명"]),
        required(Field::Market, &["시장구분"]),
        optional(Field::Dept, &["소속부"]),
        required(Field::Close, &["종가"]),
        required(Field::Change, &["대비"]),
        required(Field::ChangesRatio, &["등락률"]),
        required(Field::Open, &["시가"]),
        required(Field::High, &["고가"]),
        required(Field::Low, &["저가"]),
        required(Field::Volume, &["거래량"]),
        required(Field::Amount, &["거래대금"]),
        required(Field::Marcap, &["시가총액"]),
        required(Field::Shares, &["상장주식수"]),
        optional(Field::Day, &["일자"]),
    ],
};

/// Also the Open API's tables of base information.
pub(in crate::server::market) static KRX_BASE: Form = Form {
    title: "KRX base information, MDCSTAT01901 as JSON (ISU_CD,ISU_SRT_CD,ISU_NM,LIST_DD,PARVAL,...)",
    rows: Rows::Master,
    numbers: Numbers::Exchange,
    never: &[],
    columns: &[
        required(Field::Code, &["ISU_SRT_CD"]),
        required(Field::Isin, &["ISU_CD"]),
        required(Field::NameFull, &["ISU_NM"]),
        optional(Field::Name, &["ISU_ABBRV"]),
        optional(Field::NameEn, &["ISU_ENG_NM"]),
        required(Field::ListedOn, &["LIST_DD"]),
        optional(Field::SecuGroup, &["SECUGRP_NM"]),
        optional(Field::ShareKind, &["KIND_STKCERT_TP_NM"]),
        required(Field::ParValue, &["PARVAL"]),
    ],
};

static KRX_BASE_DOWNLOAD: Form = Form {
    title: "KRX download 전종목 기본정보 (표준코드,단축코드,한글 종목명,상장일,액면가,...)",
    rows: Rows::Master,
    numbers: Numbers::Exchange,
    never: &[],
    columns: &[
        required(Field::Code, &["단축코드"]),
        required(Field::Isin, &["표준코드"]),
        required(Field::NameFull, &["한글 종목명"]),
        optional(Field::Name, &["한글 종목약명"]),
        optional(Field::NameEn, &["영문 종목명"]),
        required(Field::ListedOn, &["상장일"]),
        optional(Field::SecuGroup, &["증권구분"]),
        optional(Field::ShareKind, &["주식종류"]),
        required(Field::ParValue, &["액면가"]),
    ],
};

/// What names of persons it has are not looked at.
static KIND_COMPANIES: Form = Form {
    title: "KIND corpList as HTML (회사명,종목코드,업종,주요제품,상장일,결산월,...)",
    rows: Rows::Master,
    numbers: Numbers::Plain,
    never: &[],
    columns: &[
        required(Field::Name, &["회사명"]),
        required(Field::Code, &["종목코드"]),
        required(Field::Industry, &["업종"]),
        optional(Field::Products, &["주요제품"]),
        required(Field::ListedOn, &["상장일"]),
        optional(Field::SettleMonth, &["결산월"]),
        optional(Field::Homepage, &["홈페이지"]),
        optional(Field::Region, &["지역"]),
    ],
};

/// `Sector` is the department in the cache and the industry elsewhere: it is not looked at.
static FDR_DESC: Form = Form {
    title: "FinanceDataReader KRX-DESC (Code,Name,Market,Sector,Industry,Products,ListingDate,...)",
    rows: Rows::Master,
    numbers: Numbers::Plain,
    never: &[],
    columns: &[
        required(Field::Code, &["Code"]),
        required(Field::Name, &["Name"]),
        required(Field::Industry, &["Industry"]),
        required(Field::Products, &["Products"]),
        required(Field::ListedOn, &["ListingDate"]),
        optional(Field::SettleMonth, &["SettleMonth"]),
        optional(Field::Homepage, &["HomePage"]),
        optional(Field::Region, &["Region"]),
    ],
};

static FDR_DELISTINGS: Form = Form {
    title: "FinanceDataReader KRX-DELISTING (Symbol,Name,Market,...,ListingDate,DelistingDate,Reason,...)",
    rows: Rows::Delistings,
    numbers: Numbers::Plain,
    never: &[],
    columns: &[
        required(Field::Code, &["Symbol"]),
        required(Field::Name, &["Name"]),
        required(Field::Market, &["Market"]),
        optional(Field::SecuGroup, &["SecuGroup"]),
        optional(Field::ShareKind, &["Kind"]),
        optional(Field::ListedOn, &["ListingDate"]),
        required(Field::DelistedOn, &["DelistingDate"]),
        optional(Field::Reason, &["Reason"]),
        optional(Field::Industry, &["Industry"]),
        optional(Field::ParValue, &["ParValue"]),
        optional(Field::Shares, &["ListingShares"]),
        optional(Field::SuccessorCode, &["ToSymbol"]),
        optional(Field::SuccessorName, &["ToName"]),
    ],
};

/// Many days of many issues, without their names.
static BARS: Form = Form {
    title: "daily bars (date,code,open,high,low,close,change,change_pct,volume,amount,marcap,shares)",
    rows: Rows::History,
    numbers: Numbers::Plain,
    never: &["isin", "name", "market"],
    columns: &[
        required(Field::Day, &["date"]),
        required(Field::Code, &["code"]),
        required(Field::Open, &["open"]),
        required(Field::High, &["high"]),
        required(Field::Low, &["low"]),
        required(Field::Close, &["close"]),
        required(Field::Change, &["change"]),
        required(Field::ChangesRatio, &["change_pct"]),
        optional(Field::ChangeCode, &["change_code"]),
        required(Field::Volume, &["volume"]),
        required(Field::Amount, &["amount"]),
        required(Field::Marcap, &["marcap"]),
        required(Field::Shares, &["shares"]),
    ],
};

static KRX_INDEX: Form = Form {
    title: "KRX one index by day, MDCSTAT00301 as JSON (TRD_DD,CLSPRC_IDX,PRV_DD_CMPR,...)",
    rows: Rows::Index,
    numbers: Numbers::Exchange,
    never: &[],
    columns: &[
        required(Field::Day, &["TRD_DD"]),
        required(Field::Close, &["CLSPRC_IDX"]),
        required(Field::Change, &["PRV_DD_CMPR"]),
        optional(Field::Open, &["OPNPRC_IDX"]),
        optional(Field::High, &["HGPRC_IDX"]),
        optional(Field::Low, &["LWPRC_IDX"]),
        optional(Field::Volume, &["ACC_TRDVOL"]),
        optional(Field::Amount, &["ACC_TRDVAL"]),
        optional(Field::Marcap, &["MKTCAP"]),
    ],
};

/// The Open API's table of a day: the indices of one family.
pub(in crate::server::market) static OPEN_API_INDEX: Form = Form {
    title: "KRX Open API, indices (BAS_DD,IDX_NM,CLSPRC_IDX,CMPPREVDD_IDX,...)",
    rows: Rows::Index,
    numbers: Numbers::Exchange,
    never: &[],
    columns: &[
        required(Field::Day, &["BAS_DD"]),
        required(Field::Code, &["IDX_NM"]),
        required(Field::Close, &["CLSPRC_IDX"]),
        required(Field::Change, &["CMPPREVDD_IDX"]),
        optional(Field::Open, &["OPNPRC_IDX"]),
        optional(Field::High, &["HGPRC_IDX"]),
        optional(Field::Low, &["LWPRC_IDX"]),
        optional(Field::Volume, &["ACC_TRDVOL"]),
        optional(Field::Amount, &["ACC_TRDVAL"]),
        optional(Field::Marcap, &["MKTCAP"]),
    ],
};

static INDEX: Form = Form {
    title: "index by day (Date,Close,Comp,...,Open,High,Low,Volume,Amount,MarCap)",
    rows: Rows::Index,
    numbers: Numbers::Plain,
    never: &[],
    columns: &[
        required(Field::Day, &["Date"]),
        required(Field::Close, &["Close"]),
        required(Field::Change, &["Comp"]),
        optional(Field::Open, &["Open"]),
        optional(Field::High, &["High"]),
        optional(Field::Low, &["Low"]),
        optional(Field::Volume, &["Volume"]),
        optional(Field::Amount, &["Amount"]),
        optional(Field::Marcap, &["MarCap"]),
    ],
};
