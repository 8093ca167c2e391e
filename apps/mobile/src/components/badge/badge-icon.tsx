import { StyleSheet, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import { radius, useAppTheme } from '@/theme/theme';
import { iconOfBadge } from './icon-of-badge';

export const badgeIconSize = 36;

interface BadgeIconProps {
  id: string;
  isEarned: boolean;
}

export function BadgeIcon({ id, isEarned }: BadgeIconProps) {
  const { palette } = useAppTheme();
  const [backgroundColor, color] = isEarned
    ? [palette.secondaryContainer, palette.onSecondaryContainer]
    : [palette.surfaceVariant, palette.onSurfaceVariant];
  return (
    <View style={[styles.circle, { backgroundColor }]}>
      <Icon name={iconOfBadge(id)} color={color} size={20} />
    </View>
  );
}

const styles = StyleSheet.create({
  circle: {
    width: badgeIconSize,
    height: badgeIconSize,
    borderRadius: radius.pill,
    alignItems: 'center',
    justifyContent: 'center',
  },
});
