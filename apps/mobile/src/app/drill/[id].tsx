import { useLocalSearchParams } from 'expo-router';
import { DrillScreen } from '@/screens/drill/drill-screen';

export default function DrillRoute() {
  const { id, again } = useLocalSearchParams<{ id: string; again?: string }>();
  const isAgain = again === '1';
  return <DrillScreen key={`${id} ${isAgain}`} slug={id} isAgain={isAgain} />;
}
