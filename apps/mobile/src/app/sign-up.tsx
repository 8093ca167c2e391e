export { SignUpScreen as default } from '@/screens/sign-up/sign-up-screen';
