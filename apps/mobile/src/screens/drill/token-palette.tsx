import { memo, useMemo } from 'react';
import { Pressable, ScrollView, StyleSheet, Text, View } from 'react-native';
import type { Language } from '@/api/types';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import type { EditorAction } from '@/editor/editor-command';
import { operatorKeys, type PaletteKey, wordKeys } from '@/editor/palette-keys';
import { useKeepFocus } from '@/lib/use-keep-focus';
import { setPreference } from '@/state/preferences';
import { codeFontFamily, contentWidth, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface TokenPaletteProps {
  /** The code whose names become keys. */
  code: string;
  language: Language;
  softKeyboard: boolean;
  hasWords: boolean;
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
  { icon: 'arrow-left', label: 'Left', action: { kind: 'left' } },
  { icon: 'arrow-right', label: 'Right', action: { kind: 'right' } },
  { icon: 'arrow-up', label: 'Up', action: { kind: 'up' } },
  { icon: 'arrow-down', label: 'Down', action: { kind: 'down' } },
  { icon: 'select', label: 'Select token', action: { kind: 'select-token' } },
  { icon: 'backspace-outline', label: 'Delete', action: { kind: 'backspace' } },
  { icon: 'format-indent-increase', label: 'Indent', action: { kind: 'indent' } },
  { icon: 'format-indent-decrease', label: 'Dedent', action: { kind: 'dedent' } },
];

/** Keys for the tokens that fix bugs, so that most fixes need no keyboard. */
export const TokenPalette = memo(function TokenPalette(props: TokenPaletteProps) {
  const { code, language, softKeyboard, hasWords, onAction } = props;
  const { palette } = useAppTheme();
  const ref = useKeepFocus();
  const words = useMemo(() => wordKeys(code, language), [code, language]);
  const press = (key: PaletteKey) => onAction({ kind: 'press', key });
  return (
    <View
      ref={ref}
      style={[styles.palette, { backgroundColor: palette.surfaceVariant }]}
      testID="token-palette"
    >
      <KeyRow label="Operators" keys={operatorKeys(language)} onPress={press} />
      {hasWords && <KeyRow label="Names" keys={words} onPress={press} />}
      <ScrollView {...rowProps} accessibilityLabel="Editing">
        <ControlKey
          icon={softKeyboard ? 'keyboard-close-outline' : 'keyboard-outline'}
          label={softKeyboard ? 'Work without keyboard' : 'Use the keyboard'}
          onPress={() => setPreference({ softKeyboard: !softKeyboard })}
        />
        {controls.map(({ icon, label, action }) => (
          <ControlKey key={label} icon={icon} label={label} onPress={() => onAction(action)} />
        ))}
      </ScrollView>
    </View>
  );
});

interface KeyRowProps {
  label: string;
  keys: PaletteKey[];
  onPress: (key: PaletteKey) => void;
}

function KeyRow({ label, keys, onPress }: KeyRowProps) {
  const { palette } = useAppTheme();
  return (
    <ScrollView {...rowProps} accessibilityLabel={label}>
      {keys.map((key) => (
        <Pressable
          key={key.label}
          testID={`key-${key.label}`}
          accessibilityRole="button"
          accessibilityLabel={`Insert ${key.label}`}
          onPress={() => onPress(key)}
          style={styles.touch}
        >
          {({ pressed }) => (
            <View
              style={[styles.key, { backgroundColor: pressed ? palette.primaryContainer : palette.surface }]}
            >
              <Text style={[styles.keyText, { color: palette.onSurface }]}>{key.label}</Text>
            </View>
          )}
        </Pressable>
      ))}
    </ScrollView>
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

const styles = StyleSheet.create({
  palette: { paddingVertical: 2 },
  row: { flexGrow: 0, width: '100%', maxWidth: contentWidth, alignSelf: 'center' },
  keys: { paddingHorizontal: spacing.xs },
  touch: { minHeight: touchTarget, minWidth: touchTarget, padding: 2 },
  key: {
    flex: 1,
    borderRadius: radius.s,
    alignItems: 'center',
    justifyContent: 'center',
    paddingHorizontal: spacing.s + 1,
  },
  keyText: { fontFamily: codeFontFamily, fontSize: 15 },
});

const rowProps = {
  horizontal: true,
  showsHorizontalScrollIndicator: false,
  keyboardShouldPersistTaps: 'always',
  style: styles.row,
  contentContainerStyle: styles.keys,
} as const;
