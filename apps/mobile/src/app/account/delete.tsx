export { DeleteAccountScreen as default } from '@/screens/account/delete-account-screen';
