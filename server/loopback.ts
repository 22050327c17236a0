const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])(?::\d+)?$/i

/** Whether a host, with or without a port, is this machine and nothing else. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)
