/**
 * Makes lib/voices/espeak-table.ts from the voices that @echogarden/espeak-ng-emscripten brings along, so that they can be
 * listed without loading 24 MB, and measures how loud their variants are. Needs ffmpeg.
 * Run as: node --import=tsx test/generate/espeak-voices.ts
 */
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import load from '@echogarden/espeak-ng-emscripten';

/** Where eSpeak's own tags are no BCP 47, or mean something else there (Chile, Northwest). */
const tagFixes: Readonly<Record<string, string>> = {
	'en-us-nyc': 'en-US-x-nyc',
	'chr-us-qaaa-x-west': 'chr-x-west',
	'ca-ba': 'ca-x-balear',
	'ca-nw': 'ca-x-nwestern',
	'ca-va': 'ca-valencia',
	'zh-cmn': 'cmn',
	'zh-yue': 'yue',
	piqd: 'tlh-Piqd',
	'ru-cl': 'ru-x-classic',
	'hy-arevela': 'hy-x-arevela',
	'hy-arevmda': 'hyw-x-arevmda',
};
const root = '/usr/share/espeak-ng-data';

const espeak = await load();
const worker = new espeak.eSpeakNGWorker();
const read = (path: string) => espeak.FS.readFile(`${root}/${path}`, {encoding: 'utf8'});

function files(folder: string): string[] {
	const names = espeak.FS.readdir(`${root}/${folder}`).filter(name => !name.startsWith('.'));
	return names.flatMap(name => {
		const path = `${folder}/${name}`;
		return espeak.FS.isDir(espeak.FS.stat(`${root}/${path}`).mode) ? files(path) : [path];
	});
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const canonical = (tag: string) => Intl.getCanonicalLocales(tagFixes[tag.toLowerCase()] ?? tag)[0] ?? tag;

const voices = files('lang').map(path => {
	const text = read(path);
	const file = baseName(path).toLowerCase();
	// `language TAG PRIORITY`: the lower number is preferred, 5 where there is none.
	const tags = [...text.matchAll(/^language\s+(\S+)(?:\s+(\d+))?/gm)].map(
		([, tag = '', priority = '5']) => [canonical(tag), Number(priority)] as const,
	);
	return {
		id: file === 'en' ? 'en-gb' : file,
		file,
		name: /^name\s+(.*?)\s*(?:\/\/.*)?$/m.exec(text)?.[1] ?? file,
		tags: [...new Map(tags)],
	};
});
voices.sort((a, b) => (a.id < b.id ? -1 : 1));

const prose =
	'The quick brown fox jumps over the lazy dog. It was a bright cold day in April, and the clocks were striking ' +
	'thirteen. Would you like another cup of tea? No, thank you, said the old man, and he shut the door behind him.';

/** EBU R128 integrated loudness in LUFS of some prose in a variant, at eSpeak NG's volume 50, where none of them clips. */
function loudness(variant: string): number {
	const pieces: Uint8Array[] = [];
	worker.set_voice(`en-us+${variant}`);
	worker.set_volume(50);
	worker.synthesize(prose, samples => {
		pieces.push(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
		return false;
	});
	const measure = '-hide_banner -f s16le -ar 22050 -ac 1 -i - -af ebur128 -f null -'.split(' ');
	const {stderr} = spawnSync('ffmpeg', measure, {input: Buffer.concat(pieces), encoding: 'utf8'});
	return Number(/Summary:[\s\S]*?I:\s+(-[\d.]+) LUFS/.exec(stderr)?.[1]);
}

const variants = files('voices/!v').map(path => {
	const gender = /^gender\s+(\w+)/m.exec(read(path))?.[1]?.toLowerCase();
	const variant = baseName(path);
	return [
		variant,
		{gender: gender === 'female' || gender === 'male' ? gender : 'unknown', loudness: loudness(variant)},
	] as const;
});

writeFileSync(
	new URL('../../lib/voices/espeak-table.ts', import.meta.url),
	`// Made by test/generate/espeak-voices.ts: do not edit.

/** One of eSpeak NG's languages. */
export interface EspeakLanguage {
	/** What stands after \`espeak:\`. */
	readonly id: string;
	/** What eSpeak NG calls it. */
	readonly file: string;
	readonly name: string;
	/** BCP 47 tags that it speaks, its own first, with eSpeak NG's priority: the lowest is preferred. */
	readonly tags: ReadonlyArray<readonly [tag: string, priority: number]>;
}

export const espeakLanguages: readonly EspeakLanguage[] = ${JSON.stringify(voices)};

/** A voice that any language can be spoken with. */
export interface EspeakVariant {
	readonly gender: 'female' | 'male' | 'unknown';
	/** LUFS of English prose at eSpeak NG's volume 50. */
	readonly loudness: number;
}

export const espeakVariants: ReadonlyMap<string, EspeakVariant> = new Map(${JSON.stringify(variants)});
`,
);
