import type {VoiceOffer} from '../voices/index.js';
import {reason, UsageError} from './exit.js';
import {canonical, speaks} from './language.js';
import {megabytes} from './megabytes.js';
import {print} from './standard-output.js';
import {table} from './table.js';

const columns: ReadonlyArray<readonly [title: string, cell: (voice: VoiceOffer) => string]> = [
	['ID', ({id}) => id],
	['NAME', ({name}) => name],
	['LANGUAGE', ({language}) => language],
	['GENDER', ({gender}) => gender],
	['QUALITY', ({quality}) => quality],
	['SPEAKERS', ({speakers}) => String(speakers)],
	['SIZE', ({size}) => megabytes(size)],
	['LICENCE', ({licence}) => licence],
	['INSTALLED', ({installed}) => (installed ? 'yes' : '-')],
];

interface AvailableOptions {
	readonly language: string | undefined;
	readonly from: string | undefined;
	readonly json: boolean | undefined;
}

/** Lists what `speechpipe voices add` knows by name. Where Piper's list cannot be had, it says so and lists the others. */
export async function listAvailable({language, from, json}: AvailableOptions): Promise<void> {
	const {availableVoices} = await import('../voices/index.js');
	const wanted = canonical(language);
	let missing: unknown;
	const all = await availableVoices({
		from,
		onMissing: cause => {
			missing = cause;
		},
	});
	const voices = all.filter(voice => speaks(voice, wanted));
	const note = missing === undefined ? undefined : `Piper's voices are left out: ${reason(missing)}`;
	if (voices.length === 0) throw new UsageError(note ?? `No voice that can be added speaks ${language}.`);
	if (json) await print(process.stdout, `${JSON.stringify({voices, note}, undefined, '\t')}\n`);
	else {
		const titles = columns.map(([title]) => title);
		const lines = table(
			titles,
			voices.map(voice => columns.map(([, cell]) => cell(voice))),
		);
		await print(process.stdout, `${lines.join('\n')}\n`);
	}
	if (note !== undefined) await print(process.stderr, `speechpipe: ${note}\n`);
}
