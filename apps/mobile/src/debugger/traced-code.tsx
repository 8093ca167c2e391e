import { memo, useEffect, useEffectEvent, useRef } from 'react';
import { ScrollView, StyleSheet, Text, View, type ViewStyle } from 'react-native';
import type { Language } from '@/api/types';
import { CodeLine } from '@/components/code-line';
import { useHighlighted } from '@/components/use-highlighted';
import type { CodePiece } from '@/editor/highlight';
import { codeFontFamily, spacing, useAppTheme } from '@/theme/theme';
import { type Tone, useToneColors } from './tone';

interface TracedCodeProps {
  code: string;
  language: Language;
  currentLine: number;
  tone: Tone;
  style: ViewStyle;
}

/** The lines that stay in sight above and below the current one. */
const contextHeight = 44;

interface Span {
  top: number;
  bottom: number;
}

/** Where to scroll to; null if the current line and its context are in sight. */
function scrollTarget(line: Span, view: Span): number | null {
  const isAbove = line.top - contextHeight < view.top;
  const isBelow = line.bottom + contextHeight > view.bottom;
  if (!isAbove && !isBelow) return null;
  return Math.max(0, (line.top + line.bottom) / 2 - (view.bottom - view.top) / 2);
}

/** Code with the current line marked and in sight. Long lines are wrapped below their own indentation. */
export function TracedCode({ code, language, currentLine, tone, style }: TracedCodeProps) {
  const { palette } = useAppTheme();
  const lines = useHighlighted(code.trimEnd(), language);
  const scroll = useRef<ScrollView>(null);
  const spans = useRef(new Map<number, Span>());
  const view = useRef<Span>({ top: 0, bottom: 0 });

  function showCurrent(line: number) {
    const span = spans.current.get(line);
    const { top, bottom } = view.current;
    if (!span || top === bottom) return;
    const target = scrollTarget(span, view.current);
    // At once: an animation would lag behind the scrubber.
    if (target !== null) scroll.current?.scrollTo({ y: target, animated: false });
  }

  const follow = useEffectEvent(showCurrent);
  useEffect(() => follow(currentLine), [currentLine]);

  return (
    <ScrollView
      ref={scroll}
      // Nothing in it can be focused, and the keyboard scrolls it too.
      tabIndex={0}
      role="group"
      aria-label="Code"
      testID="traced-code"
      style={[
        styles.pane,
        style,
        { backgroundColor: palette.code.background, borderColor: palette.outlineVariant },
      ]}
      contentContainerStyle={styles.content}
      scrollEventThrottle={32}
      onScroll={({ nativeEvent: { contentOffset, layoutMeasurement } }) => {
        view.current = { top: contentOffset.y, bottom: contentOffset.y + layoutMeasurement.height };
      }}
      onLayout={({ nativeEvent: { layout } }) => {
        view.current = { top: view.current.top, bottom: view.current.top + layout.height };
        showCurrent(currentLine);
      }}
    >
      {lines.map((pieces, index) => (
        <View
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of shown code never move
          key={index}
          onLayout={({ nativeEvent: { layout } }) => {
            spans.current.set(index + 1, { top: layout.y, bottom: layout.y + layout.height });
            if (index + 1 === currentLine) showCurrent(currentLine);
          }}
        >
          <Line number={index + 1} pieces={pieces} tone={index + 1 === currentLine ? tone : null} />
        </View>
      ))}
    </ScrollView>
  );
}

/** Keeps an arrow whole where its line is wrapped. */
const unbroken = (piece: CodePiece) => ({ ...piece, text: piece.text.replaceAll('->', '-\u2060>') });

/** A line without its indentation, and that indentation. */
function unindented(pieces: CodePiece[]): { indentation: string; rest: CodePiece[] } {
  const [first, ...others] = pieces;
  if (!first) return { indentation: '', rest: [] };
  const text = first.text.trimStart();
  return {
    indentation: first.text.slice(0, first.text.length - text.length),
    rest: [{ ...first, text }, ...others].map(unbroken),
  };
}

interface LineProps {
  number: number;
  pieces: CodePiece[];
  /** How the line is marked; null if it is not the current one. */
  tone: Tone | null;
}

const Line = memo(function Line({ number, pieces, tone }: LineProps) {
  const { palette } = useAppTheme();
  const colors = useToneColors();
  const { indentation, rest } = unindented(pieces);
  const marked = tone && colors[tone];
  return (
    <View
      testID={marked ? 'current-line' : undefined}
      style={[
        styles.line,
        { borderColor: 'transparent' },
        marked && { backgroundColor: marked.background, borderColor: marked.mark },
      ]}
    >
      <Text
        style={[styles.code, styles.number, { color: marked ? marked.text : palette.code.gutter }]}
        aria-hidden
      >
        {number}
      </Text>
      <Text style={styles.code}>{indentation}</Text>
      <Text style={[styles.code, styles.text, { color: palette.code.text }]}>
        <CodeLine pieces={rest} />
      </Text>
    </View>
  );
});

const styles = StyleSheet.create({
  pane: { borderTopWidth: 1, borderBottomWidth: 1 },
  content: { paddingVertical: spacing.s },
  line: { flexDirection: 'row', borderLeftWidth: 3, paddingRight: spacing.s },
  code: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 21 },
  number: { width: 30, textAlign: 'right', marginRight: spacing.m, userSelect: 'none' },
  text: { flex: 1, minWidth: 0 },
});
