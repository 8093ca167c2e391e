import {
  cursorCharLeft,
  cursorCharRight,
  defaultKeymap,
  deleteCharBackward,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
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
import type { Edit } from './code-edits';
import { indents } from './code-lines';
import type { EditorAction, VersionedOffers } from './editor-command';
import { readingOf } from './editor-reading';
import { hangingIndent } from './hanging-indent';
import { type LineAction, lineEdit } from './line-edits';
import { markedToken } from './marked-token';
import { replacePhoneCharacters } from './replace-phone-characters';
import { straightTyping } from './straight-typing';
import { languages, syntaxTags } from './syntax';
import { selectedBy, widened } from './terms';
import { offersFor } from './token-offers';
import { tokenTaps } from './token-taps';
import { tokenAt } from './tokens';
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
  onOffers: (offers: VersionedOffers | null) => void;
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
      '.cm-markedTokens': { pointerEvents: 'none' },
      '.cm-markedToken': { borderRadius: '4px', boxShadow: `0 0 0 2px ${colors.cursor}` },
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
    // What can be edited is reached by the Tab key anyway, but not every tool that reads the page knows that.
    tabindex: '0',
    autocapitalize: 'off',
    autocorrect: 'off',
    // Without it iOS types curly quotes and dashes.
    spellcheck: 'false',
    inputmode: softKeyboard ? 'text' : 'none',
  });
}

/** Makes an edit that can be undone by itself. */
function edit(view: EditorView, { changes, selection }: Edit) {
  view.dispatch({
    changes,
    selection: { anchor: selection.from, head: selection.to },
    annotations: isolateHistory.of('full'),
    userEvent: 'input.offer',
    scrollIntoView: true,
  });
}

function editLines(view: EditorView, language: Language, action: LineAction) {
  const change = lineEdit(readingOf(view.state, language), view.state.selection.main, action);
  if (change) edit(view, change);
}

/** Selects the token at the cursor, or what is around the selection. */
function widen(view: EditorView, language: Language) {
  const reading = readingOf(view.state, language);
  const { main } = view.state.selection;
  const token = main.empty && tokenAt(reading, main.head);
  const { from, to } = token ? selectedBy(token) : widened(reading, main);
  view.dispatch({ selection: { anchor: from, head: to }, userEvent: 'select' });
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
    annotations: isolateHistory.of('full'),
    userEvent: 'input.replace',
  });
}

function perform(view: EditorView, action: EditorAction, language: Language) {
  switch (action.kind) {
    case 'edit':
      return edit(view, action.edit);
    case 'undo':
      return undo(view);
    case 'redo':
      return redo(view);
    case 'left':
      return cursorCharLeft(view);
    case 'right':
      return cursorCharRight(view);
    case 'backspace':
      return deleteCharBackward(view);
    case 'widen':
      return widen(view, language);
    case 'go-to-line':
      return goToLine(view, action.line);
    case 'set-code':
      return setCode(view, action.code);
    case 'replace-phone-characters':
      return view.dispatch(replacePhoneCharacters(view.state, language, action.blamed, action.line));
    default:
      return editLines(view, language, action.kind);
  }
}

/** While the learner types, what fits the cursor is worked out only in the pauses. */
const typingPause = 150;

/** Tells what fits the selection whenever it is another one; null as long as nothing was chosen in the code. */
function offersReporter(language: Language, onOffers: (offers: VersionedOffers | null) => void) {
  let version = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function report(view: EditorView) {
    const { main } = view.state.selection;
    const isUntouched = main.empty && !view.hasFocus;
    onOffers(isUntouched ? null : { ...offersFor(readingOf(view.state, language), main), version });
  }

  return {
    isCurrent: (candidate: number) => candidate === version,
    stop: () => clearTimeout(timer),
    extension: EditorView.updateListener.of(
      ({ docChanged, selectionSet, focusChanged, transactions, view }) => {
        if (docChanged) version += 1;
        if (!docChanged && !selectionSet && !focusChanged) return;
        clearTimeout(timer);
        const isTyping = transactions.some(
          (transaction) => transaction.isUserEvent('input.type') || transaction.isUserEvent('delete'),
        );
        timer = setTimeout(() => report(view), isTyping ? typingPause : 0);
      },
    ),
  };
}

/** Builds the editor with no framework around it: the same on the web and inside the native apps. */
export function createEditor(options: EditorOptions): EditorHandle {
  const { language } = options;
  let { softKeyboard } = options;
  const look = new Compartment();
  const attributes = new Compartment();
  const offers = offersReporter(language, options.onOffers);
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.code,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection({ drawRangeCursor: false }),
        indentOnInput(),
        straightTyping(language),
        bracketMatching(),
        indentUnit.of(indents[language]),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.lineWrapping,
        hangingIndent,
        unbrokenTokens,
        markedToken(language),
        tokenTaps(language, () => !softKeyboard),
        errorLineField,
        languages[language],
        look.of(lookExtension(options.look)),
        attributes.of(attributesExtension(options.label, softKeyboard)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
        offers.extension,
      ],
    }),
  });

  return {
    perform: (action) => {
      // What was offered for other code would end up in the wrong place.
      if (action.kind === 'edit' && !offers.isCurrent(action.version)) return;
      perform(view, action, language);
      view.focus();
    },
    setLook: (next) => view.dispatch({ effects: look.reconfigure(lookExtension(next)) }),
    setErrorLine: (line) => view.dispatch({ effects: setErrorLineEffect.of(line) }),
    setSoftKeyboard: (isWanted) => {
      softKeyboard = isWanted;
      view.dispatch({ effects: attributes.reconfigure(attributesExtension(options.label, isWanted)) });
    },
    destroy: () => {
      offers.stop();
      view.destroy();
    },
  };
}
