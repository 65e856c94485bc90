//! What the tests of the market share: rows of our own, and the real files where they are.

use std::path::Path;

use crate::server::{
    market::sources::Content,
    store::{daily_bars::Listed, imports::Row},
};

/// A file of `../shared/krx`, which is test material that the project does not hold. `None`, and
/// a line that says so, where it is absent.
pub(super) fn shared_file(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/krx").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is not there", path.display());
    }
    bytes
}

/// The header of the joined listing, as far as it is needed.
pub(super) const HEADER: &str = "code,isin,name,name_full,name_en,market,segment,dept,\
    close,change_code,change,change_pct,open,high,low,volume,amount,marcap,shares\n";

/// Twelve issues of our own in that form: three boards, a GLOBAL one, preferred shares, letters
/// in codes and names, a halted one, both limits, and equal market capitalisations.
pub(super) const ROWS: [&str; 12] = [
    "800010,KR7800010001,가율전자,가율전자보통주,Gayul Electronics,KOSPI,,,70000,2,-500,-0.71,70500,71000,69800,1000000,70200000000,7000000000000,100000000\n",
    "800015,KR7800011009,가율전자우,가율전자1우선주,Gayul Electronics(1P),KOSPI,,,50000,1,500,1.01,49500,50200,49400,20000,998000000,500000000000,10000000\n",
    "800020,KR7800020000,QV전자,큐브이전자보통주,QV Electronics,KOSPI,,,1000,3,0,0.00,1000,1010,990,5000,5000000,100000000000,100000000\n",
    "800030,KR7800030009,다명E&C,다명이앤씨보통주,Damyeong E&C,KOSPI,,,1300,4,300,30.00,1000,1300,1000,900000,1100000000,13000000000,10000000\n",
    "800040,KR7800040008,하솔바이오,하솔바이오보통주,Hasol Bio,KOSDAQ,GLOBAL,우량기업부,90000,1,2700,3.09,88000,91000,87500,300000,26900000000,4500000000000,50000000\n",
    "800050,KR7800050007,차린게임즈,차린게임즈보통주,Charin Games,KOSDAQ,,벤처기업부,12340,2,-10,-0.08,12350,12400,12200,40000,492000000,123400000000,10000000\n",
    "8000A0,KR78000A0005,모경로보틱스,모경로보틱스보통주,Mogyeong Robotics,KOSDAQ,,기술성장기업부,7000,5,-3000,-30.00,9500,9500,7000,800000,6000000000,70000000000,10000000\n",
    "800060,KR7800060006,누훈셀,,,KOSDAQ,,관리종목(소속부없음),500,0,0,0.0,0,0,0,0,0,5000000000,10000000\n",
    "800070,KR7800070005,보담테크,보담테크보통주,Bodam Tech,KOSDAQ,,중견기업부,5000,1,5,0.1,4995,5010,4990,1000,5000000,100000000000,20000000\n",
    "80008K,KR7800081002,주봄제약3우C,주봄제약3우선주,Jubom Pharm(3P),KOSPI,,,25000,1,1000,4.17,24000,25500,24000,3000,75000000,2500000000,100000\n",
    "800090,KR7800090003,파섬푸드,파섬푸드보통주,Paseom Food,KONEX,,일반기업부,3000,1,150,5.26,2900,3000,2850,100,295000,3000000000,1000000\n",
    "800100,KR7800100000,소빈팜,소빈팜보통주,Sobin Farm,KONEX,,일반기업부,1500,3,0,0.0,1500,1500,1500,1,1500,1500000000,1000000\n",
];

/// All of them as a file.
pub(super) fn file() -> String {
    format!("{HEADER}{}", ROWS.concat())
}

/// The rows of a day's market.
pub(super) fn market_rows(bytes: &[u8]) -> Vec<Row> {
    match super::sources::parse(bytes, None).unwrap().content {
        Content::Market { rows, .. } => rows,
        other => panic!("no market: {} rows of something else", other.len()),
    }
}

/// The same issues as the database gives them.
pub(super) fn listed() -> Vec<Listed> {
    let rows = market_rows(file().as_bytes());
    rows.into_iter().map(listed_row).collect()
}

/// A row of a file as the database gives it.
pub(super) fn listed_row(row: Row) -> Listed {
    let issue = &row.instrument;
    Listed {
        name_full: issue.name_full.clone(),
        name_en: issue.name_en.clone(),
        listing: row.bar.listing_of(row.instrument),
    }
}
