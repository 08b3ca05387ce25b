/** A server did not give what it was asked for. */
export class WebFailure extends Error {
	/** Whether the same question may be answered better a little later. */
	readonly transient: boolean;
	/** Whether the server says that it has no such thing. */
	readonly missing: boolean;

	constructor(
		message: string,
		{
			transient = false,
			missing = false,
			cause,
		}: {transient?: boolean; missing?: boolean; cause?: unknown} = {},
	) {
		super(message, {cause});
		this.transient = transient;
		this.missing = missing;
	}
}

/** What went wrong on the way, in words. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	// Several addresses were tried: the first tells as much as all.
	if (error instanceof AggregateError) return reasonOf(error.errors[0]);
	// Node.js calls both so: before the headers, and in the body.
	if (error.message === 'socket hang up' || error.message === 'aborted') return 'it closed the connection';
	return error.message;
}
