export { ResetPasswordScreen as default } from '@/screens/mailed-links/reset-password-screen';
