//! Reads a content folder.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use bugdrill_model::{
    BugType, CompareMode, Language, TestCase,
    content::{Pack, Pattern, Snippet},
    edit::edit_size,
    judge::Task,
    run::Limits,
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::files::{BugFile, Edit, ExerciseFile, PatternFile};

/// The namespace of snippet ids. It must never change: attempts refer to snippets by id.
const SNIPPET_NAMESPACE: Uuid = Uuid::from_u128(0x3f0d_6a52_8f0e_4e0b_9a61_5d0c_7b1e_42a9);

const MAX_STATEMENT_WORDS: usize = 120;
const MAX_HINT_WORDS: usize = 60;
const MAX_LINE_CHARACTERS: usize = 60;
const MIN_TESTS: usize = 8;
const MIN_BUGS: usize = 3;
/// No exercise may ask for more CPU time than this for one test, in milliseconds.
const MAX_TEST_CPU_MS: u32 = 2_000;

/// All that is wrong with a content folder, one line for each mistake.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the content has {} mistakes:\n{}", .0.len(), .0.join("\n"))]
pub struct LoadError(pub Vec<String>);

/// The patterns and exercises of a content folder.
#[derive(Debug, Clone)]
pub struct Library {
    /// The patterns, in their order.
    pub patterns: Vec<Pattern>,
    /// The exercises, by pattern and id.
    pub exercises: Vec<Exercise>,
}

/// An exercise with its bugs.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The id, unique in the library.
    pub id: String,
    /// The pattern.
    pub pattern_id: i32,
    /// The folder.
    pub folder: PathBuf,
    /// How code is judged.
    pub task: Task,
    /// The right code.
    pub references: BTreeMap<Language, String>,
    /// Python code that makes an input from a seed.
    pub generator: String,
    /// The bugs.
    pub bugs: Vec<Bug>,
    title: String,
    statement: String,
    time_estimate_minutes: u32,
    edit_budget: u32,
}

/// A bug of an exercise.
#[derive(Debug, Clone)]
pub struct Bug {
    /// The id, unique in the exercise.
    pub id: String,
    /// The code with the bug.
    pub code: BTreeMap<Language, String>,
    file: BugFile,
}

impl Bug {
    /// The kind of slip.
    pub fn kind(&self) -> BugType {
        self.file.kind
    }
}

impl std::fmt::Debug for BugFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.id)
    }
}

/// Collects mistakes, so that an author sees all of them at once.
#[derive(Default)]
struct Mistakes(Vec<String>);

impl Mistakes {
    fn add(&mut self, path: &Path, problem: impl std::fmt::Display) {
        self.0.push(format!("{}: {problem}", path.display()));
    }

    fn unless(&mut self, holds: bool, path: &Path, problem: impl std::fmt::Display) {
        if !holds {
            self.add(path, problem);
        }
    }

    fn text(&mut self, path: &Path) -> Option<String> {
        fs::read_to_string(path).map_err(|error| self.add(path, error)).ok()
    }

    fn toml<T: DeserializeOwned>(&mut self, path: &Path) -> Option<T> {
        let text = self.text(path)?;
        toml::from_str(&text).map_err(|error| self.add(path, error)).ok()
    }

    fn json<T: DeserializeOwned>(&mut self, path: &Path) -> Option<T> {
        let text = self.text(path)?;
        serde_json::from_str(&text).map_err(|error| self.add(path, error)).ok()
    }

    /// The entries of a folder, sorted, so that reports do not depend on the file system.
    fn entries(&mut self, folder: &Path) -> Vec<PathBuf> {
        match fs::read_dir(folder) {
            Ok(entries) => {
                let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
                paths.sort();
                paths
            }
            Err(error) => {
                self.add(folder, error);
                Vec::new()
            }
        }
    }
}

