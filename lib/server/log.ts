/** Where a server tells what happens; pino's loggers fit. It is never given text or keys. */
export interface ServerLog {
	/** What happens as it should. */
	info(fields: Readonly<Record<string, unknown>>, message: string): void;
	/** What an operator should look at. */
	warn(fields: Readonly<Record<string, unknown>>, message: string): void;
	/** What should never happen. */
	error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Tells nobody. */
export const silentLog: ServerLog = {info() {}, warn() {}, error() {}};
