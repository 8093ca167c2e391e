import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Language } from '@/api/types';
import { readingOf } from './editor-reading';
import { nearestToken } from './nearest-token';
import { tapped } from './terms';
import type { Reading, Span, Token } from './tokens';

/** A finger that stays longer, or moves further, means something else than a token. */
const longestTap = 350;
const furthestTap = 10;

/** A second tap within this time is a double tap, which the browser answers. */
const doubleTap = 300;

interface Touch {
  x: number;
  y: number;
  time: number;
}

const isClose = (one: Touch, other: Touch) =>
  Math.abs(one.x - other.x) <= furthestTap && Math.abs(one.y - other.y) <= furthestTap;

/** The tokens that are drawn at the height of the finger, which may be on one of several rows of a wrapped line. */
function tokensAtHeight(view: EditorView, reading: Reading, { x, y }: Touch) {
  const position = view.posAtCoords({ x, y }, false);
  const line = view.state.doc.lineAt(position);
  return reading.tokens.flatMap((token) => {
    const from = Math.max(token.from, line.from);
    const to = Math.min(token.to, line.to);
    const start = from < to && view.coordsAtPos(from, 1);
    const end = from < to && view.coordsAtPos(to, -1);
    if (!start || !end || y < start.top || y > end.bottom) return [];
    return [{ token, left: start.left, right: end.right }];
  });
}

function tokenUnder(view: EditorView, reading: Reading, touch: Touch): Token | null {
  return nearestToken(tokensAtHeight(view, reading, touch), touch.x)?.token ?? null;
}

/**
 * A tap of a finger selects the token at or near it, and a tap on what is selected selects more. What takes longer,
 * moves, or comes twice in a moment is left to the browser, as are a mouse, a keyboard and a text being composed.
 */
export const tokenTaps = (language: Language, isWanted: () => boolean) =>
  ViewPlugin.fromClass(
    class {
      private start: Touch | null = null;
      private lastTap: Touch | null = null;
      /** The token that was tapped, as long as the code is the same. */
      private origin: Span | null = null;

      constructor(private readonly view: EditorView) {}

      update(update: ViewUpdate) {
        if (update.docChanged) this.origin = null;
      }

      begin({ touches, timeStamp }: TouchEvent) {
        const [touch] = touches;
        const isSingle = touch && touches.length === 1;
        this.start = isSingle ? { x: touch.clientX, y: touch.clientY, time: timeStamp } : null;
      }

      cancel() {
        this.start = null;
      }

      end(event: TouchEvent): boolean {
        const { start, lastTap, view } = this;
        const [touch] = event.changedTouches;
        this.start = null;
        if (!start || !touch || !isWanted() || view.composing || !event.cancelable) return false;
        const tap = { x: touch.clientX, y: touch.clientY, time: event.timeStamp };
        if (tap.time - start.time > longestTap || !isClose(tap, start)) return false;
        this.lastTap = tap;
        if (lastTap && tap.time - lastTap.time < doubleTap && isClose(tap, lastTap)) return false;
        return this.select(tap);
      }

      private select(tap: Touch): boolean {
        const { state } = this.view;
        const reading = readingOf(state, language);
        const token = tokenUnder(this.view, reading, tap);
        if (!token) return false;
        const { from, to } = tapped(reading, token, state.selection.main, this.origin);
        this.origin = { from: token.from, to: token.to };
        this.view.dispatch({ selection: { anchor: from, head: to }, userEvent: 'select.pointer' });
        this.view.focus();
        return true;
      }
    },
    {
      eventHandlers: {
        touchstart(event) {
          this.begin(event);
        },
        // True keeps the browser from placing a cursor where the finger was.
        touchend(event) {
          return this.end(event);
        },
        touchcancel() {
          this.cancel();
        },
      },
    },
  );
