//! The page that puts issues side by side.

texts! {
    title: "종목 비교", "Compare stocks";
    menu: "비교", "Compare";
    add_label: "비교할 종목", "Stock to compare";
    add: "추가", "Add";
    full:
        "다섯 종목까지 비교할 수 있습니다. 다른 종목을 넣으려면 먼저 하나를 빼 주세요.",
        "You can compare up to five stocks. Remove one to add another.";
    chart: "비교 차트", "Comparison chart";
    range: "비교 기간", "Comparison period";
    help:
        "기간의 첫날을 100으로 놓고 견줍니다. 액면분할처럼 기준가가 바뀐 날은 기준가에 대한 등락으로 이어 갑니다.",
        "The first day of the period counts as 100. Where the base price changes, as in a split, lines follow the change against the base price.";
    issues: "비교하는 종목", "Compared stocks";
    of_range: "기간 등락률", "Change in period";
    remove_button: "빼기", "Remove";
    nothing_yet: "비교할 종목을 골라 주세요.", "Choose stocks to compare.";
    nothing_yet_help:
        "종목명이나 코드를 찾아 다섯 종목까지 한 차트에 놓을 수 있습니다. 주소를 저장하면 같은 비교를 다시 볼 수 있습니다.",
        "Search by name or code and put up to five stocks on one chart. Bookmark the address to see the same comparison again.";
    compare_largest: "시가총액 상위 종목 비교하기", "Compare the largest by market cap";
    compare_watched: "관심종목 비교하기", "Compare my watchlist";
    compare_this: "다른 종목과 비교", "Compare with others";

    /// A button that takes an issue out.
    remove(name: &str): "{name} 비교에서 빼기", "Remove {name} from the comparison";

    /// An issue whose line begins later than the range.
    begins_on(date: &str): "{date}부터", "from {date}";

    /// Codes of which no figures are known.
    unknown(codes: &str): "시세가 없는 종목 코드여서 뺐습니다: {codes}", "Left out, as there are no prices for these codes: {codes}";

    /// What the chart shows, for whoever does not see it.
    chart_in_words(names: &str, from: &str, to: &str):
        "{from}부터 {to}까지 {names}의 시세를 첫날 100으로 놓고 견준 차트. 기간 등락률은 아래 표에 있습니다.",
        "Chart of {names} from {from} to {to}, the first day counting as 100. The changes over the period are in the table below.";

    /// The values of a day, read aloud.
    values_in_words(values: &str): "첫날을 100으로 하여 {values}", "With the first day at 100: {values}";
}
