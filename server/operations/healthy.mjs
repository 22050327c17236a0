/** Ends with 0 when the server of this container can do its work. Plain JavaScript: it runs every 15 seconds. */
const { PORT = '8787' } = process.env
const answer = await fetch(`http://127.0.0.1:${PORT}/readyz`).catch(() => undefined)
process.exit(answer?.ok ? 0 : 1)
