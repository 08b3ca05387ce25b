import {Command} from 'commander';
import {LocalSynthesizer, type Range, type Voice} from '../index.js';

interface VoicesOptions {
	readonly language?: string;
	readonly json?: boolean;
}

export function voicesCommand(): Command {
	return new Command('voices')
		.description('List the voices, and the runtime that speaks them.')
		.option('--language <tag>', 'only those of a language, as a BCP 47 tag: en, en-GB')
		.option('--json', 'print as JSON')
		.action(listVoices);
}

async function listVoices({language, json}: VoicesOptions): Promise<void> {
	const synthesizer = new LocalSynthesizer();
	const all = await synthesizer.voices();
	const voices = language === undefined ? all : all.filter(voice => speaks(voice, language));
	const runtime = await synthesizer.runtime();
	if (json) {
		process.stdout.write(`${JSON.stringify({voices, runtime}, undefined, '\t')}\n`);
		return;
	}
	const rows = voices.map(voice => [
		voice.id,
		voice.name,
		voice.language,
		voice.gender,
		voice.engine,
		voice.licence,
		`${voice.nativeRate} Hz`,
		`${voice.wordTimes} word times`,
		[range('speed', voice.speed), range('pitch', voice.pitch), range('volume', voice.volume)]
			.filter(Boolean)
			.join(' '),
	]);
	for (const line of aligned(rows)) process.stdout.write(`${line}\n`);
	const {name, version, nativeMissing} = runtime;
	process.stdout.write(`heart runs on ${name} ${version}${nativeMissing ? ` (${nativeMissing})` : ''}\n`);
}

function speaks(voice: Voice, language: string): boolean {
	const [tag, wanted] = [voice.language.toLowerCase(), language.toLowerCase()];
	return tag === wanted || tag.startsWith(`${wanted}-`);
}

function range(name: string, allowed: Range | null): string {
	return allowed ? `${name} ${allowed.min}-${allowed.max}` : '';
}

function aligned(rows: readonly string[][]): string[] {
	const widths = (rows[0] ?? []).map((_cell, column) =>
		Math.max(...rows.map(row => row[column]?.length ?? 0)),
	);
	return rows.map(row =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}
