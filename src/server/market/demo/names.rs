//! Names of companies that do not exist: invented stems with what companies really do.

use std::collections::HashSet;

use super::dice::Dice;

/// What a company is called.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub short: String,
    /// As in the register, without the kind of share.
    pub full: String,
    pub english: String,
    pub industry: &'static str,
}

/// As the exchange has it: longer names do not fit its columns.
pub(super) const LONGEST: usize = 14;

/// Syllables that begin a stem, with their Latin form.
const FIRST: &[(&str, &str)] = &[
    ("가", "Ga"),
    ("거", "Geo"),
    ("고", "Go"),
    ("구", "Gu"),
    ("나", "Na"),
    ("너", "Neo"),
    ("노", "No"),
    ("누", "Nu"),
    ("다", "Da"),
    ("더", "Deo"),
    ("도", "Do"),
    ("두", "Du"),
    ("라", "Ra"),
    ("로", "Ro"),
    ("루", "Ru"),
    ("마", "Ma"),
    ("모", "Mo"),
    ("무", "Mu"),
    ("바", "Ba"),
    ("보", "Bo"),
    ("부", "Bu"),
    ("사", "Sa"),
    ("소", "So"),
    ("수", "Su"),
    ("아", "A"),
    ("오", "O"),
    ("우", "U"),
    ("자", "Ja"),
    ("조", "Jo"),
    ("주", "Ju"),
    ("차", "Cha"),
    ("초", "Cho"),
    ("추", "Chu"),
    ("카", "Ka"),
    ("코", "Ko"),
    ("쿠", "Ku"),
    ("타", "Ta"),
    ("토", "To"),
    ("투", "Tu"),
    ("파", "Pa"),
    ("포", "Po"),
    ("푸", "Pu"),
    ("하", "Ha"),
    ("호", "Ho"),
    ("후", "Hu"),
];

/// Syllables that end a stem.
const SECOND: &[(&str, &str)] = &[
    ("율", "yul"),
    ("결", "gyeol"),
    ("찬", "chan"),
    ("빈", "bin"),
    ("담", "dam"),
    ("람", "ram"),
    ("린", "rin"),
    ("봄", "bom"),
    ("샘", "saem"),
    ("윤", "yun"),
    ("솔", "sol"),
    ("훈", "hun"),
    ("렴", "ryeom"),
    ("경", "gyeong"),
    ("벽", "byeok"),
    ("든", "deun"),
    ("명", "myeong"),
    ("섬", "seom"),
    ("흔", "heun"),
    ("녘", "nyeok"),
];

/// Letters of which no two together are a company that we know of, as they are spoken.
const LETTERS: &[(&str, &str)] = &[
    ("QB", "큐비"),
    ("QM", "큐엠"),
    ("QV", "큐브이"),
    ("VZ", "브이제트"),
    ("XJ", "엑스제이"),
    ("XQ", "엑스큐"),
    ("ZB", "제트비"),
    ("ZK", "제트케이"),
    ("ZV", "제트브이"),
    ("WZ", "더블유제트"),
    ("VQ", "브이큐"),
    ("JX", "제이엑스"),
];

