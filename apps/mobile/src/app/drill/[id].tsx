import { useLocalSearchParams } from 'expo-router';
import { DrillScreen } from '@/screens/drill/drill-screen';

export default function DrillRoute() {
  const { id } = useLocalSearchParams<{ id: string }>();
  return <DrillScreen key={id} slug={id} />;
}
