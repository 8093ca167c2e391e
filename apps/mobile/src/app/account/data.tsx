export { DataScreen as default } from '@/screens/account/data-screen';
