import type { ReactNode } from 'react';
import { Modal, Platform, Pressable, type StyleProp, StyleSheet, View, type ViewStyle } from 'react-native';
import { useReducedMotion } from '@/lib/use-reduced-motion';

interface LayerProps {
  /** What it is, for those who can't see it. */
  label: string;
  isOpen: boolean;
  onClose: () => void;
  /** It lies above what closes the layer. */
  children: ReactNode;
  /** Whether the screen below stays as it is. */
  isClear?: boolean;
  style?: StyleProp<ViewStyle>;
}

/**
 * What lies above the screen until it is closed, by a press beside it too.
 *
 * On the web it goes at once. While it fades it would hold the focus, and at its end give it to the button that opened
 * it, even when the learner is typing again by then.
 */
export function Layer({ label, isOpen, onClose, children, isClear = false, style }: LayerProps) {
  const isMotionReduced = useReducedMotion();
  const fades = !isClear && !isMotionReduced && (isOpen || Platform.OS !== 'web');
  return (
    <Modal
      aria-label={label}
      visible={isOpen}
      transparent
      animationType={fades ? 'fade' : 'none'}
      onRequestClose={onClose}
      statusBarTranslucent
    >
      <View style={[styles.room, style]}>
        {children}
        {/* After what it lies below, which gets the focus first. */}
        <Pressable
          style={[styles.scrim, !isClear && styles.dark]}
          onPress={onClose}
          accessibilityLabel="Close"
          accessibilityRole="button"
        />
      </View>
    </Modal>
  );
}

/** For what is in a layer, to be above its scrim. */
export const aboveScrim = { zIndex: 1 } as const;

const styles = StyleSheet.create({
  room: { flex: 1 },
  scrim: { position: 'absolute', inset: 0 },
  dark: { backgroundColor: '#0A0A14', opacity: 0.5 },
});
