import {Command} from 'commander';
import {LocalSynthesizer, type Range, type Voice} from '../index.js';
import {examples} from './examples.js';
import {UsageError} from './exit.js';
import {canonical, speaks} from './language.js';
import {plain} from './plain.js';
import {print} from './standard-output.js';
import {table} from './table.js';
import {addCommand, fromOption} from './voices-add.js';
import {listAvailable} from './voices-available.js';
import {pathCommand, removeCommand, verifyCommand} from './voices-manage.js';

interface VoicesOptions {
	readonly language?: string;
	readonly json?: boolean;
	readonly available?: boolean;
	readonly from?: string;
}

const columns: ReadonlyArray<readonly [title: string, cell: (voice: Voice) => string]> = [
	['ID', ({id}) => id],
	['NAME', ({name}) => name],
	['LANGUAGE', ({language}) => language],
	['GENDER', ({gender}) => gender],
	['HZ', ({nativeRate}) => String(nativeRate)],
	['WORD TIMES', ({wordTimes}) => wordTimes],
	['SPEED', ({speed}) => range(speed)],
	['PITCH', ({pitch}) => range(pitch)],
	['VOLUME', ({volume}) => range(volume)],
	['LICENCE', ({licence}) => licence],
];

export function voicesCommand(): Command {
	return (
		new Command('voices')
			.description('List the voices, and the runtime that speaks them; add and remove some.')
			.enablePositionalOptions()
			.option('--language <tag>', 'only those of a language: de, pt-BR (BCP 47)')
			.option('--available', 'list the voices that can be added instead')
			.addOption(fromOption())
			.option('--json', 'print as JSON: {voices, runtime}')
			// A typo in a command's name comes here as an argument.
			.allowExcessArguments()
			.action(listVoices)
			.addCommand(addCommand())
			.addCommand(removeCommand())
			.addCommand(pathCommand())
			.addCommand(verifyCommand())
			.addHelpText(
				'after',
				examples(
					'speechpipe voices --language de',
					'speechpipe voices --available',
					'speechpipe voices add emma',
				),
			)
	);
}

async function listVoices(
	{language, json, available, from}: VoicesOptions,
	{args: [unknown]}: Command,
): Promise<void> {
	if (unknown !== undefined) {
		throw new UsageError(
			`There is no speechpipe voices ${plain(unknown)}: it is add, remove, path, verify, or nothing for the list.`,
		);
	}
	if (from !== undefined && !available)
		throw new UsageError('--from is for --available, or for: speechpipe voices add.');
	if (available) return listAvailable({language, from, json});
	const synthesizer = new LocalSynthesizer();
	const wanted = canonical(language);
	const voices = (await synthesizer.voices()).filter(voice => speaks(voice, wanted));
	if (voices.length === 0)
		throw new UsageError(`No voice speaks ${language}; speechpipe voices lists all there are.`);
	const runtime = await synthesizer.runtime();
	if (json) {
		await print(process.stdout, `${JSON.stringify({voices, runtime}, undefined, '\t')}\n`);
		return;
	}
	const {name, version, nativeMissing} = runtime;
	const slower =
		nativeMissing === undefined ? '' : ` (WebAssembly, some four times slower: ${nativeMissing})`;
	const lines = [
		...table(
			columns.map(([title]) => title),
			voices.map(voice => columns.map(([, cell]) => cell(voice))),
		),
		'',
		`heart's runtime: ${name} ${version}${slower}`,
	];
	await print(process.stdout, `${lines.join('\n')}\n`);
}

function range(allowed: Range | null): string {
	return allowed ? `${allowed.min}-${allowed.max}` : '-';
}