impl Library {
    /// Reads all patterns and exercises below `folder`, or tells all mistakes.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        let mut mistakes = Mistakes::default();
        let mut library = Self { patterns: Vec::new(), exercises: Vec::new() };
        for pattern_folder in mistakes.entries(folder).into_iter().filter(|path| path.is_dir()) {
            let path = pattern_folder.join("pattern.toml");
            let Some(file) = mistakes.toml::<PatternFile>(&path) else { continue };
            mistakes.unless(pattern_folder.ends_with(&file.slug), &path, "the slug is not the folder's name");
            for exercise in mistakes.entries(&pattern_folder).into_iter().filter(|path| path.is_dir()) {
                library.exercises.extend(load_exercise(&exercise, file.id, &mut mistakes));
            }
            library.patterns.push(Pattern {
                id: file.id,
                slug: file.slug,
                name: file.name,
                order: file.order,
                description: file.description,
                introduction: file.introduction.trim().to_owned(),
                template: file.template,
            });
        }
        library.patterns.sort_by_key(|pattern| (pattern.order, pattern.id));
        let mut seen = HashSet::new();
        for id in library.patterns.iter().map(|pattern| pattern.id.to_string()) {
            mistakes.unless(seen.insert(id.clone()), folder, format!("two patterns have the id {id}"));
        }
        for exercise in &library.exercises {
            mistakes.unless(seen.insert(exercise.id.clone()), &exercise.folder, "another exercise has the same id");
        }
        if mistakes.0.is_empty() { Ok(library) } else { Err(LoadError(mistakes.0)) }
    }

    /// Makes the snippets of all exercises, each bug in each language.
    pub fn pack(&self) -> Pack {
        let mut snippets: Vec<Snippet> = self.exercises.iter().flat_map(Exercise::snippets).collect();
        // Siblings show the same function, so they are spread: first all first bugs, then all second ones.
        snippets.sort_by_cached_key(|snippet| {
            (snippet.pattern_id, snippet.difficulty, number_in(&snippet.slug), snippet.slug.clone())
        });
        let mut position = 0;
        let mut pattern = None;
        for snippet in &mut snippets {
            if pattern != Some(snippet.pattern_id) {
                pattern = Some(snippet.pattern_id);
                position = 0;
            }
            position += 1;
            snippet.position = position;
        }
        Pack { patterns: self.patterns.clone(), snippets }
    }
}

/// The bug's number in a slug such as `two-sum-2-python`.
fn number_in(slug: &str) -> u32 {
    slug.rsplit('-').nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl Exercise {
    fn snippets(&self) -> impl Iterator<Item = Snippet> + '_ {
        self.bugs.iter().flat_map(|bug| Language::ALL.map(|language| self.snippet(bug, language)))
    }

    fn snippet(&self, bug: &Bug, language: Language) -> Snippet {
        let (correct_code, buggy_code) = (&self.references[&language], &bug.code[&language]);
        let smallest_edit = edit_size(buggy_code, correct_code).tokens as u32;
        let file = &bug.file;
        Snippet {
            id: Uuid::new_v5(&SNIPPET_NAMESPACE, format!("{}/{}/{}", self.id, bug.id, language.as_str()).as_bytes()),
            slug: format!("{}-{}-{}", self.id, file.number, language.as_str()),
            exercise_id: self.id.clone(),
            bug_id: bug.id.clone(),
            pattern_id: self.pattern_id,
            position: 0,
            language,
            title: format!("{}, {} of {}", self.title, file.number, self.bugs.len()),
            description: self.statement.clone(),
            difficulty: file.difficulty,
            correct_code: correct_code.clone(),
            buggy_code: buggy_code.clone(),
            bug_type: file.kind,
            explanation: file.explanation.trim().to_owned(),
            hints: file.hints.clone(),
            why_question: file.why.clone(),
            task: self.task.clone(),
            edit_budget: smallest_edit + self.edit_budget,
            time_estimate_minutes: self.time_estimate_minutes,
        }
    }
}

