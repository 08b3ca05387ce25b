import {readFileSync} from 'node:fs';
import {pino} from 'pino';
import {LocalSynthesizer, SpeechError} from '../index.js';
import {createServer, type ServerLog, type SpeechServer} from '../server/index.js';
import {firstSignal, UsageError} from './exit.js';
import {readLexicons} from './lexicon-option.js';
import type {ServeOptions} from './serve-command.js';

/** Serves until a signal comes: the first lets what runs finish, the second ends at once. */
export async function serve(options: ServeOptions): Promise<void> {
	const {host, port, drainTimeout} = options;
	if (!(drainTimeout >= 0 && drainTimeout <= 86_400))
		throw new UsageError('--drain-timeout takes seconds, from 0 to 86400.');
	const synthesizer = new LocalSynthesizer({
		lexicon: await readLexicons(options.lexicon),
		maxModelMemory: options.maxModelMemory,
	});
	const server = createServer({
		synthesizer,
		keys: [...(options.apiKey ?? []), ...keysIn(options.apiKeysFile)],
		origins: options.origin,
		voiceId: options.voice,
		log: options.json ? pino({base: null}, pino.destination({dest: 2, sync: true})) : lineLog,
	});
	try {
		// Who is told that we listen need not wait for the first sound.
		await synthesizer.warm({voiceId: options.voice});
		const url = await server.listen({host, port}).catch(asUsageError);
		// Whoever started us learns here that we are there, and where.
		process.stdout.write(options.json ? `${JSON.stringify({listening: url})}\n` : `Listening on ${url}\n`);
		await drained(server, drainTimeout * 1000);
	} finally {
		await server.close();
		await synthesizer.close();
	}
}

/** Settles after the first signal, when what ran has finished or the time is up. A second signal ends the process. */
async function drained(server: SpeechServer, timeout: number): Promise<void> {
	await firstSignal();
	process.stderr.write('Finishing what runs; a second signal ends at once.\n');
	if (!(await server.drain(timeout)))
		process.stderr.write('The time is up: some generations were cut off.\n');
}

function keysIn(file: string | undefined): string[] {
	if (file === undefined) return [];
	try {
		const lines = readFileSync(file, 'utf8').split('\n');
		const keys = lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'));
		if (keys.length > 0) return keys;
	} catch (error) {
		throw new SpeechError(
			'FILE_FAILED',
			`${file} cannot be read: ${error instanceof Error ? error.message : error}`,
		);
	}
	throw new UsageError(`${file} holds no key.`);
}

/** What keeps a server from listening is how it was asked to, mostly. */
function asUsageError(error: unknown): never {
	if (error instanceof Error && 'code' in error && 'syscall' in error)
		throw new UsageError(`The server cannot listen: ${error.message}.`);
	throw error;
}

/** One line for people for each thing that happens. */
const lineLog: ServerLog = {info: line, warn: line, error: line};

function line({err, ...fields}: Readonly<Record<string, unknown>>, message: string): void {
	const facts = Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${typeof value === 'string' ? JSON.stringify(value) : value}`);
	const why = err instanceof Error ? `\n${err.stack}` : '';
	process.stderr.write(`${new Date().toISOString()} ${message} ${facts.join(' ')}${why}\n`);
}
