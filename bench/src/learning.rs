//! What the rules of learning are worth, by learners that are made up: when patterns are due, compared with other
//! schedulers, and which snippet is chosen, compared with chance and with the author's order.
//!
//! At the end of the horizon it matters where the last long intervals of a scheduler happen to fall, since all learners
//! begin alike; that is why retention is also given for all days.
//!
//! No clock and no ambient randomness: it prints the same each time.

mod choice;

use bugdrill_model::{
    calendar::{Calendar, Day},
    memory::{self, Review},
    rating::Rating,
};

use crate::statistics::{head, row};

/// Prints both tables.
pub(crate) fn run() {
    scheduling();
    choice::run();
}

/// `SplitMix64`, whose numbers follow from its seed.
struct Random(u64);

impl Random {
    /// Another sequence for each of the two numbers.
    fn of(one: u64, other: u64) -> Self {
        let mut seeds = Self(one);
        Self(seeds.next() ^ other.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0, below 1.
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Normal, with mean 0 and deviation 1 (Box and Muller).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// One of so many.
    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values.into_iter().fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

fn first_day() -> Day {
    Calendar::of(None).day("2026-01-15T12:00:00Z".parse().expect("it is a date"))
}

const LEARNERS: u64 = 300;
const PATTERNS: u32 = 32;
const HORIZON: u32 = 180;
const MEASURED: usize = 30;

/// Who says when a pattern is due again: the product, SM-2 (P. Woźniak, 1990) with its intervals multiplied by this, or
/// every so many days.
#[derive(Clone, Copy)]
enum Scheduler {
    Fsrs,
    Sm2(f64),
    Fixed(f64),
}

/// A learner's pattern: what is true of it, and what the scheduler keeps.
struct Card {
    /// After how many days it is recalled with 90 %.
    stability: f64,
    /// How much a review is worth.
    growth: f64,
    reviewed_on: u32,
    due_on: u32,
    log: Vec<Review>,
    /// SM-2's: successes in a row, the last interval before it is multiplied, and the ease.
    sm2: (usize, f64, f64),
    luck: Random,
}

impl Card {
    fn of(learner: u64, pattern: u32) -> Self {
        let mut luck = Random::of(learner, u64::from(pattern) + 1);
        let stability = 2.5 * (0.8 * luck.normal()).exp();
        let growth = (8.0 + 4.0 * Random::of(learner, 0).uniform()) * (0.5 * luck.normal()).exp();
        Self { stability, growth, reviewed_on: 0, due_on: u32::MAX, log: Vec::new(), sm2: (0, 0.0, 2.5), luck }
    }

    /// How likely it is recalled: a hyperbola, which is not the curve of FSRS-6.
    fn recall(&self, today: u32) -> f64 {
        1.0 / (1.0 + f64::from(today - self.reviewed_on) / (9.0 * self.stability))
    }

    fn review(&mut self, today: u32, scheduler: Scheduler) {
        let (luck, ease, fraction) = (self.luck.uniform(), self.luck.uniform(), self.luck.uniform());
        let rating = if self.log.is_empty() {
            // What was forgotten soon was more often not solved: about three of ten are given up.
            let impression = (self.stability / 2.5).ln() / 0.8 + self.luck.normal();
            if impression < -0.75 { Rating::Again } else { Rating::Good }
        } else {
            let recall = self.recall(today);
            if luck >= recall {
                self.stability = (0.3 * self.stability.powf(0.7)).max(0.5);
                Rating::Again
            } else {
                self.stability *= 1.0 + self.growth * (1.0 - recall) * self.stability.powf(-0.15);
                if recall >= 0.9 && ease < 0.2 { Rating::Easy } else { Rating::Good }
            }
        };
        self.log.push(Review { rating, on: first_day().plus(today) });
        self.reviewed_on = today;
        // Fractions of days by lot, so that the number of reviews changes smoothly with the factor.
        let whole = |days: f64| (1..HORIZON).find(|day| f64::from(*day) + 1.0 > days + fraction).unwrap_or(HORIZON);
        let days = match scheduler {
            Scheduler::Fsrs => {
                let memory = memory::Scheduler::default().after(self.log.iter().copied()).expect("there is a review");
                memory.due_on.since(memory.reviewed_on)
            }
            Scheduler::Sm2(factor) => whole(factor * self.interval_of_sm2(rating)),
            Scheduler::Fixed(days) => whole(days),
        };
        self.due_on = today + days;
    }

    fn interval_of_sm2(&mut self, rating: Rating) -> f64 {
        let (successes, interval, ease) = self.sm2;
        self.sm2 = if rating == Rating::Again {
            // Quality 2: from the beginning, with the same ease.
            (0, 1.0, ease)
        } else {
            // Quality 5 makes it easier, quality 4 changes nothing: it never falls to the least ease of 1.3.
            let ease = if rating == Rating::Easy { ease + 0.1 } else { ease };
            (successes + 1, [1.0, 6.0].get(successes).copied().unwrap_or(interval * ease), ease)
        };
        self.sm2.1
    }
}

/// How many reviews a learner made, without the first ones, the mean recall at the end, and that since all was new.
fn learn(learner: u64, scheduler: Scheduler, budget: Option<usize>) -> [f64; 3] {
    let mut cards: Vec<Card> = (0..PATTERNS).map(|pattern| Card::of(learner, pattern)).collect();
    let (mut reviews, mut recalls) = (0.0, Vec::new());
    for today in 0..HORIZON {
        if today >= PATTERNS {
            recalls.push(mean(cards.iter().map(|card| card.recall(today))));
        }
        let mut due: Vec<&mut Card> = cards.iter_mut().filter(|card| card.due_on <= today).collect();
        due.sort_by_key(|card| card.due_on);
        for card in due.into_iter().take(budget.unwrap_or(usize::MAX)) {
            card.review(today, scheduler);
            reviews += 1.0;
        }
        if let Some(new) = cards.get_mut(today as usize) {
            new.review(today, scheduler);
        }
    }
    [reviews, mean(recalls.iter().rev().take(MEASURED).copied()), mean(recalls.iter().copied())]
}

fn all_learn(scheduler: Scheduler, budget: Option<usize>) -> Vec<[f64; 3]> {
    (0..LEARNERS).map(|learner| learn(learner, scheduler, budget)).collect()
}

fn means(outcomes: &[[f64; 3]]) -> [f64; 3] {
    [0, 1, 2].map(|index| mean(outcomes.iter().map(|outcome| outcome[index])))
}

/// For which argument a falling function is within 0.5 % of the aim, by bisection; the last one tried when none is.
fn argument_for(aim: f64, mut low: f64, mut high: f64, falling: impl Fn(f64) -> f64) -> f64 {
    let mut middle = (low * high).sqrt();
    for _ in 0..20 {
        let value = falling(middle);
        if (value / aim - 1.0).abs() < 0.005 {
            break;
        }
        *(if value > aim { &mut low } else { &mut high }) = middle;
        middle = (low * high).sqrt();
    }
    middle
}

fn scheduling() {
    let total = |scheduler| means(&all_learn(scheduler, None))[0];
    let aim = total(Scheduler::Fsrs);
    let factor = argument_for(aim, 0.1, 10.0, |factor| total(Scheduler::Sm2(factor)));
    let every = argument_for(aim, 1.0, 100.0, |days| total(Scheduler::Fixed(days)));
    println!(
        "Scheduling: {LEARNERS} learners, {PATTERNS} patterns, {HORIZON} days. Retention is the mean recall of the last \
         {MEASURED} days, and of all since nothing is new. Differences are to SM-2 × {factor:.2}, which without a budget \
         makes as many reviews as FSRS-6; ± is the standard error over learners.\n"
    );
    let of_both = ["to SM-2", "forgetting to SM-2"];
    head(&[&["reviews a day", "scheduler", "reviews", "retention"][..], &of_both, &["all days"], &of_both].concat());
    for budget in [None, Some(1), Some(2), Some(4), Some(8)] {
        let rival = all_learn(Scheduler::Sm2(factor), budget);
        let schedulers = [
            ("FSRS-6".to_owned(), Scheduler::Fsrs),
            (format!("SM-2 × {factor:.2}"), Scheduler::Sm2(factor)),
            ("SM-2".to_owned(), Scheduler::Sm2(1.0)),
            (format!("every {every:.1} days"), Scheduler::Fixed(every)),
        ];
        for (name, scheduler) in schedulers {
            let outcomes = all_learn(scheduler, budget);
            let (found, base) = (means(&outcomes), means(&rival));
            let budget = budget.map_or("any".to_owned(), |budget| format!("≤ {budget}"));
            let mut cells = vec![budget, name, format!("{:.0}", found[0])];
            for index in [1, 2] {
                let (found, base) = (found[index], base[index]);
                let differences = outcomes.iter().zip(&rival).map(|(one, other)| one[index] - other[index]);
                let variance = mean(differences.map(|difference| (difference - found + base).powi(2)));
                let error = (variance / LEARNERS as f64).sqrt() / base;
                cells.push(format!("{:.1} %", 100.0 * found));
                cells.push(format!("{:+.1} % ± {:.1}", 100.0 * (found / base - 1.0), 100.0 * error));
                cells.push(format!("{:+.1} %", 100.0 * ((1.0 - found) / (1.0 - base) - 1.0)));
            }
            row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    println!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_has_the_moments_that_it_claims() {
        let mut random = Random::of(1, 2);
        let normal: Vec<f64> = (0..20_000).map(|_| random.normal()).collect();
        assert!(mean(normal.iter().copied()).abs() < 0.03);
        assert!((mean(normal.iter().map(|value| value * value)) - 1.0).abs() < 0.04);
        assert!((mean((0..20_000).map(|_| random.uniform())) - 0.5).abs() < 0.01);
    }

    #[test]
    fn bisection_reaches_its_aim() {
        let found = argument_for(50.0, 0.1, 100.0, |days| 180.0 / days);
        assert!((180.0 / found / 50.0 - 1.0).abs() < 0.005, "{found}");
    }

    #[test]
    fn sm2_has_the_published_intervals() {
        let mut card = Card::of(0, 0);
        let ratings = [Rating::Good, Rating::Good, Rating::Good, Rating::Again, Rating::Good, Rating::Good];
        let intervals = ratings.map(|rating| format!("{:.1}", card.interval_of_sm2(rating)));
        assert_eq!(intervals, ["1.0", "6.0", "15.0", "1.0", "1.0", "6.0"]);
    }
}
