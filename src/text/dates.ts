/** Whether the text is a day of the calendar, `YYYY-MM-DD`: the 30th of February is none. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Today in UTC, so that a pipeline gets the same answer wherever it runs. */
export function todayUtc(): string {
  return new Date().toISOString().slice(0, 10);
}
