export { BadgesScreen as default } from '@/screens/badges/badges-screen';
