// Finds the fewest taps that turn one code into another, by the logic of the editor's bar itself.

const pieces = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\w+|[-+*/%=<>!&|?]+|[^\s\w]/g;

/** What matters of a code: its tokens, and in Python the indentation of its lines. */
function tokensOf(code, language) {
  if (language === 'javascript') return code.match(pieces) ?? [];
  return code
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => [`\n${line.length - line.trimStart().length}`, ...(line.match(pieces) ?? [])]);
}

/** How many tokens must be added, removed or replaced, and between which of the first code's tokens. */
function difference(code, goal) {
  let start = 0;
  while (start < code.length && start < goal.length && code[start] === goal[start]) start += 1;
  let end = 0;
  const longest = Math.min(code.length, goal.length) - start;
  while (end < longest && code[code.length - 1 - end] === goal[goal.length - 1 - end]) end += 1;
  const from = code.slice(start, code.length - end);
  const to = goal.slice(start, goal.length - end);
  let row = to.map((_, index) => index + 1);
  for (let i = 0; i < from.length; i += 1) {
    let diagonal = i;
    let left = i + 1;
    row = row.map((above, j) => {
      const cost = Math.min(diagonal + (from[i] === to[j] ? 0 : 1), above + 1, left + 1);
      diagonal = above;
      left = cost;
      return cost;
    });
  }
  return { distance: to.length === 0 ? from.length : row.at(-1), before: start, after: end };
}

/** How far from the difference a tap is looked for, in tokens. */
const margin = 3;

/** So many codes are followed from each number of taps, the nearest to the goal first. */
const widest = 500;

/** Taps that lead this much further from the goal are not followed. */
const detour = 1;

const allOf = (offers) =>
  offers.groups.flatMap((group) => group.map((offer, index) => ({ ...offer, index, isLine: false })));

const lineActions = ['move-up', 'move-down', 'indent', 'dedent', 'new-line', 'duplicate-line', 'delete-line'];

/** The keys that fit this state of the editor. */
function keysFor(editor, reading, selection) {
  const keys = allOf(editor.offersFor(reading, selection));
  for (const action of lineActions) {
    const edit = editor.lineEdit(reading, selection, action);
    if (edit) keys.push({ label: action, edit, index: 0, isLine: true });
  }
  return keys;
}

/** What else a tap can select: tokens near the difference, what is around the selection, a cursor beside it. */
function* selections(editor, reading, selection, change) {
  const { tokens } = reading;
  const last = tokens.length - change.after - 1 + margin;
  const near = tokens.filter((_, index) => index >= change.before - margin && index <= last);
  for (const token of near) yield { label: `tap ${token.text}`, selection: editor.selectedBy(token) };
  for (const token of near) {
    const { to } = editor.lineAt(reading, token.to);
    if (token.to === to) yield { label: 'tap after the line', selection: { from: to, to } };
  }
  if (!selection || selection.from === selection.to) return;
  const { from, to } = selection;
  yield { label: 'tap again', selection: editor.widened(reading, selection) };
  yield { label: 'left', selection: { from, to: from } };
  yield { label: 'right', selection: { from: to, to } };
}

/** Moves of lines may lead away from the goal for a while. */
const moves = new Set(['move-up', 'move-down', 'new-line']);

/** The shortest way found, as the labels of its taps; null if there is none of at most `most` taps. */
export function shortestTaps(editor, language, code, goal, most) {
  const wanted = tokensOf(goal, language);
  const measure = (text) => difference(tokensOf(text, language), wanted);
  const seen = new Set();
  let states = [{ code, selection: null, taps: [], beyond: 0, change: measure(code) }];

  for (let count = 0; count < most; count += 1) {
    const next = [];
    const add = (state) => {
      const key = `${state.code}|${state.selection.from}|${state.selection.to}`;
      if (seen.has(key)) return;
      seen.add(key);
      next.push(state);
    };
    for (const state of states) {
      const reading = editor.readCode(state.code, language);
      for (const { label, selection } of selections(
        editor,
        reading,
        state.selection,
        inTokens(reading, state),
      )) {
        add({ ...state, selection, taps: [...state.taps, label] });
      }
      if (!state.selection) continue;
      for (const { label, edit, index, isLine } of keysFor(editor, reading, state.selection)) {
        const changed = editor.applied(state.code, edit);
        const change = measure(changed);
        const beyond = state.beyond + (!isLine && index >= 8 ? 1 : 0);
        const taps = [...state.taps, label];
        if (change.distance === 0) return { taps, beyond };
        if (!moves.has(label) && change.distance > state.change.distance + detour) continue;
        add({ code: changed, selection: edit.selection, taps, beyond, change });
      }
    }
    states = next.sort((one, other) => one.change.distance - other.change.distance).slice(0, widest);
  }
  return null;
}

/** The difference counted in the bar's own tokens, which are fewer where indentation counts. */
function inTokens(reading, { change }) {
  if (reading.language === 'javascript') return change;
  const all = tokensOf(reading.code, 'python');
  const isIndentation = (token) => token.startsWith('\n');
  return {
    before: change.before - all.slice(0, change.before).filter(isIndentation).length,
    after: change.after - all.slice(all.length - change.after).filter(isIndentation).length,
  };
}
