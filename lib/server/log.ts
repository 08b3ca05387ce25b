/** Where a server tells what happens; pino's loggers fit. It is never given text or keys. */
export interface ServerLog {
	info(fields: Readonly<Record<string, unknown>>, message: string): void;
	warn(fields: Readonly<Record<string, unknown>>, message: string): void;
	error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Tells nobody. */
export const silentLog: ServerLog = {info() {}, warn() {}, error() {}};
