import {once} from 'node:events';
import {createInterface} from 'node:readline/promises';
import {Command, Option} from 'commander';
import {isAbort} from '../index.js';
import type {InstalledVoice, KokoroModel, VoiceTerms} from '../voices/index.js';
import {examples} from './examples.js';
import {abortOnSignals, UsageError} from './exit.js';
import {showInstall} from './install-progress.js';
import {megabytes} from './megabytes.js';
import {plain} from './plain.js';
import {print} from './standard-output.js';

interface AddOptions {
	readonly from?: string;
	readonly model?: KokoroModel;
	readonly yes?: boolean;
	readonly json?: boolean;
}

export function fromOption(): Option {
	return new Option(
		'--from <url>',
		'a mirror of the voices; by default SPEECHPIPE_VOICES_URL, else the publishers’ own',
	);
}

export function addCommand(): Command {
	return new Command('add')
		.description('Fetch voices and install them: by name, or from a folder, a .tar.gz or an address.')
		.argument(
			'<voice...>',
			'emma, kokoro:af_heart, piper:en_US-joe-medium, ./folder, https://host/voice.onnx',
		)
		.addOption(fromOption())
		.addOption(
			new Option('--model <name>', 'Kokoro’s model: int8, the smallest, by default').choices([
				'int8',
				'fp16',
				'fp32',
			]),
		)
		.option('-y, --yes', 'accept the licences without being asked')
		.option('--json', 'print what was installed as JSON: {voices}')
		.addHelpText(
			'after',
			examples(
				'speechpipe voices add emma kokoro:af_heart --yes',
				'speechpipe voices add ./folder-of-a-voice',
				'speechpipe voices add piper:de_DE-thorsten-medium --from https://host',
			),
		)
		.action(add);
}

async function add(names: string[], {from, model, yes, json}: AddOptions): Promise<void> {
	// What fetching needs takes a while to load: only who fetches waits for it.
	const {installVoices} = await import('../voices/index.js');
	const {stderr} = process;
	const controller = new AbortController();
	const forget = abortOnSignals(controller);
	const {signal} = controller;
	const shown = showInstall(stderr);
	let voices: readonly InstalledVoice[];
	try {
		voices = await installVoices(names, {
			from,
			model,
			signal,
			onEvent: shown.onEvent,
			accept: terms => accept(terms, yes === true, signal),
		});
	} finally {
		shown.end();
		forget();
	}
	if (json) await print(process.stdout, `${JSON.stringify({voices}, undefined, '\t')}\n`);
	else if (!process.stdout.isTTY) await print(process.stdout, voices.map(({id}) => `${id}\n`).join(''));
}

/** Shows the licences and asks. Throws UsageError where nobody can be asked. */
async function accept(terms: readonly VoiceTerms[], yes: boolean, signal: AbortSignal): Promise<boolean> {
	const {stdin, stderr} = process;
	for (const {id, licence, size} of terms) {
		const bytes = size === undefined ? 'size unknown' : megabytes(size);
		await print(stderr, `${id}: licence ${plain(licence)}, ${bytes}\n`);
	}
	if (yes) return true;
	if (!stdin.isTTY || !stderr.isTTY)
		throw new UsageError('Nobody is here to accept the licences above: add --yes if you do.');
	const questions = createInterface({input: stdin, output: stderr});
	// The terminal is read key by key now: Ctrl+C makes no signal by itself, and Ctrl+D is no answer.
	questions.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
	const closed = once(questions, 'close').then(() => '');
	try {
		const asked = questions.question('Install under these licences? [y/N] ', {signal});
		return /^\s*y(?:es)?\s*$/i.test(await Promise.race([asked, closed]));
	} catch (error) {
		signal.throwIfAborted();
		if (isAbort(error)) return false;
		throw error;
	} finally {
		questions.close();
	}
}
