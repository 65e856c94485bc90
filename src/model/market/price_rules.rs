//! What prices are possible: ticks and the limits of a day.

use super::Board;

/// The step in which a price moves (since 2023-01-25, on all three boards).
#[must_use]
pub const fn tick(price: i64) -> i64 {
    match price {
        ..2_000 => 1,
        2_000..5_000 => 5,
        5_000..20_000 => 10,
        20_000..50_000 => 50,
        50_000..200_000 => 100,
        200_000..500_000 => 500,
        500_000.. => 1_000,
    }
}

/// The highest price on a tick that is not above.
#[must_use]
pub const fn floor_to_tick(price: i64) -> i64 {
    price - price % tick(price)
}

/// The lowest and the highest price of a day: 30 % from the base price, 15 % on KONEX.
#[must_use]
pub const fn limits(base: i64, board: Board) -> (i64, i64) {
    let percent = match board {
        Board::Kospi | Board::Kosdaq => 30,
        Board::Konex => 15,
    };
    // The range is cut to the base's own tick, the price at its end to the tick there.
    let step = tick(base);
    let range = base.saturating_mul(percent) / 100;
    let lower = base - (range - range % step);
    (lower, floor_to_tick(base.saturating_mul(100 + percent) / 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_stand_on_ticks() {
        assert_eq!(floor_to_tick(1_999), 1_999);
        assert_eq!(floor_to_tick(4_999), 4_995);
        assert_eq!(floor_to_tick(199_999), 199_900);
        assert_eq!(floor_to_tick(1_234_567), 1_234_000);
    }

    #[test]
    fn a_day_moves_thirty_percent_at_most() {
        assert_eq!(limits(1_000, Board::Kospi), (700, 1_300));
        assert_eq!(limits(10_000, Board::Konex), (8_500, 11_500));
        // 1,537 * 1.3 = 1,998.1; 1,545 * 1.3 = 2,008.5 goes down to the wider tick.
        assert_eq!(limits(1_537, Board::Kosdaq).1, 1_998);
        assert_eq!(limits(1_545, Board::Kosdaq).1, 2_005);
    }
}
