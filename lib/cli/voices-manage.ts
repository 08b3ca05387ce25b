import {Command} from 'commander';
import {SpeechError} from '../index.js';
import {examples} from './examples.js';
import {abortOnSignals} from './exit.js';
import {print} from './standard-output.js';

interface ManageOptions {
	readonly json?: boolean;
}

export function removeCommand(): Command {
	return new Command('remove')
		.description('Remove installed voices, and the files that no other voice needs.')
		.argument('<id...>', 'kokoro:af_heart')
		.addHelpText('after', examples('speechpipe voices remove emma kokoro:af_heart'))
		.action(ids => untilSignal(signal => remove(ids, signal)));
}

export function pathCommand(): Command {
	return new Command('path')
		.description('Print the files of an installed voice, or the folder that holds all of them.')
		.argument('[id]', 'kokoro:af_heart')
		.addHelpText('after', examples('speechpipe voices path', 'speechpipe voices path kokoro:af_heart'))
		.action(printPath);
}

export function verifyCommand(): Command {
	return new Command('verify')
		.description('Read the files of installed voices and compare them with what was installed.')
		.argument('[id...]', 'all of them, if none is named')
		.option('--json', 'print what is wrong as JSON: {checked, problems}')
		.addHelpText('after', examples('speechpipe voices verify', 'speechpipe voices verify kokoro:af_heart'))
		.action((ids, options) => untilSignal(signal => verify(ids, options, signal)));
}

async function remove(ids: readonly string[], signal: AbortSignal): Promise<void> {
	const {removeVoices} = await import('../voices/index.js');
	await removeVoices(ids, {signal});
	await print(process.stdout, ids.map(id => `${id}\n`).join(''));
}

async function printPath(id: string | undefined): Promise<void> {
	const {dataFolder, VoiceStore} = await import('../voices/index.js');
	if (id === undefined) return print(process.stdout, `${dataFolder()}\n`);
	const voice = new VoiceStore().find(id);
	if (!voice) throw new SpeechError('VOICE_UNKNOWN', `The voice ${JSON.stringify(id)} is not installed.`);
	const files = [voice.model, ...(voice.companion === undefined ? [] : [voice.companion])];
	await print(process.stdout, files.map(file => `${file}\n`).join(''));
}

async function verify(ids: readonly string[], {json}: ManageOptions, signal: AbortSignal): Promise<void> {
	const {verifyVoices, VoiceStore} = await import('../voices/index.js');
	const checked = ids.length > 0 ? ids : new VoiceStore().list().map(({id}) => id);
	const problems = await verifyVoices(ids, {signal});
	const damaged = new Set(problems.map(({id}) => id));
	if (json) await print(process.stdout, `${JSON.stringify({checked, problems}, undefined, '\t')}\n`);
	else {
		for (const {id, path, problem} of problems) await print(process.stdout, `${id}: ${path}: ${problem}\n`);
		for (const id of checked) if (!damaged.has(id)) await print(process.stdout, `${id}: whole\n`);
	}
	if (damaged.size === 0) return;
	const again = [...damaged].join(' ');
	throw new SpeechError('MODEL_MISSING', `Damaged: ${again}. Fetch anew: speechpipe voices add ${again}`);
}

async function untilSignal(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
	const controller = new AbortController();
	const forget = abortOnSignals(controller);
	try {
		await work(controller.signal);
	} finally {
		forget();
	}
}
