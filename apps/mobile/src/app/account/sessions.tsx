export { SessionsScreen as default } from '@/screens/account/sessions-screen';
