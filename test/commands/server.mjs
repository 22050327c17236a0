/** `npm run server`: the server alone. It reads its settings from the environment; see README. */
import '../../server/forgemoot.mjs'
