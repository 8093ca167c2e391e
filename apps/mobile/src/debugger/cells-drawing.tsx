import { StyleSheet, Text, View } from 'react-native';
import { codeFontFamily, radius, spacing, useAppTheme } from '@/theme/theme';
import type { Cells } from './pointers';

interface CellsDrawingProps {
  cells: Cells;
  isChanged: boolean;
  /** The items before, where the variable has changed. */
  before: readonly string[] | null;
  /** The room for a row. */
  width: number;
}

/** Items longer than this, such as the rows of a grid, are shown below each other. */
const longestInRow = 9;

const narrowest = 34;
const columnGap = 3;
const itemWidth = (item: string) => item.length * 8.2 + 15;
const nameWidth = (name: string) => name.length * 6.7 + 4;

/** As wide as the longest name that may stand below, if all cells fit into a row then. Pointers move, cells must not. */
function cellWidth({ items, names }: Cells, width: number): number {
  const fitting = width / items.length - columnGap;
  const wanted = Math.max(narrowest, ...names.map(nameWidth));
  return Math.max(narrowest, ...items.map(itemWidth), Math.min(wanted, fitting));
}

function spokenPointers({ pointers }: Cells): string {
  return [...pointers].flatMap(([index, names]) => names.map((name) => `${name} at ${index}`)).join(', ');
}

/** A list or string as cells with their indices, and the variables that point at them. */
export function CellsDrawing({ cells, isChanged, before, width }: CellsDrawingProps) {
  const { palette } = useAppTheme();
  const { name, text, items, length, pointers } = cells;
  const isStacked = items.some((item) => item.length > longestInRow);
  const spoken = spokenPointers(cells);
  return (
    <View
      role="img"
      accessible
      aria-label={`${name}: ${text}${isChanged ? ', changed' : ''}${spoken && `. ${spoken}`}`}
      testID={`cells-${name}`}
    >
      <Text
        style={[
          styles.name,
          { color: palette.onSurfaceVariant },
          isChanged && { color: palette.onAccentContainer, backgroundColor: palette.accentContainer },
        ]}
      >
        {name}
      </Text>
      <View style={isStacked ? undefined : styles.wrapping}>
        {items.map((item, index) => (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its index
            key={index}
            index={index}
            text={item}
            isChanged={before !== null && before[index] !== item}
            names={pointers.get(index) ?? []}
            width={isStacked ? null : cellWidth(cells, width)}
          />
        ))}
        {length > items.length && (
          <View style={isStacked ? styles.stackedRest : styles.rest}>
            <Text style={[styles.value, { color: palette.onSurfaceVariant }]}>+{length - items.length}</Text>
          </View>
        )}
      </View>
    </View>
  );
}

interface CellProps {
  index: number;
  text: string;
  isChanged: boolean;
  names: readonly string[];
  /** Null where cells are below each other. */
  width: number | null;
}

function Cell({ index, text, isChanged, names, width }: CellProps) {
  const { palette } = useAppTheme();
  const isStacked = width === null;
  const isPointedAt = names.length > 0;
  return (
    <View style={isStacked ? styles.stackedCell : [styles.cell, { width }]}>
      <Text style={[styles.index, isStacked && styles.stackedIndex, { color: palette.onSurfaceVariant }]}>
        {index}
      </Text>
      <View
        style={[
          styles.box,
          { borderColor: palette.outlineVariant, backgroundColor: palette.surface },
          isPointedAt && { borderColor: palette.primary, backgroundColor: palette.primaryContainer },
          isChanged && { borderColor: palette.accent, backgroundColor: palette.accentContainer },
        ]}
      >
        <Text style={[styles.value, { color: palette.onSurface }]} numberOfLines={isStacked ? 2 : 1}>
          {text}
        </Text>
      </View>
      {isPointedAt && !isStacked && <View style={[styles.tip, { borderBottomColor: palette.primary }]} />}
      {names.map((name) => (
        <View key={name} style={!isStacked && { width: nameWidth(name), alignItems: 'center' }}>
          <Text numberOfLines={1} style={[styles.pointer, { color: palette.primary }]}>
            {isStacked ? `◂ ${name}` : name}
          </Text>
        </View>
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  name: {
    fontFamily: codeFontFamily,
    fontSize: 13,
    lineHeight: 18,
    alignSelf: 'flex-start',
    paddingHorizontal: spacing.xs,
    marginLeft: -spacing.xs,
    borderRadius: 4,
    overflow: 'hidden',
  },
  wrapping: { flexDirection: 'row', flexWrap: 'wrap', rowGap: spacing.xs, columnGap },
  cell: { alignItems: 'center' },
  stackedCell: { flexDirection: 'row', alignItems: 'center', gap: spacing.s, paddingVertical: 2 },
  index: { fontFamily: codeFontFamily, fontSize: 10.5, lineHeight: 15 },
  stackedIndex: { width: 18, textAlign: 'right' },
  box: {
    minHeight: 32,
    minWidth: 32,
    alignSelf: 'stretch',
    flexShrink: 1,
    paddingHorizontal: 5,
    paddingVertical: 3,
    borderWidth: 1.5,
    borderRadius: radius.s - 2,
    alignItems: 'center',
    justifyContent: 'center',
  },
  value: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 18 },
  tip: {
    width: 0,
    height: 0,
    marginTop: 2,
    borderLeftWidth: 4,
    borderRightWidth: 4,
    borderBottomWidth: 5,
    borderLeftColor: 'transparent',
    borderRightColor: 'transparent',
  },
  pointer: { fontFamily: codeFontFamily, fontSize: 11, lineHeight: 14 },
  rest: { justifyContent: 'center', height: 32, marginTop: 15, paddingHorizontal: spacing.s },
  stackedRest: { paddingLeft: 18 + spacing.s, paddingVertical: 2 },
});
