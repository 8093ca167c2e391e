export { LogInScreen as default } from '@/screens/log-in/log-in-screen';
