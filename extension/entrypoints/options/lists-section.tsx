import { useEffect, useId, useState } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { type Order, ORDERS } from '#shared/ranking'
import { LIST_KINDS, type ListKind } from '../../forges/forge.ts'
import { ask } from '../../messages.ts'
import { PageSection } from '../../parts/page-section.tsx'
import { ORDER_NAMES } from '../../parts/sort-menu.ts'
import { StatusLine, useSaid } from '../../parts/status-line.tsx'
import { type Settings, SETTINGS_KEY, settingsOf } from '../../settings.ts'

const LIST_NAMES: Record<ListKind, string> = {
  issues: 'Issues of a repository',
  pulls: 'Pull requests of a repository',
  dashboard: 'Your issues and pull requests',
  mixed: 'Lists of both',
}

/** In which order each kind of list begins. */
export function ListsSection() {
  const id = useId()
  const orders = useOrders()
  const { said, act } = useSaid()
  const choose = (list: ListKind, order: Order) =>
    act(async () => {
      await ask('chooseOrder', { list, order })
      return `${LIST_NAMES[list]}: ${ORDER_NAMES[order]}.`
    })
  return (
    <PageSection id={id} title="Lists">
      <fieldset>
        <legend>The order in which a list is shown first</legend>
        <div class="choices">
          {LIST_KINDS.map((list) => (
            <div key={list} class="choice">
              <label for={`${id}-${list}`}>{LIST_NAMES[list]}</label>
              <select
                id={`${id}-${list}`}
                value={orders?.[list] ?? 'forge'}
                onChange={(event) => void choose(list, event.currentTarget.value as Order)}
              >
                {ORDERS.map((order) => (
                  <option key={order} value={order} selected={orders?.[list] === order}>
                    {ORDER_NAMES[order]}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
      </fieldset>
      <StatusLine said={said} />
    </PageSection>
  )
}

/** The orders as they are stored, followed. */
function useOrders(): Settings['orders'] | undefined {
  const [orders, setOrders] = useState<Settings['orders']>()
  useEffect(() => {
    const read = async () => {
      const stored = await browser.storage.local.get(SETTINGS_KEY)
      setOrders(settingsOf(stored[SETTINGS_KEY]).orders)
    }
    const follow = () => void read()
    follow()
    browser.storage.local.onChanged.addListener(follow)
    return () => browser.storage.local.onChanged.removeListener(follow)
  }, [])
  return orders
}
