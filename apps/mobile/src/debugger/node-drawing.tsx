import { useEffect, useMemo, useRef } from 'react';
import { ScrollView, StyleSheet, Text, View } from 'react-native';
import type { Language } from '@/api/types';
import { codeFontFamily, radius, useAppTheme } from '@/theme/theme';
import { type Drawing, labelHeight, layoutGraph, layoutLinkedList, layoutTree, nodeHeight } from './layout';
import type { NodeGroup, NodeStructure } from './node-groups';
import { Strokes } from './strokes';

interface NodeDrawingProps {
  group: NodeGroup;
  language: Language;
  /** The names of the variables that have changed. */
  changed: ReadonlySet<string>;
  width: number;
}

/** A node is named by two lines at most, so that a drawing keeps its height while names move. */
const mostLabelLines = 2;

function layout(structure: NodeStructure, width: number, labelLines: number, language: Language): Drawing {
  const room = { width, labelLines };
  switch (structure.kind) {
    case 'linked_list':
      return layoutLinkedList(structure, room, language === 'python' ? 'None' : 'null');
    case 'tree':
      return layoutTree(structure, room);
    case 'graph':
      return layoutGraph(structure, room);
  }
}

function labelLinesOf(names: readonly string[]): string[][] {
  const [first, ...others] = names;
  return [first === undefined ? [] : [first], others].filter((line) => line.length > 0);
}

/** A linked list, tree or graph, with the names of the variables below the nodes that they point at. */
export function NodeDrawing({ group, language, changed, width }: NodeDrawingProps) {
  const { palette } = useAppTheme();
  const { structure, labels, variables } = group;
  const labelLines = Math.min(mostLabelLines, Math.max(1, variables.length));
  const drawing = useMemo(
    () => layout(structure, width, labelLines, language),
    [structure, width, labelLines, language],
  );
  const scroll = useRef<ScrollView>(null);
  const labelled = drawing.nodes.find(({ id }) => labels.has(id))?.x;
  // A wide tree is moved to the node that a variable is at.
  useEffect(() => {
    if (labelled !== undefined)
      scroll.current?.scrollTo({ x: Math.max(0, labelled - width / 2), animated: false });
  }, [labelled, width]);
  const spoken =
    variables.map(({ name, text }) => `${name}: ${text}`).join('. ') || 'No variable is at a node here';
  // The end of a linked list says it itself.
  const isCut = structure.kind !== 'linked_list' && structure.is_cut === true;
  return (
    <ScrollView ref={scroll} horizontal contentContainerStyle={styles.scroll}>
      <View
        role="img"
        accessible
        aria-label={spoken}
        testID={`drawing-${structure.kind}`}
        style={{ width: drawing.width, height: drawing.height }}
      >
        <Strokes {...drawing} color={palette.outline} />
        {drawing.nodes.map(({ id, text, x, y }, index) => {
          const names = labels.get(id) ?? [];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: what comes out of learners' code may repeat an id
            <View key={index} style={[styles.place, { left: x - 60, top: y - nodeHeight / 2 }]}>
              <View
                style={[
                  styles.node,
                  structure.kind === 'linked_list' ? styles.box : styles.circle,
                  {
                    width: drawing.nodeWidth,
                    borderColor: palette.outline,
                    backgroundColor: palette.surface,
                  },
                  names.length > 0 && {
                    borderColor: palette.primary,
                    backgroundColor: palette.primaryContainer,
                  },
                ]}
              >
                <Text
                  numberOfLines={1}
                  style={[
                    styles.value,
                    { color: names.length > 0 ? palette.onPrimaryContainer : palette.onSurface },
                  ]}
                >
                  {text}
                </Text>
              </View>
              {labelLinesOf(names).map((line) => (
                <Text
                  key={line.join()}
                  numberOfLines={1}
                  style={[
                    styles.label,
                    { color: palette.primary, backgroundColor: palette.surface },
                    line.some((name) => changed.has(name)) && {
                      color: palette.onAccentContainer,
                      backgroundColor: palette.accentContainer,
                    },
                  ]}
                >
                  {line.join(', ')}
                </Text>
              ))}
            </View>
          );
        })}
        {drawing.end && (
          <Text
            style={[
              styles.value,
              styles.end,
              {
                color: palette.onSurfaceVariant,
                left: drawing.end.x - drawing.nodeWidth / 2 + 4,
                top: drawing.end.y - 9,
              },
            ]}
          >
            {drawing.end.text}
          </Text>
        )}
      </View>
      {isCut && (
        <Text style={[styles.cut, { color: palette.onSurfaceVariant }]}>
          The first {drawing.nodes.length} nodes
        </Text>
      )}
    </ScrollView>
  );
}

const styles = StyleSheet.create({
  scroll: { flexGrow: 1, flexDirection: 'column' },
  cut: { fontSize: 12, lineHeight: 16 },
  place: { position: 'absolute', width: 120, alignItems: 'center', pointerEvents: 'none' },
  node: { height: nodeHeight, borderWidth: 1.5, alignItems: 'center', justifyContent: 'center' },
  box: { borderRadius: radius.s },
  circle: { borderRadius: nodeHeight / 2 },
  value: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 18 },
  label: {
    fontFamily: codeFontFamily,
    fontSize: 11,
    lineHeight: labelHeight - 1,
    marginTop: 1,
    paddingHorizontal: 3,
    borderRadius: 4,
    overflow: 'hidden',
    maxWidth: 116,
  },
  end: { position: 'absolute' },
});
