// First of all, before the router reads the address.
import './src/lib/taken-token';
import 'expo-router/entry';
