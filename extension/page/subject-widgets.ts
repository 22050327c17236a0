import type { SubjectFeature } from '../features/feature.ts'
import type { SubjectSlot } from '../forges/forge.ts'
import { newWidget } from './mount.ts'

/** A widget that is on the page, and how to end it. */
export interface Placed {
  host: HTMLElement
  undo(): void
}

const PREVIEW = 'data-forgemoot-preview'

type Widget = Placed & { slot: SubjectSlot }

/**
 * The widgets of subjects, kept in step with the slots that are on the page. `marks` are written on each.
 */
export function subjectWidgets(
  features: readonly SubjectFeature[],
  marks: Record<string, string> = {},
) {
  /** By the forge's element; a forge may reuse one for another subject, so that is compared too. */
  const placed = new Map<HTMLElement, Widget[]>()

  function end(element: HTMLElement, widgets: Widget[]) {
    for (const { host, undo } of widgets) {
      undo()
      host.remove()
    }
    placed.delete(element)
  }

  /**
   * Elements whose widgets have to wait for the page's own scripts. `room.css` paints the preview in the
   * widget's room, so that scores are in the first paint; an attribute is all that the page gets.
   */
  const previewed = new Map<HTMLElement, string>()

  function preview(slot: SubjectSlot) {
    const text = features.find(({ slots }) => slots.includes(slot.kind))?.preview(slot) ?? ''
    if (previewed.get(slot.host) !== text) slot.host.setAttribute(PREVIEW, text)
    previewed.set(slot.host, text)
  }

  function endPreview(element: HTMLElement) {
    if (previewed.delete(element)) element.removeAttribute(PREVIEW)
  }

  function begin(slot: SubjectSlot): Widget[] {
    endPreview(slot.host)
    return features
      .filter(({ slots }) => slots.includes(slot.kind))
      .map(({ id, draw }) => {
        const root = newWidget(id, { subject: slot.subject, slot: slot.kind, ...marks })
        const undo = draw(root, slot)
        const host = root.host as HTMLElement // `newWidget` makes HTML elements
        slot.host.append(host)
        return { slot, host, undo }
      })
  }

  return {
    sync(slots: readonly SubjectSlot[], isSettled: (element: Element) => boolean): void {
      const wanted = new Map(slots.map((slot) => [slot.host, slot]))
      for (const [element, widgets] of placed) {
        const slot = wanted.get(element)
        const isTrue = widgets.every(
          ({ host, slot: { subject } }) =>
            host.parentElement === element &&
            slot?.subject === subject &&
            host.dataset['subject'] === subject,
        )
        if (!isTrue) end(element, widgets)
      }
      for (const [element, slot] of wanted) {
        if (placed.has(element)) continue
        if (isSettled(slot.within)) placed.set(element, begin(slot))
        else preview(slot)
      }
      for (const element of previewed.keys()) if (!wanted.has(element)) endPreview(element)
    },
    has: (element: Element): boolean =>
      element.parentElement !== null &&
      (placed.get(element.parentElement)?.some(({ host }) => host === element) ?? false),
    count: (): number => placed.size,
    clear(): void {
      for (const element of previewed.keys()) endPreview(element)
      for (const [element, widgets] of placed) end(element, widgets)
    },
  }
}
