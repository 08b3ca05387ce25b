import {pino} from 'pino';
import type {ServerLog} from '../server/index.js';

/** A server's log on stderr: an object of JSON for each thing that happens, or a line for people. */
export function serverLog(json: boolean): ServerLog {
	// Not pino's own destination: a disk full of logs would end the server, while stderr forgives what it cannot write.
	return json ? pino({base: null}, process.stderr) : {info: line, warn: line, error: line};
}

function line({err, ...fields}: Readonly<Record<string, unknown>>, message: string): void {
	const facts = Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${typeof value === 'string' ? JSON.stringify(value) : value}`);
	const why = err instanceof Error ? `\n${err.stack}` : '';
	process.stderr.write(`${new Date().toISOString()} ${message} ${facts.join(' ')}${why}\n`);
}
