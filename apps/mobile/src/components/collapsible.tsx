import { type ReactNode, useState } from 'react';
import { Pressable, StyleSheet, View } from 'react-native';
import { Text } from '@/components/text';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { Icon } from './icon/icon';

interface CollapsibleProps {
  title: string;
  isOpenAtFirst: boolean;
  children: ReactNode;
  testID?: string;
}

export function Collapsible({ title, isOpenAtFirst, children, testID }: CollapsibleProps) {
  const { palette } = useAppTheme();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <View>
      <Pressable
        testID={testID}
        accessibilityRole="button"
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
        style={styles.header}
      >
        <Text variant="titleSmall" style={styles.title}>
          {title}
        </Text>
        <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} color={palette.onSurfaceVariant} />
      </Pressable>
      {isOpen && <View style={styles.body}>{children}</View>}
    </View>
  );
}

const styles = StyleSheet.create({
  header: { flexDirection: 'row', alignItems: 'center', minHeight: touchTarget },
  title: { flex: 1, fontWeight: '700' },
  body: { paddingBottom: spacing.m },
});
