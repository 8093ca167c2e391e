import { StyleSheet, View } from 'react-native';
import type { Activity } from '@/api/types';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import {
  type CalendarDay,
  type CalendarWeek,
  calendarWeeks,
  describeCalendar,
} from '@/lib/activity-calendar';
import { spacing, useAppTheme } from '@/theme/theme';

const weekCount = 18;

/** From nothing to the most that is solved on a day. */
const opacities = [0, 0.3, 0.5, 0.75, 1];

/** A month's name is wider than its week: in the last ones it would stand out of the card. */
const lastNamedWeek = weekCount - 3;

const weekdays = ['Mon', '', 'Wed', '', 'Fri', '', ''];

/** On which days something was solved: a week is a column, and begins on Monday. */
export function ActivityCard({ activity }: { activity: Activity }) {
  const weeks = calendarWeeks(activity, weekCount);
  return (
    <TitledCard title="Activity">
      <View
        accessible
        accessibilityRole="image"
        accessibilityLabel={describeCalendar(weeks)}
        style={styles.picture}
        testID="activity-calendar"
      >
        <View style={styles.grid}>
          <Weekdays />
          {weeks.map((week, index) => (
            <WeekColumn key={week.date} week={week} isNamed={index <= lastNamedWeek} />
          ))}
        </View>
        <Legend />
      </View>
    </TitledCard>
  );
}

function Weekdays() {
  const { palette } = useAppTheme();
  return (
    <View style={styles.weekdays}>
      <View style={styles.month} />
      {weekdays.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: days of the week keep their order
        <View key={index} style={styles.weekday}>
          <Text style={[styles.label, { color: palette.onSurfaceVariant }]}>{name}</Text>
        </View>
      ))}
    </View>
  );
}

function WeekColumn({ week, isNamed }: { week: CalendarWeek; isNamed: boolean }) {
  const { palette } = useAppTheme();
  return (
    <View style={styles.week}>
      <View style={styles.month}>
        {isNamed && week.month && (
          <Text
            numberOfLines={1}
            style={[styles.label, styles.monthName, { color: palette.onSurfaceVariant }]}
          >
            {week.month}
          </Text>
        )}
      </View>
      {week.days.map((day, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: days of the week keep their order
        day ? <Cell key={day.date} day={day} /> : <View key={index} style={styles.cell} />,
      )}
    </View>
  );
}

function Cell({ day: { level, isToday } }: { day: Pick<CalendarDay, 'level' | 'isToday'> }) {
  const { palette } = useAppTheme();
  return (
    <View
      style={[
        styles.cell,
        { backgroundColor: palette.surfaceVariant },
        isToday && [styles.today, { borderColor: palette.primary }],
      ]}
      testID={isToday ? 'calendar-today' : undefined}
    >
      <View style={[styles.fill, { backgroundColor: palette.secondary, opacity: opacities[level] }]} />
    </View>
  );
}

function Legend() {
  const { palette } = useAppTheme();
  return (
    <View style={styles.legend}>
      <Text style={[styles.label, { color: palette.onSurfaceVariant }]}>Less</Text>
      {opacities.map((opacity, level) => (
        <View key={opacity} style={styles.legendCell}>
          <Cell day={{ level, isToday: false }} />
        </View>
      ))}
      <Text style={[styles.label, { color: palette.onSurfaceVariant }]}>More</Text>
    </View>
  );
}

const gap = 3;

const styles = StyleSheet.create({
  picture: { width: '100%', maxWidth: 460, gap: spacing.s },
  grid: { flexDirection: 'row', gap },
  weekdays: { width: 24, gap },
  weekday: { flex: 1, justifyContent: 'center' },
  week: { flex: 1, minWidth: 0, gap },
  month: { height: 14 },
  // The least width, since on the web a text of one line is at most as wide as its parent.
  monthName: { position: 'absolute', left: 0, minWidth: 40 },
  label: { fontSize: 10, lineHeight: 12 },
  cell: { width: '100%', aspectRatio: 1, borderRadius: 3, overflow: 'hidden' },
  today: { borderWidth: 2 },
  fill: { flex: 1 },
  legend: { flexDirection: 'row', alignItems: 'center', justifyContent: 'flex-end', gap },
  legendCell: { width: 12 },
});
