export { ForgotPasswordScreen as default } from '@/screens/mailed-links/forgot-password-screen';
