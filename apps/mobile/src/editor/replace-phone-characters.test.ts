import { history, redo, undo } from '@codemirror/commands';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import { replacePhoneCharacters } from './replace-phone-characters';
import { languages } from './syntax';

const blamed = { character: '“', meant: '"' };

function editorWith(doc: string) {
  let state = EditorState.create({ doc, extensions: [history(), languages.python] });
  const dispatch = (spec: TransactionSpec) => {
    state = state.update(spec).state;
  };
  return {
    dispatch,
    code: () => state.doc.toString(),
    marked: () => {
      const [code, { head }] = [state.doc.toString(), state.selection.main];
      return `${code.slice(0, head)}|${code.slice(head)}`;
    },
    replace: (line: number) => dispatch(replacePhoneCharacters(state, 'python', blamed, line)),
    undo: () => undo({ state, dispatch: (transaction) => (state = transaction.state) }),
    redo: () => redo({ state, dispatch: (transaction) => (state = transaction.state) }),
  };
}

test.each([
  ['x = “a”\ny = “b”\n', 2, 'x = "a"\ny = "|b"\n'],
  ['if a ≤ b:\n    print(“a”)\n', 1, 'if a <=| b:\n    print("a")\n'],
  ['x = “a”\ny = 1\n', 2, 'x = "a"|\ny = 1\n'],
  ['x = “a”\n', 99, 'x = "a"|\n'],
  ['x = 1\ny = "“"\n', 2, 'x = 1\n|y = "“"\n'],
  ['\u200bx = 1', 1, '|x = 1'],
])('the cursor of %j, line %i', (code, line, after) => {
  const editor = editorWith(code);
  editor.replace(line);
  expect(editor.marked()).toBe(after);
});

test('one step to undo, apart from what is typed before and after', () => {
  const code = 'x = “a” – 1\ny = “b”\n';
  const editor = editorWith(code);
  editor.dispatch({ changes: { from: 0, insert: 'x' }, userEvent: 'input.type' });
  editor.replace(1);
  expect(editor.code()).toBe('xx = "a" - 1\ny = "b"\n');
  editor.dispatch({ changes: { from: 5, insert: 'z' }, userEvent: 'input.type' });
  editor.undo();
  expect(editor.code()).toBe('xx = "a" - 1\ny = "b"\n');
  editor.undo();
  expect(editor.code()).toBe(`x${code}`);
  editor.undo();
  expect(editor.code()).toBe(code);
  editor.redo();
  editor.redo();
  expect(editor.code()).toBe('xx = "a" - 1\ny = "b"\n');
});
