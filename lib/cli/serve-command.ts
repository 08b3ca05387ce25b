import {Command} from 'commander';
import {examples} from './examples.js';
import {stopSignal} from './exit.js';
import {lexiconOption} from './lexicon-option.js';
import {modelMemoryOption} from './model-memory-option.js';
import {numberOf} from './number-of.js';
import {openaiVoice} from './openai-voices.js';
import {voiceId} from './voice-id.js';

export interface ServeOptions {
	readonly host: string;
	readonly port: number;
	readonly apiKey?: readonly string[];
	readonly apiKeysFile?: string;
	readonly origin?: readonly string[];
	/** `true` where no number was given. */
	readonly trustProxy?: number | true;
	readonly limit?: readonly string[];
	readonly voice: string;
	readonly openaiVoice?: Readonly<Record<string, string>>;
	readonly ffmpegPool?: number;
	readonly drainTimeout: number;
	readonly json?: boolean;
	readonly lexicon?: readonly string[];
	readonly maxModelMemory?: number;
}

export function serveCommand(): Command {
	const collect = (value: string, all: readonly string[] = []) => [...all, value];
	return new Command('serve')
		.description('Serve voices over HTTP and WebSocket. Without an API key: to this machine alone.')
		.option('--host <address>', 'where to listen', '127.0.0.1')
		.option('--port <number>', 'where to listen; 0 for any that is free', numberOf('--port'), 8080)
		.option('--api-key <key>', 'a key that clients must show (repeatable)', collect)
		.option('--api-keys-file <file>', 'keys, one a line; # begins a comment line; SIGHUP reads it again')
		.option('--origin <origin>', 'an Origin whose pages may connect (repeatable)', collect)
		.option(
			'--trust-proxy [number]',
			'believe X-Forwarded-For of so many proxies in front; 1 if no number is given',
			numberOf('--trust-proxy'),
		)
		.option('--limit <name=number>', 'a limit of docs/protocol.md (repeatable)', collect)
		.option('--voice <id>', 'the voice of who names none', voiceId, 'heart')
		.option(
			'--openai-voice <name=id>',
			'the voice that a name of OpenAI’s stands for (repeatable)',
			openaiVoice,
		)
		.option(
			'--ffmpeg-pool <number>',
			'ffmpeg processes that wait ready for each format in use; 2 by default',
			numberOf('--ffmpeg-pool'),
		)
		.option(
			'--drain-timeout <seconds>',
			'how long what runs may go on after SIGTERM',
			numberOf('--drain-timeout'),
			30,
		)
		.addOption(lexiconOption())
		.addOption(modelMemoryOption())
		.option('--json', 'log as JSON, one object a line')
		.addHelpText(
			'after',
			examples(
				'speechpipe serve',
				'speechpipe serve --host 0.0.0.0 --api-keys-file keys --trust-proxy 1',
				'speechpipe serve --limit maxRequestsPerMinute=60 --openai-voice nova=emma',
			),
		)
		.action(async (options: ServeOptions) => {
			const stopped = stopSignal();
			// What a server needs takes a while to load: only who serves waits for it.
			const {serve} = await import('./serve.js');
			await serve(options, stopped);
		});
}
