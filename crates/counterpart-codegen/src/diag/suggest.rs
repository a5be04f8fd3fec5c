//! "Did you mean": the candidate that is closest to a word that matched nothing.

/// The candidate that a person most likely meant by `word`, if any is close.
///
/// ```
/// # use counterpart_codegen::diag::closest;
/// assert_eq!(closest("/thread", ["/threads", "/assistants"]), Some("/threads"));
/// assert_eq!(closest("colour", ["/threads", "/assistants"]), None);
/// ```
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = fold(word);
    // A third of the letters may be wrong; in a short word, one.
    let limit = (word.len() / 3).max(1);
    candidates
        .into_iter()
        // Lengths that differ by more than the limit cannot be close, and the check keeps
        // a huge candidate from costing anything.
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= limit * 4)
        .map(|candidate| (distance(&word, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letters without case and without the separators that spellings differ in.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .filter(|letter| !matches!(letter, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .take(200)
        .collect()
}

/// How many letters must be added, left out, exchanged or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_finger_is_forgiven() {
        let keys = ["target", "update", "remove", "description"];
        assert_eq!(closest("updaet", keys), Some("update"));
        assert_eq!(closest("Target", keys), Some("target"));
        assert_eq!(closest("remov", keys), Some("remove"));
    }

    #[test]
    fn separators_do_not_count() {
        assert_eq!(closest("created_at", ["createdAt"]), Some("createdAt"));
    }

    #[test]
    fn what_is_far_is_not_suggested() {
        assert_eq!(closest("get", ["put", "post"]), None);
        assert_eq!(closest("", ["update"]), None);
    }

    #[test]
    fn the_closest_wins() {
        let paths = ["/threads/{id}", "/threads"];
        assert_eq!(closest("/thread", paths), Some("/threads"));
    }
}
