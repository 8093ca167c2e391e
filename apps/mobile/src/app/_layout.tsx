import { QueryClientProvider } from '@tanstack/react-query';
import { Stack } from 'expo-router';
import { StatusBar } from 'expo-status-bar';
import { useEffect } from 'react';
import { PaperProvider } from 'react-native-paper';
import { BootScreen } from '@/components/boot-screen';
import { Icon } from '@/components/icon/icon';
import { isIconName } from '@/components/icon/icon-name';
import { registerServiceWorker } from '@/offline/service-worker/register';
import { queryClient } from '@/state/queries/query-client';
import { useBoot } from '@/state/use-boot';
import { useChosenTheme } from '@/theme/use-chosen-theme';

export { CrashScreen as ErrorBoundary } from '@/screens/crash-screen';

const paperSettings = {
  icon: ({ name, color, size }: { name: unknown; color?: string; size: number }) =>
    isIconName(name) ? <Icon name={name} color={color ?? 'currentColor'} size={size} /> : null,
};

export default function RootLayout() {
  const isReady = useBoot();
  const theme = useChosenTheme();
  useEffect(registerServiceWorker, []);
  if (!isReady) return <BootScreen />;
  return (
    <QueryClientProvider client={queryClient}>
      <PaperProvider theme={theme} settings={paperSettings}>
        <StatusBar style={theme.dark ? 'light' : 'dark'} />
        <Stack
          screenOptions={{ headerShown: false, contentStyle: { backgroundColor: theme.palette.background } }}
        />
      </PaperProvider>
    </QueryClientProvider>
  );
}
