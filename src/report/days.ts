import { ExemptionNote } from '../policy/verdict';
import { plural } from '../text/text';

const day = 24 * 60 * 60 * 1000;

/** Days after `today` on which the exemption still holds; 0 on its last day, `undefined` where it does not end. */
export function daysLeft({ until }: ExemptionNote, today: string): number | undefined {
  if (until === undefined) return undefined;
  const days = Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / day);
  return Number.isNaN(days) ? undefined : days;
}

/** `12 days left`, for a person. */
export function daysLeftText(exemption: ExemptionNote, today: string): string | undefined {
  const days = daysLeft(exemption, today);
  if (days === undefined) return undefined;
  if (days < 0) return `ended ${plural(-days, 'day')} ago`;
  return days === 0 ? 'today is its last day' : `${plural(days, 'day')} left`;
}
