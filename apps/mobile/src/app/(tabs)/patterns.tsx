export { PatternsScreen as default } from '@/screens/patterns/patterns-screen';
