import {Command} from 'commander';
import {LocalSynthesizer, type Range, type Voice} from '../index.js';
import {UsageError} from './exit.js';
import {print} from './standard-output.js';
import {table} from './table.js';

interface VoicesOptions {
	readonly language?: string;
	readonly json?: boolean;
}

/** Of the table; few are longer. */
const longestName = 32;

const columns: ReadonlyArray<readonly [title: string, cell: (voice: Voice) => string]> = [
	['ID', ({id}) => id],
	['NAME', ({name}) => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name)],
	['LANGUAGE', ({language}) => language],
	['GENDER', ({gender}) => gender],
	['HZ', ({nativeRate}) => String(nativeRate)],
	['WORD TIMES', ({wordTimes}) => wordTimes],
	['SPEED', ({speed}) => range(speed)],
	['PITCH', ({pitch}) => range(pitch)],
	['VOLUME', ({volume}) => range(volume)],
	['LICENCE', ({licence}) => licence],
	['ENGINE', ({engine}) => engine],
];

export function voicesCommand(): Command {
	return new Command('voices')
		.description('List the voices, and the runtime that speaks them.')
		.option('--language <tag>', 'only those of a language: de, pt-BR (BCP 47)')
		.option('--json', 'print as JSON: {voices, runtime}')
		.action(listVoices);
}

async function listVoices({language, json}: VoicesOptions): Promise<void> {
	const synthesizer = new LocalSynthesizer();
	const wanted = language === undefined ? undefined : canonical(language);
	const voices = (await synthesizer.voices()).filter(voice => wanted === undefined || speaks(voice, wanted));
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

/** Throws UsageError for what is no BCP 47 tag. */
function canonical(tag: string): string {
	try {
		return Intl.getCanonicalLocales(tag)[0] ?? tag;
	} catch {
		throw new UsageError(
			`--language is ${JSON.stringify(tag)}; it must be a BCP 47 tag, such as de or pt-BR.`,
		);
	}
}

/** A voice of the language as such serves its regions too: `de` is spoken by `de-AT`'s readers, `en-US` is not `en-GB`. */
function speaks({language}: Voice, wanted: string): boolean {
	return language === wanted || language.startsWith(`${wanted}-`) || wanted.startsWith(`${language}-`);
}

function range(allowed: Range | null): string {
	return allowed ? `${allowed.min}-${allowed.max}` : '-';
}
