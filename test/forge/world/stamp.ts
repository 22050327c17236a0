/** A time as GitHub writes it: whole seconds, UTC. */
export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
