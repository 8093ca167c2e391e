//! The pictures of what is shared.

use std::sync::{Arc, LazyLock};

use bugdrill_web::{Problem, cacheable::CacheableBody};
use maud::{Markup, html};
use moka::sync::Cache;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{self, Options, Tree, fontdb::Database},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// The size of a picture in pixels, as messengers show them beside a link.
pub(super) const WIDTH: u32 = 1200;
pub(super) const HEIGHT: u32 = 630;

/// How many pictures are kept. One takes some 50 KB; there is one a day, and one a badge.
const KEPT_PICTURES: u64 = 200;

/// Where texts begin, and how much room they have beside the drawing, in pixels.
const LEFT: f32 = 80.0;
const TEXT_WIDTH: f32 = 660.0;

/// Of these sizes a title has the first in which it takes so many lines at most, in pixels.
const TITLE_SIZES: [f32; 4] = [84.0, 72.0, 60.0, 50.0];
const TITLE_LINES: usize = 3;

/// The size of the lines above and below the title where they fit, in pixels.
const TEXT_SIZE: f32 = 34.0;

const FAMILY: &str = "Inter";

/// The drawing's colours, those of the app's icon.
mod colors {
    pub(super) const TOP: &str = "#4A45CC";
    pub(super) const BOTTOM: &str = "#241F7C";
    pub(super) const LEGS: &str = "#B7B6FF";
    pub(super) const HEAD: &str = "#FFB488";
    pub(super) const BODY: &str = "#FFFFFF";
    pub(super) const THREAD: &str = "#3D39B4";
    pub(super) const TEXT: &str = "#D9D8FF";
}

/// What a picture says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Card {
    /// What it is, in a few words.
    pub(super) caption: String,
    /// The large words.
    pub(super) title: String,
    /// A line below them.
    pub(super) text: String,
}

/// Draws cards, and keeps the pictures.
#[derive(Debug)]
pub struct Cards {
    pictures: Cache<Card, Arc<CacheableBody>>,
    /// Drawing takes a processor; nobody waits for more than one other.
    drawing: Semaphore,
}

impl Default for Cards {
    fn default() -> Self {
        Self { pictures: Cache::new(KEPT_PICTURES), drawing: Semaphore::new(1) }
    }
}

