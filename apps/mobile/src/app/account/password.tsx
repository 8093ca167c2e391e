export { PasswordScreen as default } from '@/screens/account/password-screen';
