export { ProfileScreen as default } from '@/screens/profile/profile-screen';
