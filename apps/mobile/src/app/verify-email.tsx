export { VerifyEmailScreen as default } from '@/screens/mailed-links/verify-email-screen';