/// What a company does: the end of its name, in English, and its industry.
type Trade = (&'static str, &'static str, &'static str);

/// What older and larger companies do.
const TRADITIONAL: &[Trade] = &[
    ("전자", "Electronics", "통신 및 방송 장비 제조업"),
    ("화학", "Chemical", "기초 화학물질 제조업"),
    ("건설", "Construction", "건물 건설업"),
    ("E&C", "E&C", "토목 건설업"),
    ("중공업", "Heavy Industries", "선박 및 보트 건조업"),
    ("제강", "Steel", "1차 철강 제조업"),
    ("금속", "Metal", "1차 비철금속 제조업"),
    ("기계", "Machinery", "일반 목적용 기계 제조업"),
    ("모터스", "Motors", "자동차용 엔진 및 자동차 제조업"),
    ("타이어", "Tire", "고무제품 제조업"),
    ("식품", "Foods", "기타 식품 제조업"),
    ("제과", "Confectionery", "곡물가공품, 전분 및 전분제품 제조업"),
    ("F&B", "F&B", "음료 제조업"),
    ("물산", "Trading", "상품 종합 도매업"),
    ("상사", "Corporation", "상품 종합 도매업"),
    ("섬유", "Textile", "섬유제품 제조업"),
    ("제지", "Paper", "펄프, 종이 및 판지 제조업"),
    ("시멘트", "Cement", "시멘트, 석회, 플라스터 제조업"),
    ("유리", "Glass", "유리 및 유리제품 제조업"),
    ("해운", "Shipping", "해상 운송업"),
    ("항공", "Airlines", "항공 여객 운송업"),
    ("물류", "Logistics", "도로 화물 운송업"),
    ("가스", "Gas", "연료용 가스 제조업"),
    ("에너지", "Energy", "전기업"),
    ("증권", "Securities", "금융 지원 서비스업"),
    ("화재", "Insurance", "보험업"),
    ("캐피탈", "Capital", "기타 금융업"),
    ("홀딩스", "Holdings", "기타 금융업"),
    ("지주", "Holdings Group", "기타 금융업"),
    ("리츠", "REIT", "부동산 임대 및 공급업"),
    ("백화점", "Department Store", "종합 소매업"),
    ("제약", "Pharmaceutical", "의약품 제조업"),
];

/// What younger ones do.
const VENTURE: &[Trade] = &[
    ("바이오", "Bio", "자연과학 및 공학 연구개발업"),
    ("제약", "Pharm", "의약품 제조업"),
    ("파마", "Pharma", "의약품 제조업"),
    ("셀", "Cell", "자연과학 및 공학 연구개발업"),
    ("메디칼", "Medical", "의료용 기기 제조업"),
    ("헬스케어", "Healthcare", "의료용 기기 제조업"),
    ("테크", "Tech", "특수 목적용 기계 제조업"),
    ("소프트", "Soft", "소프트웨어 개발 및 공급업"),
    ("시스템", "System", "컴퓨터 프로그래밍, 시스템 통합 및 관리업"),
    ("솔루션", "Solution", "소프트웨어 개발 및 공급업"),
    (
        "데이터",
        "Data",
        "자료처리, 호스팅, 포털 및 기타 인터넷 정보매개 서비스업",
    ),
    ("네트웍스", "Networks", "통신 및 방송 장비 제조업"),
    ("게임즈", "Games", "소프트웨어 개발 및 공급업"),
    ("엔터", "Entertainment", "영화, 비디오물, 방송프로그램 제작 및 배급업"),
    ("스튜디오", "Studio", "영화, 비디오물, 방송프로그램 제작 및 배급업"),
    ("미디어", "Media", "텔레비전 방송업"),
    ("로보틱스", "Robotics", "특수 목적용 기계 제조업"),
    ("반도체", "Semiconductor", "반도체 제조업"),
    ("칩스", "Chips", "반도체 제조업"),
    ("머티리얼", "Material", "기타 화학제품 제조업"),
    ("디스플레이", "Display", "전자부품 제조업"),
    ("전지", "Battery", "일차전지 및 이차전지 제조업"),
    ("정밀", "Precision", "측정, 시험, 항해, 제어 및 기타 정밀기기 제조업"),
    ("광학", "Optics", "사진장비 및 광학기기 제조업"),
    ("모빌리티", "Mobility", "자동차 신품 부품 제조업"),
    ("오토", "Auto", "자동차 신품 부품 제조업"),
    ("산업", "Industrial", "플라스틱제품 제조업"),
    ("코스메틱", "Cosmetics", "기타 화학제품 제조업"),
    ("푸드", "Food", "기타 식품 제조업"),
    ("팜", "Farm", "작물 재배업"),
    ("에듀", "Edu", "일반 교습 학원"),
    ("우주", "Space", "항공기, 우주선 및 부품 제조업"),
];

/// Gives every company a name of its own.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A company; the traditional ones have the traditional trades.
    pub fn company(&mut self, dice: &mut Dice, traditional: bool) -> Name {
        let trades = if traditional { TRADITIONAL } else { VENTURE };
        loop {
            let Some(&(trade, english, industry)) = dice.pick(trades) else {
                continue;
            };
            let (stem, spoken, latin) = if dice.per_mille(90) {
                let Some(&(letters, spoken)) = dice.pick(LETTERS) else {
                    continue;
                };
                (letters.to_owned(), spoken.to_owned(), letters.to_owned())
            } else {
                stem(dice)
            };
            let name = Name {
                short: format!("{stem}{trade}"),
                full: format!("{spoken}{}", spoken_trade(trade)),
                english: format!("{latin} {english}"),
                industry,
            };
            if self.take(&name.short) {
                return name;
            }
        }
    }

    /// A special purpose acquisition company.
    pub fn spac(&mut self, dice: &mut Dice) -> Name {
        loop {
            let (stem, _, latin) = stem(dice);
            let number = dice.between(1, 12);
            let name = Name {
                short: format!("{stem}스팩{number}호"),
                full: format!("{stem}제{number}호기업인수목적"),
                english: format!("{latin} SPAC {number}"),
                industry: "금융 지원 서비스업",
            };
            if self.take(&name.short) {
                return name;
            }
        }
    }

    /// Takes a name if nobody has it and it is short enough.
    pub fn take(&mut self, name: &str) -> bool {
        name.chars().count() <= LONGEST && self.taken.insert(name.to_owned())
    }
}

/// The stem as written, as spoken, and in Latin letters.
fn stem(dice: &mut Dice) -> (String, String, String) {
    let first = dice.pick(FIRST).copied().unwrap_or_default();
    let second = dice.pick(SECOND).copied().unwrap_or_default();
    let hangul = format!("{}{}", first.0, second.0);
    (hangul.clone(), hangul, format!("{}{}", first.1, second.1))
}

fn spoken_trade(trade: &str) -> &str {
    match trade {
        "E&C" => "이앤씨",
        "F&B" => "에프앤비",
        other => other,
    }
}
