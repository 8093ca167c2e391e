export { getRandomBytes as randomBytes } from 'expo-crypto';
