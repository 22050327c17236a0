/** A moment in the reader's own way of writing, with the day where it is not today. */
export function timeText(at: number, now: number = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const
  return new Date(at).toLocaleString([], isToday ? clock : { ...day, ...clock })
}
