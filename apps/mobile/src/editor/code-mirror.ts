import {
  cursorCharLeft,
  cursorCharRight,
  cursorLineDown,
  cursorLineUp,
  defaultKeymap,
  deleteCharBackward,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  indentWithTab,
  redo,
  undo,
} from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { Compartment, EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Language } from '@/api/types';
import type { CodeColors } from '@/theme/colors';
import { applyKey, tokenAt } from './apply-key';
import type { EditorAction } from './editor-command';
import { hangingIndent } from './hanging-indent';
import type { PaletteKey } from './palette-keys';
import { replacePhoneCharacters } from './replace-phone-characters';
import { straightTyping } from './straight-typing';
import { languages, syntaxTags } from './syntax';
import { unbrokenTokens } from './unbroken-tokens';

export interface EditorLook {
  colors: CodeColors;
  isDark: boolean;
  fontFamily: string;
  fontSize: number;
}

export interface EditorHandle {
  perform: (action: EditorAction) => void;
  setLook: (look: EditorLook) => void;
  setErrorLine: (line: number | null) => void;
  /** Whether touching the code brings up the keyboard of a touch screen. */
  setSoftKeyboard: (isWanted: boolean) => void;
  destroy: () => void;
}

interface EditorOptions {
  parent: HTMLElement;
  code: string;
  language: Language;
  label: string;
  look: EditorLook;
  softKeyboard: boolean;
  onChange: (code: string) => void;
}

const setErrorLineEffect = StateEffect.define<number | null>();

const errorLineField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setErrorLineEffect)) continue;
      const line = effect.value;
      if (line === null || line < 1 || line > transaction.state.doc.lines) return Decoration.none;
      const { from } = transaction.state.doc.line(line);
      return Decoration.set(Decoration.line({ class: 'cm-errorLine' }).range(from));
    }
    return transaction.docChanged ? Decoration.none : decorations;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function lookExtension({ colors, isDark, fontFamily, fontSize }: EditorLook): Extension {
  const theme = EditorView.theme(
    {
      '&': {
        height: '100%',
        color: colors.text,
        backgroundColor: colors.background,
        fontSize: `${fontSize}px`,
      },
      '&.cm-focused': { outline: 'none' },
      '.cm-scroller': { fontFamily, lineHeight: '1.6', overscrollBehavior: 'contain' },
      '.cm-content': { padding: '10px 0', caretColor: colors.cursor },
      '.cm-line': { padding: '0 10px 0 6px' },
      '.cm-unbroken': { whiteSpace: 'pre' },
      '.cm-cursor': { borderLeftColor: colors.cursor, borderLeftWidth: '2px' },
      '.cm-gutters': { backgroundColor: colors.background, color: colors.gutter, border: 'none' },
      '.cm-lineNumbers .cm-gutterElement': { minWidth: '30px', padding: '0 6px 0 8px' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: `${colors.activeLine}99` },
      '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
        backgroundColor: colors.selection,
      },
      '&.cm-focused .cm-matchingBracket': { backgroundColor: colors.bracket },
      '.cm-errorLine, .cm-errorLine.cm-activeLine': { backgroundColor: colors.errorLine },
    },
    { dark: isDark },
  );
  const style = HighlightStyle.define(syntaxTags.map(({ kind, tag }) => ({ tag, color: colors[kind] })));
  return [theme, syntaxHighlighting(style)];
}

function attributesExtension(label: string, softKeyboard: boolean): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    'data-testid': 'editor-content',
    autocapitalize: 'off',
    autocorrect: 'off',
    // Without it iOS types curly quotes and dashes.
    spellcheck: 'false',
    inputmode: softKeyboard ? 'text' : 'none',
  });
}

function press(view: EditorView, key: PaletteKey) {
  const { from, to } = view.state.selection.main;
  const line = view.state.doc.lineAt(from);
  const end = Math.min(to, line.to);
  const change = applyKey(line.text, from - line.from, end - line.from, key);
  view.dispatch({
    changes: { from: line.from + change.from, to: line.from + change.to, insert: change.insert },
    selection: { anchor: line.from + change.cursor },
    userEvent: 'input.type',
    scrollIntoView: true,
  });
}

function selectToken(view: EditorView) {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const token = tokenAt(line.text, head - line.from);
  if (!token) return;
  view.dispatch({ selection: { anchor: line.from + token.from, head: line.from + token.to } });
}

function goToLine(view: EditorView, number: number) {
  const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
  const start = line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0);
  view.dispatch({
    selection: { anchor: start },
    effects: EditorView.scrollIntoView(start, { y: 'center' }),
  });
}

function setCode(view: EditorView, code: string) {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: code },
    selection: { anchor: 0 },
    userEvent: 'input.replace',
  });
}

function perform(view: EditorView, action: EditorAction, language: Language) {
  switch (action.kind) {
    case 'press':
      return press(view, action.key);
    case 'undo':
      return undo(view);
    case 'redo':
      return redo(view);
    case 'left':
      return cursorCharLeft(view);
    case 'right':
      return cursorCharRight(view);
    case 'up':
      return cursorLineUp(view);
    case 'down':
      return cursorLineDown(view);
    case 'indent':
      return indentMore(view);
    case 'dedent':
      return indentLess(view);
    case 'backspace':
      return deleteCharBackward(view);
    case 'select-token':
      return selectToken(view);
    case 'go-to-line':
      return goToLine(view, action.line);
    case 'set-code':
      return setCode(view, action.code);
    case 'replace-phone-characters':
      return view.dispatch(replacePhoneCharacters(view.state, language, action.blamed, action.line));
  }
}

const indents: Record<Language, string> = { python: '    ', javascript: '  ' };

/** Builds the editor with no framework around it: the same on the web and inside the native apps. */
export function createEditor(options: EditorOptions): EditorHandle {
  const look = new Compartment();
  const attributes = new Compartment();
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.code,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        straightTyping(options.language),
        bracketMatching(),
        indentUnit.of(indents[options.language]),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.lineWrapping,
        hangingIndent,
        unbrokenTokens,
        errorLineField,
        languages[options.language],
        look.of(lookExtension(options.look)),
        attributes.of(attributesExtension(options.label, options.softKeyboard)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });

  return {
    perform: (action) => {
      perform(view, action, options.language);
      view.focus();
    },
    setLook: (next) => view.dispatch({ effects: look.reconfigure(lookExtension(next)) }),
    setErrorLine: (line) => view.dispatch({ effects: setErrorLineEffect.of(line) }),
    setSoftKeyboard: (isWanted) =>
      view.dispatch({ effects: attributes.reconfigure(attributesExtension(options.label, isWanted)) }),
    destroy: () => view.destroy(),
  };
}