impl Cards {
    /// The picture of a card, as PNG.
    pub(super) async fn picture(&self, card: Card) -> Result<Arc<CacheableBody>, Problem> {
        if let Some(picture) = self.pictures.get(&card) {
            return Ok(picture);
        }
        let _turn = self.drawing.acquire().await.map_err(|error| Problem::internal(&error))?;
        // Somebody else may have drawn it meanwhile.
        if let Some(picture) = self.pictures.get(&card) {
            return Ok(picture);
        }
        let drawn = card.clone();
        let drawing = spawn_blocking(move || draw(&drawn)).await.map_err(|error| Problem::internal(&error))?;
        let picture = Arc::new(CacheableBody::png(drawing.map_err(|error| Problem::internal(&error))?));
        self.pictures.insert(card, Arc::clone(&picture));
        Ok(picture)
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
enum DrawingError {
    #[error("the drawing is not well formed: {0}")]
    Drawing(#[from] usvg::Error),
    #[error("the picture cannot be written: {0}")]
    Encoding(String),
}

/// The fonts of the pictures, and no others: what a machine has differs.
static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in [&include_bytes!("../../assets/Inter-Medium.ttf")[..], include_bytes!("../../assets/Inter-Bold.ttf")] {
        fonts.load_font_data(font.to_vec());
    }
    Options { fontdb: Arc::new(fonts), font_family: FAMILY.to_owned(), ..Options::default() }
});

fn draw(card: &Card) -> Result<Vec<u8>, DrawingError> {
    let tree = Tree::from_str(&drawing(card)?.into_string(), &OPTIONS)?;
    let mut picture = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| DrawingError::Encoding("it has no room".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| DrawingError::Encoding(error.to_string()))
}

/// A card as SVG.
fn drawing(card: &Card) -> Result<Markup, DrawingError> {
    let (title_size, lines) = title_lines(&drawable(&card.title))?;
    let [caption, text] = [&card.caption, &card.text].map(|text| drawable(text));
    let (caption_size, text_size) = (fitting_size(&caption)?, fitting_size(&text)?);
    let line_height = title_size * 1.15;
    let title_height = line_height * lines.len() as f32;
    // The three texts stand together in the middle of what the name at the bottom leaves free.
    let top = (HEIGHT as f32 - 110.0 - (title_height + 2.0 * TEXT_SIZE * 1.8)) / 2.0;
    let title_top = top + TEXT_SIZE * 1.8;
    Ok(html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(HEIGHT) font-family=(FAMILY) {
            linearGradient id="ground" x1="0" y1="0" x2="1" y2="1" {
                stop offset="0" stop-color=(colors::TOP) {}
                stop offset="1" stop-color=(colors::BOTTOM) {}
            }
            rect width=(WIDTH) height=(HEIGHT) fill="url(#ground)" {}
            circle cx="950" cy="300" r="250" fill="#FFFFFF" fill-opacity="0.07" {}
            circle cx="950" cy="300" r="190" fill="#FFFFFF" fill-opacity="0.07" {}
            g transform="translate(694 46)" { (motif()) }
            g font-weight="500" fill=(colors::TEXT) {
                text x=(LEFT) y=(top + TEXT_SIZE) font-size=(caption_size) { (caption) }
                text x=(LEFT) y=(title_top + title_height + TEXT_SIZE * 1.3) font-size=(text_size) { (text) }
            }
            g font-weight="700" fill="#FFFFFF" {
                @for (index, line) in lines.iter().enumerate() {
                    text x=(LEFT) y=(title_top + line_height * (index as f32 + 0.8)) font-size=(title_size) { (line) }
                }
                text x=(LEFT) y="570" font-size="38" { "bugdrill" }
            }
        }
    })
}

/// The app's motif, 512 pixels wide and high: a bug whose body is a drill's bit.
fn motif() -> Markup {
    html! {
        g fill="none" stroke-linecap="round" stroke-linejoin="round" {
            g stroke=(colors::LEGS) stroke-width="18" {
                @for leg in [
                    "M196 226 L142 200 L128 158", "M190 270 L124 270", "M204 312 L150 342 L138 384",
                    "M316 226 L370 200 L384 158", "M322 270 L388 270", "M308 312 L362 342 L374 384",
                    "M232 140 L206 100", "M280 140 L306 100",
                ] {
                    path d=(leg) {}
                }
            }
            path d="M208 176 a48 44 0 0 1 96 0 z" fill=(colors::HEAD) stroke=(colors::HEAD) stroke-width="10" {}
            path d="M192 204 H320 L312 262 L290 330 L256 424 L222 330 L200 262 Z" fill=(colors::BODY)
                stroke=(colors::BODY) stroke-width="14" {}
            g stroke=(colors::THREAD) stroke-width="16" {
                @for turn in ["M206 250 L306 222", "M212 296 L302 268", "M228 342 L288 318", "M244 386 L272 372"] {
                    path d=(turn) {}
                }
            }
        }
    }
}

/// The size in which a text takes one line.
fn fitting_size(text: &str) -> Result<f32, DrawingError> {
    // Bold letters are wider than those that it gets.
    Ok((TEXT_WIDTH / width(text)?.max(1.0)).min(TEXT_SIZE))
}

/// A title's size and its lines. What fits in no size is cut.
fn title_lines(title: &str) -> Result<(f32, Vec<String>), DrawingError> {
    let words: Vec<(&str, f32)> =
        title.split_whitespace().map(|word| Ok((word, width(word)?))).collect::<Result<_, DrawingError>>()?;
    let space = width("a a")? - 2.0 * width("a")?;
    for size in TITLE_SIZES {
        let lines = wrap(&words, space, TEXT_WIDTH / size);
        let fits = words.iter().all(|(_, width)| *width <= TEXT_WIDTH / size);
        if fits && lines.len() <= TITLE_LINES {
            return Ok((size, lines));
        }
    }
    let size = TITLE_SIZES[TITLE_SIZES.len() - 1];
    let mut lines = wrap(&words, space, TEXT_WIDTH / size);
    let is_cut = lines.len() > TITLE_LINES;
    lines.truncate(TITLE_LINES);
    let last = lines.len().saturating_sub(1);
    for (index, line) in lines.iter_mut().enumerate() {
        if is_cut && index == last {
            line.push('…');
        }
        while width(line)? > TEXT_WIDTH / size {
            line.pop();
            line.pop();
            line.push('…');
        }
    }
    Ok((size, lines))
}