fn load_exercise(folder: &Path, pattern_id: i32, mistakes: &mut Mistakes) -> Option<Exercise> {
    let path = folder.join("exercise.toml");
    let file: ExerciseFile = mistakes.toml(&path)?;
    mistakes.unless(folder.ends_with(&file.id), &path, "the id is not the folder's name");
    let default = Limits::default();
    mistakes.unless(
        file.limits.test_cpu_ms <= MAX_TEST_CPU_MS
            && Limits { test_cpu_ms: default.test_cpu_ms, ..file.limits } == default,
        &path,
        format!("the only limit to raise is test_cpu_ms, up to {MAX_TEST_CPU_MS}"),
    );

    if let Some(parameter) = file.signature.misplaced_parameter() {
        mistakes.add(&path, format!("`{}` has to be given, but stands behind an optional parameter", parameter.name));
    }

    let statement_path = folder.join("statement.md");
    let statement = mistakes.text(&statement_path)?.trim().to_owned();
    mistakes.unless(
        statement.split_whitespace().count() <= MAX_STATEMENT_WORDS,
        &statement_path,
        format!("more than {MAX_STATEMENT_WORDS} words"),
    );

    let mut references = BTreeMap::new();
    for (language, name) in [(Language::Python, "reference.py"), (Language::JavaScript, "reference.js")] {
        let path = folder.join(name);
        let code = mistakes.text(&path)?;
        for line in code.lines().filter(|line| line.chars().count() > MAX_LINE_CHARACTERS) {
            mistakes.add(&path, format!("longer than {MAX_LINE_CHARACTERS} characters: {line}"));
        }
        references.insert(language, code);
    }
    let generator = mistakes.text(&folder.join("generate.py"))?;
    let checker = match file.comparison.mode {
        CompareMode::Checker => Some(mistakes.text(&folder.join("checker.py"))?),
        _ => None,
    };

    let tests_path = folder.join("tests.json");
    let tests: Vec<TestCase> = mistakes.json(&tests_path)?;
    mistakes.unless(tests.len() >= MIN_TESTS, &tests_path, format!("fewer than {MIN_TESTS} tests"));
    mistakes.unless(tests.iter().any(|test| !test.hidden), &tests_path, "no visible test");
    let mut ids = HashSet::new();
    for test in &tests {
        mistakes.unless(ids.insert(&test.id), &tests_path, format!("two tests have the id `{}`", test.id));
        if let Err(error) = test.program(&file.signature) {
            mistakes.add(&tests_path, error);
        }
    }

    let mut bugs = Vec::new();
    for path in mistakes.entries(&folder.join("bugs")) {
        if let Some(bug) = mistakes.toml::<BugFile>(&path) {
            bugs.push(load_bug(&path, bug, &file.title, &references, mistakes));
        }
    }
    bugs.sort_by_key(|bug: &Bug| bug.file.number);
    mistakes.unless(bugs.len() >= MIN_BUGS, folder, format!("fewer than {MIN_BUGS} bugs"));
    mistakes.unless(
        bugs.iter().map(|bug| bug.file.number).eq(1..=bugs.len() as u32),
        folder,
        "the bugs are not numbered 1, 2, 3 …",
    );

    let task = Task { signature: file.signature, comparison: file.comparison, checker, tests, limits: file.limits };
    Some(Exercise {
        id: file.id,
        pattern_id,
        folder: folder.to_owned(),
        task,
        references,
        generator,
        bugs,
        title: file.title,
        statement,
        time_estimate_minutes: file.time_estimate_minutes,
        edit_budget: file.edit_budget,
    })
}

fn load_bug(
    path: &Path,
    file: BugFile,
    title: &str,
    references: &BTreeMap<Language, String>,
    mistakes: &mut Mistakes,
) -> Bug {
    mistakes.unless(
        path.file_stem().is_some_and(|stem| stem == file.id.as_str()),
        path,
        "the id is not the file's name",
    );
    for hint in &file.hints {
        mistakes.unless(
            hint.split_whitespace().count() <= MAX_HINT_WORDS,
            path,
            format!("a hint of more than {MAX_HINT_WORDS} words"),
        );
    }
    let mut code = BTreeMap::new();
    for (language, edit) in [(Language::Python, &file.python), (Language::JavaScript, &file.javascript)] {
        let reference = &references[&language];
        let places = reference.matches(&edit.find).count();
        mistakes.unless(places == 1, path, format!("the {} edit fits {places} places", language.as_str()));
        mistakes.unless(edit.find != edit.replace, path, format!("the {} edit changes nothing", language.as_str()));
        for (what, text) in [("the title", title), ("hint 1", &file.hints[0])] {
            if let Some(leak) = leaked(text, edit) {
                mistakes.add(path, format!("{what} shows the place of the bug: `{leak}`"));
            }
        }
        code.insert(language, reference.replacen(&edit.find, &edit.replace, 1));
    }
    Bug { id: file.id.clone(), code, file }
}

/// The first piece of code quoted in `text` that stands in the edited lines.
fn leaked<'a>(text: &'a str, edit: &Edit) -> Option<&'a str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::trim)
        .filter(|quoted| {
            quoted.chars().count() > 2
                && quoted.contains(|character: char| !character.is_alphanumeric() && character != '_')
        })
        .find(|quoted| edit.find.contains(quoted) || edit.replace.contains(quoted))
}
