/**
 * What several payloads are made of. Each payload stands in this folder once, in the file of its topic, for the
 * server that answers and the extension that asks. Requests are strict: an unknown field is a mistake that its
 * sender wants to hear of. Replies are not: a newer server may say more than we understand.
 */
import * as v from 'valibot'
import { parseRepository, parseSubject, type RepositoryId, type SubjectId } from '../subject.ts'
import { REASONS } from '../vote.ts'

/** How many: a whole number, 0 or more. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** When, in epoch milliseconds: a moment that a date can hold. */
export const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))

/** A subject, as id or as URL of its page; becomes the id. */
export const SubjectSchema = v.pipe(
  v.string(),
  v.rawTransform<string, SubjectId>(({ dataset, addIssue, NEVER }) => {
    const subject = parseSubject(dataset.value)
    if (subject !== undefined) return subject
    addIssue({ message: 'not a subject; write it like github.com/owner/name#45' })
    return NEVER
  }),
)

/** A repository, as `host/owner/name` or as URL of a page of it; becomes the former. */
export const RepositorySchema = v.pipe(
  v.string(),
  v.rawTransform<string, RepositoryId>(({ dataset, addIssue, NEVER }) => {
    const repository = parseRepository(dataset.value)
    if (repository !== undefined) return repository
    addIssue({ message: 'not a repository; write it like github.com/owner/name' })
    return NEVER
  }),
)

/** GitHub's shape of logins; the underscore is that of managed users. */
export const LoginSchema = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9](?:[a-z0-9_-]{0,38})$/i,
    'a login has up to 39 letters, digits and hyphens, and begins with a letter or digit',
  ),
)

export const ValueSchema = v.picklist([1, -1, 0], 'a value is 1, -1 or 0')

export const ReasonSchema = v.picklist(REASONS, 'a reason is rude, off-topic, duplicate or wrong')
