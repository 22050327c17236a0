/** What the server can say about itself in numbers. Looking costs nobody anything until somebody looks. */
import { existsSync, statSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Client } from '@libsql/client'
import { isFile } from '../db/open.ts'
import { pathOf } from '../db/path-of.ts'
import type { Writer } from '../writer/writer.ts'
import { histogramsText, type Labels, numbersText } from './measures.ts'
import type { Requests } from './watch-requests.ts'

export interface Metrics {
  /** What became of votes; whoever casts some adds to it. */
  votes: Record<'accepted' | 'duplicate' | 'rejected', number>
  /** Requests refused because there were too many, by whose. */
  limited: Record<'person' | 'address', number>
  /** All of it, as Prometheus reads it. */
  text(): Promise<string>
  close(): void
}

interface Measured {
  db: Client
  database: string
  writer: Pick<Writer, 'queued' | 'commits'>
  requests: Requests
  version: string
}

const IMPORTS = ['waiting', 'running', 'paused']

export function measure({ db, database, writer, requests, version }: Measured): Metrics {
  const lag = monitorEventLoopDelay({ resolution: 10 })
  lag.enable()
  const votes = { accepted: 0, duplicate: 0, rejected: 0 }
  const limited = { person: 0, address: 0 }
  const started = Date.now() / 1000 - process.uptime()

  async function imports() {
    const { rows } = await db.execute('SELECT status, count(*) AS n FROM imports GROUP BY status')
    return IMPORTS.map((status): [Labels, number] => [
      { status },
      Number(rows.find((row) => row.status === status)?.n ?? 0),
    ])
  }

  /** The longest since somebody looked last, and how it is distributed. */
  function lags(): [Labels, number][] {
    const found = [0.5, 0.99].map((quantile): [Labels, number] => [
      { quantile: String(quantile) },
      seconds(lag.percentile(quantile * 100)),
    ])
    const longest: [Labels, number] = [{ quantile: '1' }, seconds(lag.max)]
    lag.reset()
    return [...found, longest]
  }

  return {
    votes,
    limited,
    close: () => void lag.disable(),
    async text() {
      const cpu = process.cpuUsage()
      const memory = process.memoryUsage()
      return [
        numbersText('gauge', 'forgemoot_build_info', 'The version that runs.', [[{ version }, 1]]),
        numbersText(
          'counter',
          'forgemoot_votes_total',
          'Votes, by what became of them.',
          by('result', votes),
        ),
        numbersText(
          'counter',
          'forgemoot_limited_total',
          'Requests answered with 429, by whose limit it was.',
          by('limit', limited),
        ),
        histogramsText(
          'forgemoot_http_request_duration_seconds',
          'From arrival to the last byte; 499 is a client that went away.',
          requests.durations(),
        ),
        numbersText(
          'gauge',
          'forgemoot_http_requests_under_way',
          'Requests without an answer yet.',
          one(requests.underWay()),
        ),
        numbersText(
          'gauge',
          'forgemoot_writer_queue_votes',
          'Votes that wait for the disk.',
          one(writer.queued()),
        ),
        histogramsText('forgemoot_writer_commit_votes', 'Votes in one commit.', [
          [{}, writer.commits],
        ]),
        numbersText(
          'gauge',
          'forgemoot_database_bytes',
          'Of the database and of its journal.',
          bytesOf(database),
        ),
        numbersText('gauge', 'forgemoot_imports', 'Imports that have not ended.', await imports()),
        numbersText(
          'gauge',
          'forgemoot_event_loop_lag_seconds',
          'How late timers were since somebody looked last.',
          lags(),
        ),
        numbersText(
          'counter',
          'process_cpu_seconds_total',
          'Processor time.',
          one((cpu.user + cpu.system) / 1e6),
        ),
        numbersText('gauge', 'process_resident_memory_bytes', 'Memory.', one(memory.rss)),
        numbersText(
          'gauge',
          'nodejs_heap_size_used_bytes',
          'Memory of values.',
          one(memory.heapUsed),
        ),
        numbersText('gauge', 'process_start_time_seconds', 'When it started.', one(started)),
      ].join('')
    },
  }
}

const one = (value: number): [Labels, number][] => [[{}, value]]

const seconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0)

const by = (label: string, counts: Record<string, number>) =>
  Object.entries(counts).map(([name, count]) => [{ [label]: name }, count] as const)

function bytesOf(url: string): [Labels, number][] {
  if (!isFile(url)) return []
  return ['', '-wal'].map((end) => {
    const file = pathOf(url) + end
    return [{ file: end ? 'journal' : 'database' }, existsSync(file) ? statSync(file).size : 0]
  })
}
