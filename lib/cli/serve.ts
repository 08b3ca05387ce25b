import {LocalSynthesizer} from '../index.js';
import {createServer, type Limits, type ServerLog, type SpeechServer} from '../server/index.js';
import {aborted, UsageError} from './exit.js';
import {keysIn} from './keys-file.js';
import {readLexicons} from './lexicon-option.js';
import {checkOpenaiVoices} from './openai-voices.js';
import type {ServeOptions} from './serve-command.js';
import {serverLog} from './server-log.js';

/** Serves until it is `stopped`: what runs then may finish. */
export async function serve(options: ServeOptions, stopped: AbortSignal): Promise<void> {
	const {host, port, drainTimeout, apiKeysFile} = options;
	if (!(drainTimeout >= 0 && drainTimeout <= 86_400))
		throw new UsageError('--drain-timeout takes seconds, from 0 to 86400.');
	const keys = () => [...(options.apiKey ?? []), ...(apiKeysFile === undefined ? [] : keysIn(apiKeysFile))];
	const log = serverLog(options.json ?? false);
	const synthesizer = new LocalSynthesizer({
		lexicon: await readLexicons(options.lexicon),
		maxModelMemory: options.maxModelMemory,
	});
	const server = createServer({
		synthesizer,
		keys: keys(),
		origins: options.origin,
		voiceId: options.voice,
		trustProxy: options.trustProxy === true ? 1 : options.trustProxy,
		limits: limitsIn(options.limit ?? []),
		openaiVoices: options.openaiVoice,
		ffmpegPool: {size: options.ffmpegPool},
		log,
	});
	try {
		await checkOpenaiVoices(options.openaiVoice, synthesizer);
		// Who is told that we listen need not wait for the first sound.
		await synthesizer.warm({voiceId: options.voice});
		if (stopped.aborted) return;
		const url = await server.listen({host, port}).catch(asUsageError);
		// Without a file the signal keeps its meaning: the terminal is gone.
		if (apiKeysFile !== undefined) process.on('SIGHUP', () => reload(server, keys, log));
		tellListening(url, options.json ?? false);
		await aborted(stopped);
		await drain(server, drainTimeout * 1000);
	} finally {
		await server.close();
		await synthesizer.close();
	}
}

/** Whoever started us learns here that we are there, and where. */
function tellListening(url: string, json: boolean): void {
	const http = new URL(url).origin.replace(/^ws/, 'http');
	process.stdout.write(
		json ? `${JSON.stringify({listening: url, http})}\n` : `Listening on ${http} and ${url}\n`,
	);
}

/** A file that is wrong changes nothing: who has a key that was valid must not be shut out by a slip of the pen. */
function reload(server: SpeechServer, keys: () => string[], log: ServerLog): void {
	try {
		const read = keys();
		server.replaceKeys(read);
		log.info({keys: read.length}, 'keys reloaded');
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		log.error({reason}, 'keys not reloaded, the old ones stay');
	}
}

/** Settles when what ran has finished or the time is up. */
async function drain(server: SpeechServer, timeout: number): Promise<void> {
	process.stderr.write('Finishing what runs; a second signal ends at once.\n');
	if (!(await server.drain(timeout)))
		process.stderr.write('The time is up: some generations were cut off.\n');
}

/** `NAME=NUMBER`, each; the server itself knows the names. */
function limitsIn(given: readonly string[]): Partial<Limits> {
	return Object.fromEntries(
		given.map(limit => {
			const [, name, value] = /^(\w+)=(\d+)$/.exec(limit) ?? [];
			if (name !== undefined) return [name, Number(value)];
			throw new UsageError(`--limit takes NAME=NUMBER, such as maxRequestsPerMinute=60, not ${limit}.`);
		}),
	);
}

/** What keeps a server from listening is how it was asked to, mostly. */
function asUsageError(error: unknown): never {
	if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
	const advice = error.code === 'EADDRINUSE' ? ' Another program has this port: take another by --port.' : '';
	throw new UsageError(`The server cannot listen: ${error.message}.${advice}`);
}
