export { OauthScreen as default } from '@/screens/oauth/oauth-screen';
