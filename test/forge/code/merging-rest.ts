/** The API of `moot/plot` over plain HTTP: what a server needs to let people vote on merging. */
import type { Reply } from '../reply.ts'
import { type RestForge, type RestQuestion, startRestForge } from '../rest.ts'
import { answerCode } from './code-api.ts'
import { type Plot, type PlotOptions, seedPlot } from './plot.ts'

/** The connection is cut instead of an answer. */
export const CUT: Reply = { status: 0, headers: {}, body: '' }

export interface MergingForge extends RestForge, Plot {
  /** What every request for code, checks and merging is, in order, as `PUT /pulls/1/merge`. */
  asked: string[]
  /**
   * Comes between: what it returns is answered instead. It is called before the request takes effect, and
   * once more when it did.
   */
  meddle: (
    request: string,
    when: 'before' | 'after',
  ) => Reply | undefined | Promise<Reply | undefined>
}

export async function startMergingForge(options: PlotOptions): Promise<MergingForge> {
  const plot = seedPlot(options)
  const asked: string[] = []
  const rest = await startRestForge({
    world: plot.world,
    before: () => async (question) => {
      const effect = () => answerCode(plot.code, plot.world, question)
      const name = nameOf(question)
      if (!isOurs(question)) return effect()
      asked.push(name)
      const instead = await forge.meddle(name, 'before')
      if (instead) return instead
      const reply = effect()
      return (await forge.meddle(name, 'after')) ?? reply
    },
  })
  const forge: MergingForge = {
    ...rest,
    ...plot,
    asked,
    meddle: () => undefined,
    async close() {
      await rest.close()
      plot.code.git.remove()
    },
  }
  return forge
}

const PREFIX = '/repos/moot/plot'

const isOurs = ({ url }: RestQuestion) =>
  /\/(?:git|contents|compare|pulls|check-runs|users)(?:\/|$)/.test(url.pathname)

const nameOf = ({ method, url }: RestQuestion) => `${method} ${url.pathname.replace(PREFIX, '')}`
