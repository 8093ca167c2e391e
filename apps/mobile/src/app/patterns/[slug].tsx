import { useLocalSearchParams } from 'expo-router';
import { PatternScreen } from '@/screens/pattern/pattern-screen';

export default function PatternRoute() {
  const { slug } = useLocalSearchParams<{ slug: string }>();
  return <PatternScreen slug={slug} />;
}
