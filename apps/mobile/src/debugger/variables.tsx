import { useMemo, useState } from 'react';
import { ScrollView, StyleSheet, Text, View } from 'react-native';
import type { Language, Variable } from '@/api/types';
import { codeFontFamily, radius, spacing, useAppTheme } from '@/theme/theme';
import { CellsDrawing } from './cells-drawing';
import { NodeDrawing } from './node-drawing';
import { groupNodes } from './node-groups';
import { findCells, type IndexUses } from './pointers';
import type { Frame, Moment } from './replay';

interface VariablesProps {
  /** From the outermost to the one whose variables are shown. */
  frames: readonly Frame[];
  before: Moment['before'];
  uses: IndexUses;
  language: Language;
}

const itemsOf = (variable: Variable | undefined) =>
  variable?.structure?.kind === 'list' ? variable.structure.items : null;

/** The variables of a call: plain values first, what can be drawn below. */
export function Variables({ frames, before, uses, language }: VariablesProps) {
  const { palette } = useAppTheme();
  const [width, setWidth] = useState(0);
  const frame = frames.at(-1);
  const { cells, groups, plain } = useMemo(() => {
    const found = {
      cells: frame ? findCells(frame, uses) : [],
      groups: groupNodes(frames),
    };
    const drawn = new Set([
      ...found.cells.map(({ name }) => name),
      ...found.groups.flatMap(({ variables }) => variables.map(({ name }) => name)),
    ]);
    const rest = [...(frame?.variables.values() ?? [])].filter(({ name }) => !drawn.has(name));
    return { ...found, plain: rest };
  }, [frame, frames, uses]);
  const changed = useMemo(() => new Set(before.keys()), [before]);
  const isEmpty = plain.length + cells.length + groups.length === 0;
  return (
    <ScrollView style={styles.pane} contentContainerStyle={styles.content} testID="variables">
      <View
        testID="variables-width"
        style={styles.measured}
        onLayout={({ nativeEvent: { layout } }) => setWidth(Math.round(layout.width))}
      />
      {isEmpty && <Text style={{ color: palette.onSurfaceVariant }}>No variables yet.</Text>}
      {plain.length > 0 && (
        <View style={styles.chips}>
          {plain.map((variable) => (
            <Chip key={variable.name} variable={variable} isChanged={changed.has(variable.name)} />
          ))}
        </View>
      )}
      {width > 0 &&
        groups.map((group) => (
          <NodeDrawing
            key={`${group.structure.kind}-${group.structure.nodes[0]?.id}`}
            group={group}
            language={language}
            changed={changed}
            width={width}
          />
        ))}
      {width > 0 &&
        cells.map((list) => (
          <CellsDrawing
            key={list.name}
            cells={list}
            isChanged={changed.has(list.name)}
            before={itemsOf(before.get(list.name))}
            width={width}
          />
        ))}
    </ScrollView>
  );
}

function Chip({ variable: { name, text }, isChanged }: { variable: Variable; isChanged: boolean }) {
  const { palette } = useAppTheme();
  return (
    <View
      accessible
      role="group"
      aria-label={`${name}: ${text}${isChanged ? ', changed' : ''}`}
      testID={`variable-${name}`}
      style={[
        styles.chip,
        { borderColor: palette.outlineVariant },
        isChanged && { borderColor: palette.accent, backgroundColor: palette.accentContainer },
      ]}
    >
      <Text
        style={[styles.code, { color: isChanged ? palette.onAccentContainer : palette.onSurfaceVariant }]}
      >
        {name}
      </Text>
      <Text
        style={[
          styles.code,
          styles.value,
          { color: isChanged ? palette.onAccentContainer : palette.onSurface },
        ]}
      >
        {text}
      </Text>
    </View>
  );
}

const styles = StyleSheet.create({
  pane: { flex: 1 },
  content: { padding: spacing.l, paddingTop: spacing.s, gap: spacing.m },
  measured: { height: 0, marginBottom: -spacing.m },
  chips: { flexDirection: 'row', flexWrap: 'wrap', gap: 6 },
  chip: {
    flexDirection: 'row',
    alignItems: 'baseline',
    gap: spacing.s,
    maxWidth: '100%',
    paddingHorizontal: spacing.s,
    paddingVertical: 4,
    borderWidth: 1,
    borderRadius: radius.s,
  },
  code: { fontFamily: codeFontFamily, fontSize: 13, lineHeight: 18 },
  value: { fontWeight: '600', flexShrink: 1, minWidth: 0 },
});
