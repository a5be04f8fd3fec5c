//! Numbers.

use super::Misfit;
use super::scan::Scan;

/// A number as `serde_json` hands it on.
#[derive(Debug, PartialEq)]
pub(super) enum Number {
    Unsigned(u64),
    /// One below zero.
    Signed(i64),
    Float(f64),
}

/// How many digits fit into 64 bits, with or without a sign, whatever they are.
const FITTING: usize = 18;

/// Reads a number, whose sign or first digit is the next byte.
#[inline]
pub(super) fn read(scan: &mut Scan<'_>) -> Result<Number, Misfit> {
    let start = scan.place();
    let is_negative = scan.byte() == Some(b'-');
    if is_negative {
        scan.pass();
    }
    let first = scan.byte();
    let mut value = 0_u64;
    let digits = digits(scan, |digit| {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
    });
    let has_fraction = matches!(scan.byte(), Some(b'.' | b'e' | b'E'));
    if digits == 0 || (digits > 1 && first == Some(b'0')) {
        return Err(Misfit);
    }
    if scan.byte() == Some(b'.')
        && let Some(number) = short_fraction(scan, value, digits)
    {
        return Ok(Number::Float(if is_negative { -number } else { number }));
    }
    // There is no negative zero among whole numbers.
    if has_fraction || digits > FITTING || (is_negative && value == 0) {
        return uncommon(scan, start);
    }
    Ok(match is_negative {
        false => Number::Unsigned(value),
        true => Number::Signed(-(value as i64)),
    })
}

/// How many digits a float holds exactly, whatever they are.
const EXACT: usize = 15;

/// The powers of ten that this many digits after the point divide by, all of which a float holds exactly.
const POWERS: [f64; EXACT + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// Reads what is behind a number's whole digits, if that is a point and so few digits that dividing rounds only once.
/// Else, stays where it is.
#[inline(never)]
fn short_fraction(scan: &mut Scan<'_>, whole: u64, whole_digits: usize) -> Option<f64> {
    let start = scan.place();
    let mut value = whole;
    scan.pass();
    let digits = digits(scan, |digit| {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
    });
    let is_short = digits > 0 && whole_digits + digits <= EXACT;
    if !is_short || matches!(scan.byte(), Some(b'e' | b'E')) {
        scan.go_to(start);
        return None;
    }
    Some(value as f64 / POWERS[digits])
}

/// Goes past digits, and gives how many they were.
#[inline]
fn digits(scan: &mut Scan<'_>, mut each: impl FnMut(u8)) -> usize {
    let start = scan.place();
    while let Some(byte @ b'0'..=b'9') = scan.byte() {
        each(byte - b'0');
        scan.pass();
    }
    scan.place() - start
}

/// Reads a number whose whole digits have been read, and which may go on.
#[cold]
fn uncommon(scan: &mut Scan<'_>, start: usize) -> Result<Number, Misfit> {
    let whole = scan.since(start)?;
    if !matches!(scan.byte(), Some(b'.' | b'e' | b'E')) {
        if let Ok(value) = whole.parse() {
            return Ok(Number::Unsigned(value));
        }
        if let Ok(value @ ..0) = whole.parse() {
            return Ok(Number::Signed(value));
        }
    }
    if scan.byte() == Some(b'.') {
        scan.pass();
        some_digits(scan)?;
    }
    if let Some(b'e' | b'E') = scan.byte() {
        scan.pass();
        if let Some(b'+' | b'-') = scan.byte() {
            scan.pass();
        }
        some_digits(scan)?;
    }
    match scan.since(start)?.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Number::Float(value)),
        _ => Err(Misfit),
    }
}

fn some_digits(scan: &mut Scan<'_>) -> Result<(), Misfit> {
    match digits(scan, |_| {}) {
        0 => Err(Misfit),
        _ => Ok(()),
    }
}
