import { QueryClientProvider } from '@tanstack/react-query';
import { Stack } from 'expo-router';
import { StatusBar } from 'expo-status-bar';
import { useEffect } from 'react';
import { BootScreen } from '@/components/boot-screen';
import { registerServiceWorker } from '@/offline/service-worker/register';
import { queryClient } from '@/state/queries/query-client';
import { useBoot } from '@/state/use-boot';
import { ThemeProvider } from '@/theme/theme';
import { useChosenTheme } from '@/theme/use-chosen-theme';

export { CrashScreen as ErrorBoundary } from '@/screens/crash-screen';

export default function RootLayout() {
  const isReady = useBoot();
  const theme = useChosenTheme();
  useEffect(registerServiceWorker, []);
  if (!isReady) return <BootScreen />;
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider value={theme}>
        <StatusBar style={theme.dark ? 'light' : 'dark'} />
        <Stack
          screenOptions={{ headerShown: false, contentStyle: { backgroundColor: theme.palette.background } }}
        />
      </ThemeProvider>
    </QueryClientProvider>
  );
}
