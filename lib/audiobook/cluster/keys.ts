/** All that is ours in Redis begins with it, and expires. */
const prefix = 'speechpipe';

/** What BullMQ puts before the names of queues. */
export const queuePrefix = `${prefix}:queue`;

/** Ids of books being made; each has a `bookKey` for as long as it lives. */
export const booksKey = `${prefix}:books`;
export const bookKey = (book: string) => `${prefix}:book:${book}`;

/** The packed audio of a job. */
export const resultKey = (job: string) => `${prefix}:result:${job}`;

/** Workers that do not serve a queue, with the reason. */
export const refusalsKey = (queue: string) => `${prefix}:refusals:${queue}`;

/** In seconds. A book says every few seconds that it lives: after so long without, it does not. */
export const bookExpiry = 30;
/** Whoever comes next within a month tidies up behind books that were killed. */
export const booksExpiry = 30 * 86_400;
/** A result is taken at once, unless the connection of its book is lost. */
export const resultExpiry = 600;
/** The keys of a queue outlive their last book by so long. */
export const queueExpiry = 3600;
export const refusalExpiry = 15;

/** Of a queue's keys in BullMQ those that would stay for ever; the others expire by themselves, soon, and must. */
export function lastingKeys(keys: Readonly<Record<string, string>>): string[] {
	const {'': _name, 'stalled-check': _check, limiter: _limiter, ...lasting} = keys;
	return Object.values(lasting);
}
