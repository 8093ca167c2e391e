import { Tabs } from 'expo-router';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { WelcomeScreen } from '@/screens/welcome/welcome-screen';
import { usePreferences } from '@/state/preferences';
import { useAppTheme } from '@/theme/theme';

const tabs: { name: string; title: string; icon: IconName }[] = [
  { name: 'index', title: 'Today', icon: 'calendar-today-outline' },
  { name: 'patterns', title: 'Patterns', icon: 'puzzle-outline' },
  { name: 'progress', title: 'Progress', icon: 'chart-line' },
  { name: 'profile', title: 'Profile', icon: 'account-outline' },
];

const tabBarHeight = 60;

export default function TabsLayout() {
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  const language = usePreferences((state) => state.language);
  if (!language) return <WelcomeScreen />;
  return (
    <Tabs
      screenOptions={{
        headerShown: false,
        tabBarActiveTintColor: palette.primary,
        tabBarInactiveTintColor: palette.onSurfaceVariant,
        tabBarStyle: {
          height: tabBarHeight + insets.bottom,
          paddingTop: 4,
          backgroundColor: palette.surface,
          borderTopColor: palette.outlineVariant,
        },
        tabBarLabelStyle: { fontSize: 12 },
        sceneStyle: { backgroundColor: palette.background },
      }}
    >
      {tabs.map(({ name, title, icon }) => (
        <Tabs.Screen
          key={name}
          name={name}
          options={{
            title,
            tabBarButtonTestID: `tab-${title.toLowerCase()}`,
            tabBarIcon: ({ color, size }) => <Icon name={icon} color={String(color)} size={size} />,
          }}
        />
      ))}
    </Tabs>
  );
}
