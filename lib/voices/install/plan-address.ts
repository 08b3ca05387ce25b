import {basename} from 'node:path';
import {SpeechError} from '../../errors.js';
import {kokoroFacts} from '../kokoro-names.js';
import {isFileName} from '../manifest.js';
import {shown} from './address.js';
import {isArchive, unpack} from './archive.js';
import {download} from './download.js';
import {kokoroModel, styleSize} from './kokoro-files.js';
import {Partial} from './partial.js';
import {fetchIfThere, licenceAt, toPiper} from './piper-files.js';
import type {Plan, PlanOptions} from './plan.js';
import {planLocal} from './plan-path.js';

/** A Piper or hibari model, a style vector of Kokoro, or an archive. */
export async function planAddress(address: string, options: PlanOptions): Promise<readonly Plan[]> {
	const url = new URL(address);
	const name = decodeURIComponent(basename(url.pathname));
	if (isFileName(name)) {
		if (isArchive(name)) return planArchive(address, options);
		if (name.endsWith('.onnx')) return [await planModel(url, name, options)];
		if (name.endsWith('.bin')) return [await planStyle(url, name, options)];
	}
	throw new SpeechError(
		'VOICE_UNKNOWN',
		`${shown(address)} names no voice: an address ends in .onnx (Piper with .onnx.json beside it, or hibari), .bin (a voice of Kokoro) or .tar.gz.`,
	);
}

async function planArchive(address: string, options: PlanOptions): Promise<readonly Plan[]> {
	const {path} = await download([{url: address}], options);
	const voices = await unpack(path, options.staging, shown(address)).finally(() =>
		new Partial(options.folder, address).forget(),
	);
	if (voices.length === 0) throw new SpeechError('DOWNLOAD_INVALID', `${shown(address)} holds no voice.`);
	return voices.map(voice => planLocal(voice, shown(address)));
}

async function planModel(url: URL, name: string, options: PlanOptions): Promise<Plan> {
	const key = basename(name, '.onnx');
	const beside = (file: string) => {
		const other = new URL(url);
		other.pathname = `${url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1)}${encodeURIComponent(file)}`;
		return other.href;
	};
	const model = {name, published: [{url: url.href}]};
	const licence = await licenceAt([beside('MODEL_CARD')], options);
	const config = await fetchIfThere(beside(`${name}.json`), options);
	if (config !== undefined) {
		const companion = {name: `${name}.json`, published: [{url: beside(`${name}.json`)}]};
		return {id: `piper:${key}`, licence, model, companion, facts: text => toPiper(key, licence, text)};
	}
	const plain = key.replace(/\.int8$/, '');
	const facts = {
		id: `hibari:${plain}`,
		family: 'hibari',
		...kokoroFacts(plain),
		licence,
		nativeRate: 24_000,
	} as const;
	return {...facts, model, facts: () => facts};
}

async function planStyle(url: URL, name: string, options: PlanOptions): Promise<Plan> {
	const key = basename(name, '.bin');
	const facts = {
		id: `kokoro:${key}`,
		family: 'kokoro',
		...kokoroFacts(key),
		licence: 'unknown',
		nativeRate: 24_000,
	} as const;
	const companion = {name, published: [{url: url.href, size: styleSize}]};
	return {...facts, model: kokoroModel(options), companion, facts: () => facts};
}
