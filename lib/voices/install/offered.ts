import type {InstalledVoice} from '../installed.js';
import {kokoroFacts} from '../kokoro-names.js';
import {kokoroStyles} from './kokoro-table.js';

interface HibariFile {
	/** Of Kokoro's voice that it was distilled from. */
	readonly style: string;
	readonly file: string;
	readonly size: number;
	readonly sha256: string;
}

/** hibari's voices but for heart, which comes along (MMWilliams/hibari 0.2.1). */
export const hibariFiles: Readonly<Record<string, HibariFile>> = {
	emma: {
		style: 'bf_emma',
		file: 'bf_emma.int8.onnx',
		size: 7_936_868,
		sha256: 'f709f0488ee63b583a22189a955aaf4257b9806dd330be3490661e53af0a89c1',
	},
	fenrir: {
		style: 'am_fenrir',
		file: 'am_fenrir_v2.int8.onnx',
		size: 8_031_158,
		sha256: 'f59fbd87908c91f827bc21b1b89443757b9a8580db9eee20aa948deb731321f4',
	},
	fable: {
		style: 'bm_fable',
		file: 'bm_fable.int8.onnx',
		size: 7_936_868,
		sha256: 'c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6',
	},
	kore: {
		style: 'af_kore',
		file: 'af_kore.int8.onnx',
		size: 7_936_868,
		sha256: '346885752673e45d42f9864c9e2432094bc4b6385df060d4b83273da764d2fa9',
	},
};

/** What is told of a voice before its files are here. */
export type Facts = Pick<InstalledVoice, 'id' | 'family' | 'name' | 'language' | 'gender' | 'licence'>;

const licence = 'Apache-2.0';

export function hibariFacts(name: string): Facts | undefined {
	const file = Object.hasOwn(hibariFiles, name) ? hibariFiles[name] : undefined;
	return file && {id: name, family: 'hibari', ...kokoroFacts(file.style), licence};
}

/** By the name after `kokoro:`. */
export function kokoroOffer(key: string): Facts | undefined {
	if (!Object.hasOwn(kokoroStyles, key)) return undefined;
	return {id: `kokoro:${key}`, family: 'kokoro', ...kokoroFacts(key), licence};
}

/** Those of all voices of Kokoro. */
export const kokoroIds: readonly string[] = Object.keys(kokoroStyles).map(key => `kokoro:${key}`);

/** LANGUAGE_REGION-NAME-QUALITY; which there are, the list says that is published with them. */
const piperKey = /^([a-z]{2,3}_[A-Z0-9]{2,3})-(.+)-(x_low|low|medium|high)$/;

/**
 * The id under which `speechpipe voices add` knows a voice that is meant by `id`, as far as that can be told without a network:
 * `kokoro:af_heart` for `af_heart` too. Undefined for what it does not know.
 */
export function offeredId(id: string): string | undefined {
	const plain = id.replace(/#\d+$/, '');
	const [family, key = ''] = plain.includes(':') ? plain.split(':', 2) : [undefined, plain];
	if (family === undefined && hibariFacts(key)) return key;
	if ((family === undefined || family === 'kokoro') && kokoroOffer(key)) return `kokoro:${key}`;
	if ((family === undefined || family === 'piper') && piperKey.test(key)) return `piper:${key}`;
	return undefined;
}
