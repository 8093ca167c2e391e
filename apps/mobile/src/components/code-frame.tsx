import type { ReactNode } from 'react';
import { ScrollView, StyleSheet } from 'react-native';
import { radius, spacing, useAppTheme } from '@/theme/theme';

interface CodeFrameProps {
  children: ReactNode;
  /** Whether the lines bring their own space at the sides, as coloured lines do. */
  isEdgeToEdge?: boolean;
}

/** Holds code that is only shown; long lines scroll sideways. */
export function CodeFrame({ children, isEdgeToEdge = false }: CodeFrameProps) {
  const { palette } = useAppTheme();
  return (
    <ScrollView
      horizontal
      // Without a mouse or a finger it is scrolled by the arrow keys, which need the focus.
      tabIndex={0}
      role="group"
      aria-label="Code"
      style={[
        styles.frame,
        { backgroundColor: palette.code.background, borderColor: palette.outlineVariant },
      ]}
      contentContainerStyle={[styles.content, isEdgeToEdge && styles.edgeToEdge]}
    >
      {children}
    </ScrollView>
  );
}

const styles = StyleSheet.create({
  frame: { borderRadius: radius.m, borderWidth: 1, flexGrow: 0 },
  content: { minWidth: '100%', padding: spacing.m },
  edgeToEdge: { paddingHorizontal: 0, paddingVertical: spacing.s },
});