/// Words in lines of a width. A word that is wider stands alone.
fn wrap(words: &[(&str, f32)], space: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<(String, f32)> = Vec::new();
    for (word, word_width) in words {
        match lines.last_mut() {
            Some((line, taken)) if *taken + space + word_width <= width => {
                line.push(' ');
                line.push_str(word);
                *taken += space + word_width;
            }
            _ => lines.push(((*word).to_owned(), *word_width)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// How wide a bold text is in a size of one pixel.
fn width(text: &str) -> Result<f32, DrawingError> {
    // Measured large, since the outlines' box is.
    const SIZE: f32 = 100.0;
    let alone = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(HEIGHT) font-family=(FAMILY) {
            text font-weight="700" font-size=(SIZE) { (text) }
        }
    };
    let tree = Tree::from_str(&alone.into_string(), &OPTIONS)?;
    Ok(tree.root().abs_bounding_box().width() / SIZE)
}

/// Without the characters that may not stand in XML.
fn drawable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        Card { caption: "Daily bug".into(), title: title.into(), text: "Sliding window".into() }
    }

    /// Pixels of a picture that are not as in another.
    fn different(one: &[u8], other: &[u8]) -> usize {
        let pixels = |png: &[u8]| {
            let picture = Pixmap::decode_png(png).unwrap();
            assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
            picture.pixels().to_vec()
        };
        pixels(one).iter().zip(pixels(other)).filter(|(one, other)| **one != *other).count()
    }

    #[test]
    fn a_card_is_a_picture_of_its_words() {
        let [plain, same, other, bare] =
            ["Two sum", "Two sum", "Three sum", ""].map(|title| draw(&card(title)).unwrap());
        assert_eq!(plain, same);
        assert!(different(&plain, &other) > 1_000);
        assert!(different(&plain, &bare) > 1_000);
    }

    #[test]
    fn words_are_words_and_no_markup() {
        let hostile = "</text><rect width='1200' height='630'/>&\u{0}\u{ffff}\"";
        draw(&card(hostile)).unwrap();
        let drawing = drawing(&card(hostile)).unwrap().into_string();
        assert!(!drawing.contains("<rect width='"), "{drawing}");
    }

    #[test]
    fn titles_have_the_largest_size_that_fits() {
        let lines = |title: &str| title_lines(title).unwrap();
        assert_eq!(lines("Two sum"), (TITLE_SIZES[0], vec!["Two sum".to_owned()]));
        assert_eq!(lines(""), (TITLE_SIZES[0], vec![]));
        let (size, long) = lines("The shortest stretch of neighbours with a sum that is large enough for all");
        assert!(size < TITLE_SIZES[0]);
        assert!(long.len() <= TITLE_LINES);
        for (size, lines) in [lines(&"word ".repeat(100)), lines(&"W".repeat(200)), lines("漢字 العربية 🐞")]
        {
            assert!(lines.len() <= TITLE_LINES);
            for line in lines {
                assert!(width(&line).unwrap() * size <= TEXT_WIDTH, "{line}");
            }
        }
        assert!(lines(&"word ".repeat(100)).1[TITLE_LINES - 1].ends_with('…'));
    }

    #[tokio::test]
    async fn a_picture_is_drawn_once() {
        let cards = Cards::default();
        let [first, second] = [cards.picture(card("Two sum")).await, cards.picture(card("Two sum")).await];
        assert!(Arc::ptr_eq(&first.unwrap(), &second.unwrap()));
    }
}
