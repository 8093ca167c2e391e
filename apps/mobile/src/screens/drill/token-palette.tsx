import { memo, type ReactNode, useEffect, useRef } from 'react';
import { Pressable, ScrollView, StyleSheet, Text, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import type { EditorAction, VersionedOffers } from '@/editor/editor-command';
import type { Offer } from '@/editor/offer';
import { useKeepFocus } from '@/lib/use-keep-focus';
import { setPreference } from '@/state/preferences';
import { codeFontFamily, contentWidth, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface TokenPaletteProps {
  /** What fits the selection; null as long as nothing is chosen. */
  offers: VersionedOffers | null;
  softKeyboard: boolean;
  /** How many rows there is room for besides the keys for lines; with fewer, a row holds more. */
  rows: 1 | 2 | 3;
  onAction: (action: EditorAction) => void;
}

interface Control {
  icon: IconName;
  label: string;
  action: EditorAction;
}

const controls: Control[] = [
  { icon: 'undo', label: 'Undo', action: { kind: 'undo' } },
  { icon: 'redo', label: 'Redo', action: { kind: 'redo' } },
  { icon: 'arrow-up', label: 'Move line up', action: { kind: 'move-up' } },
  { icon: 'arrow-down', label: 'Move line down', action: { kind: 'move-down' } },
  { icon: 'format-indent-decrease', label: 'Dedent line', action: { kind: 'dedent' } },
  { icon: 'format-indent-increase', label: 'Indent line', action: { kind: 'indent' } },
  { icon: 'keyboard-return', label: 'New line below', action: { kind: 'new-line' } },
  { icon: 'content-duplicate', label: 'Duplicate line', action: { kind: 'duplicate-line' } },
  { icon: 'delete-outline', label: 'Delete line', action: { kind: 'delete-line' } },
  { icon: 'arrow-left', label: 'Cursor before', action: { kind: 'left' } },
  { icon: 'arrow-right', label: 'Cursor after', action: { kind: 'right' } },
  { icon: 'backspace-outline', label: 'Backspace', action: { kind: 'backspace' } },
  { icon: 'select', label: 'Select more', action: { kind: 'widen' } },
];

/** Keys for what can be done with what was tapped, then for its line, so that most fixes need no keyboard. */
export const TokenPalette = memo(function TokenPalette(props: TokenPaletteProps) {
  const { offers, softKeyboard, rows, onAction } = props;
  const { palette } = useAppTheme();
  const ref = useKeepFocus();
  return (
    <View
      ref={ref}
      style={[styles.palette, { backgroundColor: palette.surfaceVariant }]}
      testID="token-palette"
    >
      <View style={{ height: rows * rowHeight }}>
        {offers ? (
          inRows(offers, rows).map(({ name, offers: row }) => (
            <KeyRow key={name} label={name} start={offers}>
              {row.map((offer) => (
                <OfferKey
                  key={offer.label}
                  offer={offer}
                  onPress={() => onAction({ kind: 'edit', edit: offer.edit, version: offers.version })}
                />
              ))}
            </KeyRow>
          ))
        ) : (
          <Hint softKeyboard={softKeyboard} />
        )}
      </View>
      <View style={styles.last}>
        <View style={styles.controls}>
          <KeyRow label="Editing">
            {controls.map(({ icon, label, action }) => (
              <ControlKey key={icon} icon={icon} label={label} onPress={() => onAction(action)} />
            ))}
          </KeyRow>
        </View>
        <ControlKey
          icon={softKeyboard ? 'keyboard-close-outline' : 'keyboard-outline'}
          label={softKeyboard ? 'Work without keyboard' : 'Use the keyboard'}
          onPress={() => setPreference({ softKeyboard: !softKeyboard })}
        />
      </View>
    </View>
  );
});

interface Row {
  name: string;
  offers: Offer[];
}

/** The groups of offers, one a row; where there is room for fewer rows, the last one holds what is left. */
function inRows({ selected, groups }: VersionedOffers, rows: number): Row[] {
  const [instead, around, after] = groups;
  const named: Row[] =
    selected === null
      ? [
          { name: 'Likely here', offers: instead },
          { name: 'Signs', offers: around },
          { name: 'More', offers: after },
        ]
      : [
          { name: 'In its place', offers: instead },
          { name: 'With it', offers: around },
          { name: 'After it', offers: after },
        ];
  const apart = named.slice(0, rows - 1);
  const [last, ...others] = named.slice(rows - 1);
  return last ? [...apart, { ...last, offers: inOneRow([last, ...others]) }] : apart;
}

/** So many offers of each group come first where several groups share a row. */
const firstOnes = 5;

function inOneRow(groups: Row[]): Offer[] {
  if (groups.length === 1) return groups.flatMap(({ offers }) => offers);
  return [
    ...groups.flatMap(({ offers }) => offers.slice(0, firstOnes)),
    ...groups.flatMap(({ offers }) => offers.slice(firstOnes)),
  ];
}

function Hint({ softKeyboard }: { softKeyboard: boolean }) {
  const { palette } = useAppTheme();
  return (
    <View style={styles.hint}>
      <Text style={[styles.hintText, { color: palette.onSurfaceVariant }]}>
        {softKeyboard ? 'Tap the code to type' : 'Tap a token to change it'}
      </Text>
    </View>
  );
}

interface KeyRowProps {
  label: string;
  /** When this is another one, the row is shown from its beginning. */
  start?: unknown;
  children: ReactNode;
}

function KeyRow({ label, start, children }: KeyRowProps) {
  const scroller = useRef<ScrollView>(null);
  useEffect(() => {
    if (start) scroller.current?.scrollTo({ x: 0, animated: false });
  }, [start]);
  return (
    <ScrollView
      ref={scroller}
      horizontal
      showsHorizontalScrollIndicator={false}
      keyboardShouldPersistTaps="always"
      style={styles.row}
      contentContainerStyle={styles.keys}
      role="group"
      accessibilityLabel={label}
    >
      {children}
    </ScrollView>
  );
}

function OfferKey({ offer, onPress }: { offer: Offer; onPress: () => void }) {
  const { palette } = useAppTheme();
  const { label, spoken, isCode } = offer;
  return (
    <Pressable
      testID={`key-${label}`}
      accessibilityRole="button"
      accessibilityLabel={spoken}
      onPress={onPress}
      style={styles.touch}
    >
      {({ pressed }) => (
        <View style={[styles.key, { backgroundColor: pressed ? palette.primaryContainer : palette.surface }]}>
          <Text
            style={
              isCode ? [styles.code, { color: palette.onSurface }] : [styles.verb, { color: palette.primary }]
            }
          >
            {label}
          </Text>
        </View>
      )}
    </Pressable>
  );
}

function ControlKey({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }) {
  const { palette } = useAppTheme();
  return (
    <Pressable
      testID={`key-${icon}`}
      accessibilityRole="button"
      accessibilityLabel={label}
      onPress={onPress}
      style={styles.touch}
    >
      {({ pressed }) => (
        <View style={[styles.key, pressed && { backgroundColor: palette.primaryContainer }]}>
          <Icon name={icon} color={palette.onSurfaceVariant} size={21} />
        </View>
      )}
    </Pressable>
  );
}

const rowHeight = touchTarget;

const styles = StyleSheet.create({
  palette: { paddingVertical: 2 },
  row: { flexGrow: 0, height: rowHeight, width: '100%', maxWidth: contentWidth, alignSelf: 'center' },
  last: {
    flexDirection: 'row',
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
    paddingRight: spacing.xs,
  },
  controls: { flex: 1, minWidth: 0 },
  keys: { paddingHorizontal: spacing.xs },
  touch: { height: rowHeight, minWidth: touchTarget, padding: 2 },
  key: {
    flex: 1,
    borderRadius: radius.s,
    alignItems: 'center',
    justifyContent: 'center',
    paddingHorizontal: spacing.s + 1,
  },
  code: { fontFamily: codeFontFamily, fontSize: 15 },
  verb: { fontSize: 14, fontWeight: '500' },
  hint: { flex: 1, alignItems: 'center', justifyContent: 'center' },
  hintText: { fontSize: 14 },
});
