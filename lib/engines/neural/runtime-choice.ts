import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {SpeechError} from '../../errors.js';
import {findPackage} from '../packages.js';

/** `auto`: the native runtime where it loads, else WebAssembly. */
export type RuntimeChoice = 'auto' | 'native' | 'wasm';

/** Which ONNX Runtime makes the speech. */
export interface RuntimeReport {
	/** The native runtime, or WebAssembly. */
	readonly name: 'onnxruntime-node' | 'onnxruntime-web';
	/** As its package tells it. */
	readonly version: string;
	/** Why it is not the native one; absent where it is. */
	readonly nativeMissing?: string;
}

const choices: readonly string[] = ['auto', 'native', 'wasm'] satisfies RuntimeChoice[];

/** The option, or the environment variable SPEECHPIPE_RUNTIME, or `auto`. Throws `SpeechError` OPTION_INVALID for anything else. */
export function chooseRuntime(option: RuntimeChoice | undefined): RuntimeChoice {
	const choice = option ?? (process.env['SPEECHPIPE_RUNTIME'] || 'auto');
	if (choices.includes(choice)) return choice as RuntimeChoice; // It was just found among them.
	const source = option === undefined ? 'SPEECHPIPE_RUNTIME' : 'runtime';
	throw new SpeechError(
		'OPTION_INVALID',
		`${source} must be auto, native or wasm, not ${JSON.stringify(choice)}.`,
	);
}

/**
 * What a worker will find, told from the files alone, because loading the native library takes 60 ms and its place is in the
 * workers. Only a library that is there for this platform and yet does not load makes it err; a worker's own report is the truth.
 */
export function expectRuntime(choice: RuntimeChoice): RuntimeReport {
	if (choice === 'wasm') return expectWasm('the WASM runtime was asked for');
	const native = findPackage('onnxruntime-node');
	if (!native) return expectWasm('onnxruntime-node is not installed');
	const {platform, arch} = process;
	const here = `${platform} on ${arch}`;
	if (!existsSync(join(native.folder, 'bin/napi-v6', platform, arch, 'onnxruntime_binding.node'))) {
		return expectWasm(`onnxruntime-node has no library for ${here}`);
	}
	if (platform === 'linux' && !usesGlibc())
		return expectWasm('onnxruntime-node needs glibc, this system has another C library');
	return {name: 'onnxruntime-node', version: native.version};
}

function expectWasm(nativeMissing: string): RuntimeReport {
	return {name: 'onnxruntime-web', version: findPackage('onnxruntime-web')?.version ?? '', nativeMissing};
}

function usesGlibc(): boolean {
	// Types lack `header`: https://nodejs.org/docs/latest-v20.x/api/report.html
	const report = process.report?.getReport() as {header?: {glibcVersionRuntime?: string}} | undefined;
	return report?.header?.glibcVersionRuntime !== undefined;
}
