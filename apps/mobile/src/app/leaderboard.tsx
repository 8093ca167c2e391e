export { LeaderboardScreen as default } from '@/screens/leaderboard/leaderboard-screen';
