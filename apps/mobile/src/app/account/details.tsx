export { DetailsScreen as default } from '@/screens/account/details-screen';
