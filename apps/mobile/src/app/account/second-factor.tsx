export { SecondFactorScreen as default } from '@/screens/account/second-factor-screen';
