import type { CSSProperties } from 'react';
import type { CodePreviewProps } from './code-preview-props';
import type { CodePiece } from './highlight';
import { quickHighlight } from './quick-highlight';
import { unbrokenPieces } from './unbroken-pieces';

/** What of a line's coloured pieces is between two places of its text. */
function cut(pieces: CodePiece[], from: number, to: number): CodePiece[] {
  const found: CodePiece[] = [];
  let start = 0;
  for (const { text, kind } of pieces) {
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (part !== '') found.push({ text: part, kind });
    start += text.length;
  }
  return found;
}

/** A line in parts that may be wrapped between them, but not within. */
function partsOf(pieces: CodePiece[]): { isUnbroken: boolean; pieces: CodePiece[] }[] {
  const text = pieces.map((piece) => piece.text).join('');
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(unbrokenPieces)) {
    const next = match.index + match[0].length;
    parts.push({ isUnbroken: false, pieces: cut(pieces, end, match.index) });
    parts.push({ isUnbroken: true, pieces: cut(pieces, match.index, next) });
    end = next;
  }
  return [...parts, { isUnbroken: false, pieces: cut(pieces, end, text.length) }];
}

/**
 * The code as the editor will show it, coloured and wrapped alike, to be read until the editor is there. The measures
 * are those of `code-mirror.ts`, so that nothing moves then.
 */
export function CodePreview({ code, language, look }: CodePreviewProps) {
  const { colors, fontFamily, fontSize } = look;
  const lines = quickHighlight(code, language);
  return (
    <div data-testid="code-preview" style={{ ...page, fontFamily, fontSize, color: colors.text }}>
      {lines.map((pieces, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of shown code never move
        <div key={index} style={row}>
          <span aria-hidden="true" style={{ ...gutter, color: colors.gutter }}>
            {index + 1}
          </span>
          <CodeLine pieces={pieces} look={look} />
        </div>
      ))}
    </div>
  );
}

/** How much further than its line a wrapped continuation is indented, in characters. */
const continuation = 4;

function CodeLine({ pieces, look }: { pieces: CodePiece[]; look: CodePreviewProps['look'] }) {
  const [first] = pieces;
  const indent = (/^\s*/.exec(first?.text ?? '')?.[0].length ?? 0) + continuation;
  const hanging = { paddingLeft: `calc(${indent}ch + 6px)`, textIndent: `-${indent}ch` };
  return (
    <span style={{ ...text, ...hanging }}>
      {partsOf(pieces).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of shown code never move
        <span key={index} style={part.isUnbroken ? unbroken : undefined}>
          {part.pieces.map(({ text: piece, kind }, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of shown code never move
            <span key={position} style={kind ? { color: look.colors[kind] } : undefined}>
              {piece}
            </span>
          ))}
        </span>
      ))}
      {first === undefined && <br />}
    </span>
  );
}

const page: CSSProperties = { height: '100%', overflow: 'auto', padding: '10px 0', lineHeight: 1.6 };
const row: CSSProperties = { display: 'flex' };
const gutter: CSSProperties = {
  boxSizing: 'border-box',
  flexShrink: 0,
  minWidth: 30,
  padding: '0 6px 0 8px',
  textAlign: 'right',
};
const text: CSSProperties = {
  flex: 1,
  minWidth: 0,
  paddingRight: 10,
  whiteSpace: 'break-spaces',
  overflowWrap: 'anywhere',
};
const unbroken: CSSProperties = { whiteSpace: 'pre' };
